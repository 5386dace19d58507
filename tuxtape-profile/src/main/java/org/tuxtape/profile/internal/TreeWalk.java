package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/**
 * Lists the files of a tree with several threads. Symbolic links are not followed, so the walk ends and stays inside;
 * hidden directories and the trees of other builds below this one are left out.
 */
final class TreeWalk {
    private static final int DEEPEST = 64;
    private static final int MOST_FILES = 4_000_000;
    private static final long IDLE_NANOS = 50_000;
    private static final String CMD = ".cmd";

    private static final Set<String> FILE_EXTENSIONS =
            Set.of("c", "h", "S", "rs", "o", "a", "ko", "rst", "txt", "yaml", "json", "dts", "dtsi", "py", "sh");

    private final Path root;
    private final Optional<Path> skipped;
    private final Listing listing =
            new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final Deque<Directory> open = new ConcurrentLinkedDeque<>();
    private final AtomicInteger unlisted = new AtomicInteger(1);
    private final AtomicInteger files = new AtomicInteger();

    /**
     * What a tree holds.
     *
     * @param cmdFiles the {@code .cmd} files, ordered by target
     * @param others the other files that are neither hidden nor made by a compiler or linker, relative to the root
     * @param unreadable directories that could not be listed, those too deep, and {@code .cmd} files whose names no
     *     build makes, relative to the root
     * @param nestedBuilds directories that were left out since another build lies there, relative to the root
     */
    record Listing(List<CmdPath> cmdFiles, List<String> others, List<String> unreadable, List<String> nestedBuilds) {
        private synchronized void add(Listing more) {
            cmdFiles.addAll(more.cmdFiles);
            others.addAll(more.others);
            unreadable.addAll(more.unreadable);
            nestedBuilds.addAll(more.nestedBuilds);
        }
    }

    /**
     * A {@code .cmd} file.
     *
     * @param path where to read it
     * @param target the file that it is about: {@code fs/open.o} for {@code fs/.open.o.cmd}
     */
    record CmdPath(Path path, String target) implements Comparable<CmdPath> {
        @Override
        public int compareTo(CmdPath other) {
            return target.compareTo(other.target);
        }
    }

    /**
     * A directory to list.
     *
     * @param prefix its path relative to the root with a slash at the end; empty for the root
     */
    private record Directory(Path path, String prefix, int depth) {}

    private TreeWalk(Path root, Optional<Path> skipped) {
        this.root = root;
        this.skipped = skipped;
    }

    /**
     * Lists a tree.
     *
     * @param root its directory
     * @param skipped a directory to leave out
     * @param threads how many, at least 1
     * @throws ProfileException if the root cannot be listed, or holds more than 4 million files
     */
    static Listing list(Path root, Optional<Path> skipped, int threads, Task task) {
        TreeWalk walk = new TreeWalk(root, skipped);
        walk.open.add(new Directory(root, "", 0));
        Workers.run(threads, walk::work, walk.files::get, task);
        walk.listing.cmdFiles().sort(null);
        walk.listing.unreadable().sort(null);
        walk.listing.nestedBuilds().sort(null);
        return walk.listing;
    }

    private void work(BooleanSupplier stopped) {
        while (unlisted.get() > 0 && !stopped.getAsBoolean()) {
            Directory directory = open.pollLast();
            if (directory == null) {
                LockSupport.parkNanos(IDLE_NANOS);
            } else {
                listing.add(list(directory));
                unlisted.decrementAndGet();
            }
        }
    }

    private Listing list(Directory directory) {
        Listing found = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Directory> below = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.path())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.equals(".config") && directory.depth() > 0) {
                    found.nestedBuilds().add(directory.prefix());
                    return new Listing(List.of(), List.of(), List.of(), found.nestedBuilds());
                }
                sort(directory, entry, name, found, below);
            }
        } catch (IOException e) {
            refuseRoot(directory, e);
            found.unreadable().add(directory.prefix());
        } catch (DirectoryIteratorException e) {
            refuseRoot(directory, new IOException(e));
            found.unreadable().add(directory.prefix());
        }
        // Counted up before this directory is counted down: the count is zero only at the very end.
        unlisted.addAndGet(below.size());
        open.addAll(below);
        return found;
    }

    private void sort(Directory directory, Path entry, String name, Listing found, List<Directory> below)
            throws IOException {
        if (files.incrementAndGet() > MOST_FILES) {
            throw Faults.of(root, Fault.LIMIT_EXCEEDED, "holds more than " + MOST_FILES + " files");
        }
        boolean hidden = name.startsWith(".");
        if (hidden && !isCmd(name)) {
            return;
        }
        if (!hidden && isCertainlyFile(name)) {
            if (isSource(name)) {
                found.others().add(directory.prefix() + name);
            }
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // deleted since
        }
        String path = directory.prefix() + name;
        if (attributes.isDirectory()) {
            if (directory.depth() >= DEEPEST) {
                found.unreadable().add(path + "/");
            } else if (!hidden && skipped.filter(entry::equals).isEmpty()) {
                below.add(new Directory(entry, path + "/", directory.depth() + 1));
            }
        } else if (hidden && attributes.isRegularFile()) {
            addCmd(directory.prefix() + name.substring(1, name.length() - CMD.length()), entry, found);
        } else if (!hidden && isSource(name)) {
            found.others().add(path);
        }
    }

    private static void addCmd(String target, Path entry, Listing found) {
        if (SourcePath.tryParse(target).isPresent()) {
            found.cmdFiles().add(new CmdPath(entry, target));
        } else {
            found.unreadable().add(target);
        }
    }

    private void refuseRoot(Directory directory, IOException cause) {
        if (directory.depth() == 0) {
            throw Faults.of(root, cause);
        }
    }

    /**
     * Nine of ten files need not be asked what they are, which takes longer than all else here. Should a directory be
     * named so, what it holds is missed, and missing.
     */
    private static boolean isCertainlyFile(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && FILE_EXTENSIONS.contains(name.substring(dot + 1));
    }

    static boolean isCmd(String name) {
        return name.length() > CMD.length() + 1 && name.startsWith(".") && name.endsWith(CMD);
    }

    static boolean isSource(String name) {
        return !(name.endsWith(".o")
                || name.endsWith(".a")
                || name.endsWith(".ko")
                || name.endsWith(".mod")
                || name.endsWith(".mod.c")
                || name.endsWith(".order"));
    }
}
