package org.tuxtape.kpatch.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Reviews;

/**
 * The files of a store: a directory for each key. It comes into being under another name and is there at once and whole;
 * it goes in the opposite way.
 */
final class Entries {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final String LOG = "log";
    private static final String GONE = ".gone";
    private static final int LARGEST_TEXT = 8 << 20;

    private final Path artefacts;
    private final Path unfinished;
    private final Disk disk;

    Entries(Path directory, Disk disk) {
        this.artefacts = directory.resolve("artefacts");
        this.unfinished = directory.resolve("unfinished");
        this.disk = disk;
    }

    /** How closely an entry is looked at. */
    enum Depth {
        MANIFEST,
        DIGEST,
        CONTENT
    }

    /** What was found at a key. */
    sealed interface Reading {
        record Sound(StoredArtefact artefact) implements Reading {}

        record Damaged(Damage damage) implements Reading {}
    }

    void create() throws IOException {
        disk.createDirectories(artefacts);
        disk.createDirectories(unfinished);
    }

    boolean has(BuildKey key) {
        return Files.exists(artefacts.resolve(key.text()), LinkOption.NOFOLLOW_LINKS);
    }

    List<BuildKey> keys() {
        return names().stream()
                .filter(name -> KEY.matcher(name).matches())
                .map(BuildKey::new)
                .toList();
    }

    /** What stands among the entries and is none. */
    List<Damage> strangers() {
        return names().stream()
                .filter(name -> !KEY.matcher(name).matches())
                .map(name -> new Damage(artefacts.resolve(name), "This is no entry of the store."))
                .toList();
    }

    private List<String> names() {
        try {
            return list(artefacts).stream()
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw StoreException.of(artefacts, "read", e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(paths::add);
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return paths;
    }

    Reading read(BuildKey key, Depth depth) {
        Path entry = artefacts.resolve(key.text());
        try {
            if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                return damaged(entry, "It is no directory.");
            }
            List<Path> manifests = list(entry).stream()
                    .filter(file -> file.toString().endsWith(Manifest.SUFFIX))
                    .toList();
            if (manifests.size() != 1) {
                return damaged(entry, "It has " + manifests.size() + " manifests.");
            }
            Path file = manifests.get(0);
            Manifest manifest = manifest(file);
            if (!manifest.key().equals(Optional.of(key))) {
                return damaged(entry, "Its manifest is that of another build.");
            }
            Path module = module(entry, manifest);
            if (!file.equals(Manifest.beside(module))) {
                return damaged(entry, "Its manifest is that of another module.");
            }
            Optional<String> wrong = wrong(module, manifest, depth);
            if (wrong.isPresent()) {
                return damaged(entry, wrong.get());
            }
            StoredArtefact artefact = artefact(key, entry, new LivepatchModule(module, manifest));
            if (depth == Depth.CONTENT) {
                reviews(artefact);
            }
            return new Reading.Sound(artefact);
        } catch (CharacterCodingException | IllegalArgumentException | DateTimeException e) {
            return damaged(entry, "Its manifest cannot be read: " + e.getMessage());
        } catch (IOException e) {
            return damaged(entry, "It cannot be read: " + e + ".");
        }
    }

    private static Path module(Path entry, Manifest manifest) {
        return entry.resolve(manifest.name() + ".ko");
    }

    private static Reading damaged(Path entry, String why) {
        return new Reading.Damaged(new Damage(entry, why));
    }

    private static Optional<String> wrong(Path module, Manifest manifest, Depth depth) throws IOException {
        return switch (depth) {
            case MANIFEST ->
                Files.isRegularFile(module, LinkOption.NOFOLLOW_LINKS)
                        ? Optional.empty()
                        : Optional.of("Its module is missing, or no regular file.");
            case DIGEST -> ModuleCheck.otherDigest(ModuleCheck.read(module), manifest);
            case CONTENT -> ModuleCheck.otherContent(ModuleCheck.read(module), manifest);
        };
    }

    private static Manifest manifest(Path file) throws IOException {
        return Manifest.parse(text(file));
    }

    private static String text(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = content.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new IOException(file + " is too long");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    /** Reads what stands beside a module; nobody has looked at one that has no reviews. */
    Reviews reviews(StoredArtefact artefact) throws IOException {
        Path file = Reviews.beside(artefact.module().file());
        try {
            return Reviews.parse(text(file));
        } catch (NoSuchFileException e) {
            return Reviews.none();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(StoredArtefact artefact, Reviews reviews) throws IOException {
        Path fresh = unfinished.resolve(artefact.key() + Reviews.SUFFIX);
        Path file = Reviews.beside(artefact.module().file());
        byte[] text = reviews.toText().getBytes(StandardCharsets.UTF_8);
        if (text.length > LARGEST_TEXT) {
            throw new IOException(file + " would be too long to be read again");
        }
        disk.write(fresh, new ByteArrayInputStream(text));
        disk.rename(fresh, file);
        disk.sync(file.getParent());
    }

    private static StoredArtefact artefact(BuildKey key, Path entry, LivepatchModule module) throws IOException {
        Path log = entry.resolve(LOG);
        long bytes = 0;
        for (Path file : list(entry)) {
            bytes += Files.size(file);
        }
        return new StoredArtefact(
                key,
                module,
                Optional.of(log).filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)),
                Files.getLastModifiedTime(Manifest.beside(module.file())).toInstant(),
                bytes);
    }

    void write(BuildKey key, byte[] module, Manifest manifest, Optional<Path> log, Instant now) throws IOException {
        Path fresh = unfinished.resolve(key.text());
        disk.createDirectories(fresh);
        Path file = module(fresh, manifest);
        Path beside = Manifest.beside(file);
        disk.write(file, new ByteArrayInputStream(module));
        disk.write(beside, new ByteArrayInputStream(manifest.toText().getBytes(StandardCharsets.UTF_8)));
        Files.setLastModifiedTime(beside, FileTime.from(now));
        if (log.isPresent()) {
            try (InputStream content = LongLog.open(log.get())) {
                disk.write(fresh.resolve(LOG), content);
            }
        }
        Path reviews = Reviews.beside(module(artefacts.resolve(key.text()), manifest));
        if (Files.isRegularFile(reviews, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream content = Files.newInputStream(reviews, LinkOption.NOFOLLOW_LINKS)) {
                disk.write(Reviews.beside(file), content);
            }
        }
        disk.sync(fresh);
        Path gone = gone(key);
        if (has(key)) {
            disk.deleteAll(gone);
            disk.rename(artefacts.resolve(key.text()), gone);
        }
        disk.rename(fresh, artefacts.resolve(key.text()));
        disk.sync(artefacts);
        disk.deleteAll(gone);
    }

    private Path gone(BuildKey key) {
        return unfinished.resolve(key + GONE);
    }

    void remove(BuildKey key) throws IOException {
        Path gone = gone(key);
        disk.deleteAll(gone);
        disk.rename(artefacts.resolve(key.text()), gone);
        disk.sync(artefacts);
        disk.deleteAll(gone);
    }

    /**
     * Removes what was being written or removed when somebody was killed. What was about to take the place of an entry that
     * is gone already is whole, and takes it: it has the reviews.
     */
    void clear() throws IOException {
        List<Path> left = list(unfinished);
        for (Path path : left) {
            String name = path.getFileName().toString();
            Path fresh = unfinished.resolve(name.replace(GONE, ""));
            Path entry = artefacts.resolve(fresh.getFileName());
            if (name.endsWith(GONE) && left.contains(fresh) && !Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                disk.rename(fresh, entry);
                disk.sync(artefacts);
            }
        }
        for (Path path : left) {
            disk.deleteAll(path);
        }
    }
}
