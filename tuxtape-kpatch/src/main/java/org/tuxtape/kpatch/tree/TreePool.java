package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/**
 * Clones of build trees in one directory, kept warm for the next build and bounded in what they take: the one that was
 * not used for longest goes first, and none that is in use.
 *
 * <p>Several processes may use one pool, and several threads. Who changes the source of an origin removes the directory
 * of its clones: a clone is told by its origin's place, release and config.
 *
 * @since 0.1
 */
public final class TreePool {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path directory;
    private final long limit;

    private TreePool(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * Opens a pool; its directory is created when it is needed.
     *
     * @param directory where the clones are, with nothing else in it
     * @param limit how many bytes they may take together, above zero; sources that are hard links are not counted, and
     *     blocks that are shared with the origin are
     * @return the pool
     */
    public static TreePool open(Path directory, long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("A pool needs room: " + limit);
        }
        return new TreePool(directory, limit);
    }

    /**
     * Takes a clone of a tree for one's own: one that is idle, or else a new one, for which others are removed if there is
     * no room.
     *
     * @param origin what to clone; its lease is taken only while it is cloned
     * @param purpose as for {@link BuildTree#lease}
     * @param patience how long to wait until another user has done or there is room
     * @param context cancellation, clock, sleeper and listener
     * @return the lease of the clone, to be closed
     * @throws TreeException {@link Fault#BUSY} if patience ends first, {@link Fault#LIMIT_EXCEEDED} if the pool is too small
     *     for even one clone, or as {@link BuildTree#lease} and {@link TreeLease#cloneTo} do
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public TreeLease lease(BuildTree origin, String purpose, Duration patience, Context context) {
        Instant end = context.clock().instant().plus(patience);
        String prefix = prefix(origin);
        try {
            Files.createDirectories(directory);
            while (true) {
                Optional<TreeLease> lease =
                        idle(prefix, purpose, context).or(() -> fresh(origin, prefix, purpose, context));
                if (lease.isPresent()) {
                    return lease.get();
                }
                if (!context.clock().instant().isBefore(end)) {
                    throw new TreeException(
                            Fault.BUSY, directory, directory + " has no idle clone of " + origin + ", and no room.");
                }
                context.pause(PAUSE);
            }
        } catch (IOException e) {
            throw TreeException.of(directory, "written", e);
        }
    }

    private static String prefix(BuildTree origin) {
        String identity =
                origin.directory() + "\n" + origin.kernel().configDigest().orElse("");
        String digest = Digests.of(identity.getBytes(StandardCharsets.UTF_8));
        return origin.kernel().release() + "-" + digest.substring(0, 12) + "-";
    }

    private List<Path> clones() {
        List<Path> clones = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path path : stream) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && !path.getFileName().toString().startsWith(".")) {
                    clones.add(path);
                }
            }
        } catch (IOException e) {
            throw TreeException.of(directory, "read", e);
        }
        return clones;
    }

    private Optional<TreeLease> idle(String prefix, String purpose, Context context) {
        for (Path clone : clones()) {
            if (clone.getFileName().toString().startsWith(prefix)) {
                Optional<TreeLease> lease = take(clone, purpose, context);
                if (lease.isPresent()) {
                    return lease;
                }
            }
        }
        return Optional.empty();
    }

    /** Takes a clone if nobody has it, and nobody removes it. */
    private static Optional<TreeLease> take(Path clone, String purpose, Context context) {
        try {
            return Optional.of(BuildTree.open(clone).lease(purpose, Duration.ZERO, context));
        } catch (TreeException e) {
            if (e.fault() == Fault.BUSY || !Files.exists(clone)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes a new clone, while nobody else makes or removes one. */
    private Optional<TreeLease> fresh(BuildTree origin, String prefix, String purpose, Context context) {
        try {
            if (!(LockFile.attempt(directory.resolve(".lock")) instanceof LockFile.Attempt.Taken taken)) {
                return Optional.empty();
            }
            try (LockFile lock = taken.lock()) {
                lock.name(purpose + '\n');
                if (!makeRoom(TreeCopy.ownBytes(origin.directory()), context)) {
                    return Optional.empty();
                }
                int number = 1;
                while (Files.exists(directory.resolve(prefix + number), LinkOption.NOFOLLOW_LINKS)) {
                    number++;
                }
                Path clone = directory.resolve(prefix + number);
                try (TreeLease source = origin.lease("to clone it", Duration.ZERO, context)) {
                    source.cloneTo(clone);
                    source.toolsEnded();
                } catch (TreeException e) {
                    if (e.fault() == Fault.BUSY) {
                        return Optional.empty();
                    }
                    throw e;
                }
                return take(clone, purpose, context);
            }
        } catch (IOException e) {
            throw TreeException.of(directory, "written", e);
        }
    }

    /** Removes what was not used for longest until there is room; tells whether there is. */
    private boolean makeRoom(long bytes, Context context) throws IOException {
        if (bytes > limit) {
            throw new TreeException(
                    Fault.LIMIT_EXCEEDED,
                    directory,
                    directory + " may take " + limit + " bytes, and one clone needs " + bytes + ".");
        }
        List<Path> clones = new ArrayList<>(clones());
        clones.sort(Comparator.comparing(TreePool::lastUse));
        long used = 0;
        for (Path clone : clones) {
            used += TreeCopy.ownBytes(clone);
        }
        for (Path clone : clones) {
            if (used + bytes <= limit) {
                break;
            }
            long freed = TreeCopy.ownBytes(clone);
            if (remove(clone, context)) {
                used -= freed;
            }
        }
        return used + bytes <= limit;
    }

    private static FileTime lastUse(Path clone) {
        try {
            return Files.getLastModifiedTime(clone.resolve(StateDirectory.NAME).resolve("lock"));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private boolean remove(Path clone, Context context) throws IOException {
        Optional<TreeLease> lease = take(clone, "to remove it", context);
        if (lease.isEmpty()) {
            return false;
        }
        Path gone = directory.resolve("." + clone.getFileName() + ".gone");
        try {
            Disk.REAL.deleteAll(gone);
            Disk.REAL.rename(clone, gone);
        } finally {
            lease.get().abandon();
        }
        Disk.REAL.deleteAll(gone);
        return true;
    }
}
