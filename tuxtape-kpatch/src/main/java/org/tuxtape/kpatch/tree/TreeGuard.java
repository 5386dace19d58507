package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.internal.disk.KnownDigests;
import org.tuxtape.kpatch.tree.TreeException.Fault;
import org.tuxtape.kpatch.tree.TreeJournal.Absent;
import org.tuxtape.kpatch.tree.TreeJournal.Entry;
import org.tuxtape.kpatch.tree.TreeJournal.Link;
import org.tuxtape.kpatch.tree.TreeJournal.Original;

/**
 * Keeps what files are before a tool may change them, and puts them back. Copies and journal are on the device before a
 * guard counts; a copy is put back by renaming it, which needs no room on a full disk.
 */
final class TreeGuard {
    private static final String JOURNAL = "journal";
    private static final int LARGEST_JOURNAL = 16 << 20;
    private static final int LARGE = 16 << 20;

    private final Path root;
    private final Path journal;
    private final Path copies;
    private final KnownDigests digests;
    private final Disk disk;

    TreeGuard(Path root, Path state, Disk disk) {
        this.root = root;
        this.journal = state.resolve(JOURNAL);
        this.copies = StateDirectory.require(state.resolve("copies"));
        this.digests = new KnownDigests(state);
        this.disk = disk;
    }

    /** What was put back. */
    record Restored(SortedSet<SourcePath> restored, SortedSet<SourcePath> removed) {
        Restored() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    /** Tells whether there is a journal, whole or not. */
    boolean isPending() {
        return Files.exists(journal, LinkOption.NOFOLLOW_LINKS);
    }

    /** Adds files to those that will be put back. Those that are guarded already stay what they were. */
    void add(Set<SourcePath> paths) throws IOException {
        List<Entry> entries = new ArrayList<>(read().map(TreeJournal::entries).orElse(List.of()));
        Set<SourcePath> known = new HashSet<>(entries.stream().map(Entry::path).toList());
        SortedSet<SourcePath> wanted = new TreeSet<>(paths);
        for (SourcePath path : paths) {
            // What lies beside a file that is guarded already may be a tool's.
            if (!known.contains(path)) {
                wanted.addAll(traces(path));
            }
        }
        for (SourcePath path : wanted) {
            if (known.add(path)) {
                entries.add(entry(path, entries));
            }
        }
        disk.sync(copies);
        disk.replace(journal, new TreeJournal(entries).toText());
        forgetCopies(new TreeJournal(entries));
    }

    private Entry entry(SourcePath path, List<Entry> others) throws IOException {
        int depth = depth(path);
        Path file = root.resolve(path.text());
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return new Absent(path, depth);
        }
        if (attributes.isSymbolicLink()) {
            return new Link(path, Files.readSymbolicLink(file).toString());
        }
        if (!attributes.isRegularFile()) {
            throw new TreeException(Fault.OUTSIDE, file, file + " is no file, so it cannot be guarded.");
        }
        String sha256 = digests.sha256(file);
        long sameContent = others.stream()
                .filter(other ->
                        other instanceof Original original && original.sha256().equals(sha256))
                .count();
        String copy = sha256 + '-' + sameContent;
        copy(file, attributes.size(), sha256, copies.resolve(copy));
        return new Original(
                path,
                sha256,
                copy,
                attributes.permissions(),
                attributes.lastModifiedTime().toInstant(),
                isProduct(file));
    }

    /** Counts the directories above a path that are there, none of which may be a symbolic link. */
    private int depth(SourcePath path) {
        Path at = root;
        int depth = 0;
        Path parts = Path.of(path.text());
        for (int i = 0; i < parts.getNameCount() - 1; i++) {
            at = at.resolve(parts.getName(i));
            if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                depth++;
            } else if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new TreeException(
                        Fault.OUTSIDE, root.resolve(path.text()), path + " leads through " + at + ", no directory.");
            } else {
                break;
            }
        }
        return depth;
    }

    /**
     * Most of what is guarded was guarded before: the copy that is still there spares writing it to the device again. A
     * large one, an image, is known by its length: reading it takes a second, and it is read before it is put back.
     */
    private void copy(Path file, long size, String sha256, Path copy) throws IOException {
        boolean isKept = Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS) && Files.size(copy) == size;
        if (isKept && (size > LARGE || Digests.of(copy).equals(sha256))) {
            return;
        }
        Path unfinished = copies.resolve("unfinished");
        MessageDigest digest = Digests.sha256();
        try (InputStream content = new DigestInputStream(content(file), digest)) {
            disk.write(unfinished, content);
        }
        if (!Digests.hex(digest).equals(sha256)) {
            throw new IOException(file + " was changed while it was copied");
        }
        disk.rename(unfinished, copy);
    }

    /** Keeps the copies of one guard at most. */
    private void forgetCopies(TreeJournal kept) throws IOException {
        Set<String> names = new HashSet<>();
        for (Entry entry : kept.entries()) {
            if (entry instanceof Original original) {
                names.add(original.copy());
            }
        }
        for (Path copy : list(copies)) {
            if (!names.contains(copy.getFileName().toString())) {
                disk.delete(copy);
            }
        }
    }

    /** Kbuild leaves the command by which it made X in {@code .X.cmd}. */
    private static boolean isProduct(Path file) {
        return Files.exists(file.resolveSibling("." + file.getFileName() + ".cmd"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Puts everything back, and forgets the guard. */
    Restored restore() throws IOException {
        Restored done = new Restored();
        Optional<TreeJournal> kept = read();
        if (kept.isPresent()) {
            Set<Path> touched = new HashSet<>();
            removeTraces(kept.get(), done);
            for (Entry entry : kept.get().entries()) {
                restore(entry, done, touched);
            }
            removeEmptyDirectories(kept.get());
            for (Path directory : touched) {
                disk.sync(directory);
            }
        }
        if (isPending()) {
            disk.delete(journal);
            disk.sync(journal.getParent());
        }
        return done;
    }

    private void restore(Entry entry, Restored done, Set<Path> touched) throws IOException {
        Path file = root.resolve(entry.path().text());
        if (entry instanceof Absent absent) {
            if (isReachable(absent.path()) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                disk.deleteAll(file);
                done.removed().add(absent.path());
            }
            return;
        }
        makeDirectories(entry.path());
        boolean changed = entry instanceof Original original ? restore(original, file) : restore((Link) entry, file);
        if (changed) {
            done.restored().add(entry.path());
            touched.add(Objects.requireNonNull(file.getParent()));
        }
    }

    private boolean restore(Original original, Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && digests.sha256(file).equals(original.sha256())) {
            boolean otherMode = !Files.getPosixFilePermissions(file).equals(original.mode());
            if (otherMode) {
                Files.setPosixFilePermissions(file, original.mode());
            }
            return otherMode;
        }
        Path copy = copies.resolve(original.copy());
        if (!Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)
                || !Digests.of(copy).equals(original.sha256())) {
            throw new TreeException(
                    Fault.DAMAGED, file, file + " was changed, and its copy " + copy + " is missing or damaged.");
        }
        Files.setPosixFilePermissions(copy, original.mode());
        Files.setLastModifiedTime(copy, FileTime.from(timeOf(original)));
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.deleteAll(file);
        }
        disk.rename(copy, file);
        return true;
    }

    /**
     * A source becomes newer than whatever was compiled from the changed text, so that make compiles it again; the fine
     * clock is never behind the coarse one by which the kernel stamps files. A product gets its old time, so that make
     * makes it again if anything that it is made of is newer.
     */
    private static Instant timeOf(Original original) {
        return original.product() ? original.modified() : Instant.now();
    }

    private boolean restore(Link link, Path file) throws IOException {
        Path target = Path.of(link.target());
        if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(target)) {
            return false;
        }
        Path unfinished = copies.resolve("unfinished");
        disk.delete(unfinished);
        Files.createSymbolicLink(unfinished, target);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.deleteAll(file);
        }
        disk.rename(unfinished, file);
        return true;
    }

    private boolean isReachable(SourcePath path) {
        Path at = root;
        Path parts = Path.of(path.text());
        for (int i = 0; i < parts.getNameCount() - 1; i++) {
            at = at.resolve(parts.getName(i));
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /** Makes the directories above a path real ones, whatever a tool has put in their place. */
    private void makeDirectories(SourcePath path) throws IOException {
        Path at = root;
        Path parts = Path.of(path.text());
        for (int i = 0; i < parts.getNameCount() - 1; i++) {
            at = at.resolve(parts.getName(i));
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                disk.delete(at);
                disk.createDirectories(at);
            }
        }
    }

    /** Removes what was made above files that were not there. The deepest first: one may hold another that is empty. */
    private void removeEmptyDirectories(TreeJournal kept) throws IOException {
        SortedSet<Path> made = new TreeSet<>(
                Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(Comparator.naturalOrder()));
        for (Entry entry : kept.entries()) {
            if (entry instanceof Absent absent) {
                Path parts = Path.of(absent.path().text());
                for (int depth = parts.getNameCount() - 1; depth > absent.depth(); depth--) {
                    made.add(root.resolve(parts.subpath(0, depth)));
                }
            }
        }
        for (Path directory : made) {
            boolean isEmptyDirectory = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && list(directory).isEmpty();
            if (isEmptyDirectory || Files.isSymbolicLink(directory)) {
                disk.delete(directory);
            }
        }
    }

    private void removeTraces(TreeJournal kept, Restored done) throws IOException {
        Set<SourcePath> known =
                new HashSet<>(kept.entries().stream().map(Entry::path).toList());
        for (SourcePath path : List.copyOf(known)) {
            for (SourcePath trace : traces(path)) {
                if (known.add(trace)) {
                    disk.deleteAll(root.resolve(trace.text()));
                    done.removed().add(trace);
                }
            }
        }
    }

    /**
     * Finds what patch(1) and sed(1) leave beside a file: rejected hunks, the original, and what was half written when
     * they were killed.
     */
    private List<SourcePath> traces(SourcePath path) throws IOException {
        Path directory = Objects.requireNonNull(root.resolve(path.text()).getParent());
        if (!isReachable(path)) {
            return List.of();
        }
        Pattern trace =
                Pattern.compile(Pattern.quote(path.name()) + "\\.(?:orig|rej|[a-z][A-Za-z0-9]{6})|sed[A-Za-z0-9]{6}");
        List<SourcePath> found = new ArrayList<>();
        for (Path file : list(directory)) {
            if (trace.matcher(file.getFileName().toString()).matches()
                    && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                SourcePath.tryParse(root.relativize(file).toString()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** What a file was before a lease guarded it that is still open, or has died; without a lock. */
    static Optional<String> digestBefore(Path state, SourcePath path) throws IOException {
        return read(state.resolve(JOURNAL)).map(TreeJournal::entries).orElse(List.of()).stream()
                .filter(entry -> entry.path().equals(path) && entry instanceof Original)
                .map(entry -> ((Original) entry).sha256())
                .findFirst();
    }

    private Optional<TreeJournal> read() throws IOException {
        return read(journal);
    }

    private static Optional<TreeJournal> read(Path journal) throws IOException {
        if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream content = content(journal)) {
            return TreeJournal.tryParse(new String(content.readNBytes(LARGEST_JOURNAL), StandardCharsets.UTF_8));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return files;
    }

    private static InputStream content(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
