package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.kpatch.internal.disk.KnownDigests;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/**
 * The tree in which one kernel was built: its source, its config and, for kpatch-build, its {@code vmlinux} with debug
 * information. The build lies in the source directory itself, since neither tool works with a separate one.
 *
 * <p>What a tree says of itself is read once, when it is opened, and needs no lease. Whoever changes anything in it takes
 * a {@link #lease lease} first. The lock, the journal and copies of what may be changed lie in the tree, in a directory
 * {@code .tuxtape}. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class BuildTree {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path directory;
    private final TreeReader.Facts facts;
    private final Disk disk;

    private BuildTree(Path directory, TreeReader.Facts facts, Disk disk) {
        this.directory = directory;
        this.facts = facts;
        this.disk = disk;
    }

    /**
     * Opens a tree that was configured at least.
     *
     * @param directory the root of the source, with a {@code .config} in it
     * @return the tree, as it is now
     * @throws TreeException if there is none, or it cannot be read
     */
    public static BuildTree open(Path directory) {
        return open(directory, Disk.REAL);
    }

    static BuildTree open(Path directory, Disk disk) {
        TreeReader.Facts facts = new TreeReader(directory).read();
        try {
            return new BuildTree(directory.toRealPath(), facts, disk);
        } catch (IOException e) {
            throw TreeException.of(directory, "read", e);
        }
    }

    /**
     * Makes a tree from a source: unpacks or copies it into a new directory, and completes the config with {@code make
     * olddefconfig}. Nothing is compiled; that is what {@link TreeLease#prepare} does. What the archive unpacks to is
     * bounded by the disk alone.
     *
     * @param source a directory, or an archive that tar(1) can read, of the tree or of one directory that holds it
     * @param config the config that is wanted; an option that cannot be had is told as a note
     * @param directory where the tree shall be; it is there when all is done, or not at all
     * @param context cancellation, and a listener that is told what the tools say
     * @return the tree
     * @throws TreeException {@link Fault#EXISTS} if there is something already, {@link Fault#TOOL_FAILED} if tar, cp or
     *     make fails, or if it cannot be written
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public static BuildTree create(Path source, Path config, Path directory, Context context) {
        return TreeMaking.fromSource(source, config, directory, Disk.REAL, context);
    }

    /**
     * Returns where the tree is.
     *
     * @return an absolute path without symbolic links
     */
    public Path directory() {
        return directory;
    }

    /**
     * Tells which build of which kernel it is: the release that make has written down, the version in the top Makefile,
     * and what the {@code .config} says.
     *
     * @return the build; its architecture is unknown if nothing was prepared for one
     */
    public KernelBuild kernel() {
        return facts.kernel();
    }

    /**
     * Looks up an option.
     *
     * @param symbol its name
     * @return its value; {@link ConfigValue#NO} if the config does not name it
     */
    public ConfigValue config(ConfigSymbol symbol) {
        return facts.config().values().getOrDefault(symbol, ConfigValue.NO);
    }

    /**
     * Finds the image with the symbols, and with the debug information if the config asks for it.
     *
     * @return {@code vmlinux} of the tree; empty if the kernel was not built to its end
     */
    public Optional<Path> vmlinux() {
        return Optional.of(directory.resolve("vmlinux")).filter(Files::isRegularFile);
    }

    /**
     * Tells what a file is while nobody has it changed. A file that is guarded by a lease, of this or another process,
     * counts as what it was before; so does one that a lease has left changed which died.
     *
     * @param file a path below the tree
     * @return the SHA-256 of its content, 64 lower-case hexadecimal digits; empty if there is no such file
     * @throws TreeException if it cannot be read
     */
    public Optional<String> digest(SourcePath file) {
        Path state = directory.resolve(StateDirectory.NAME);
        try {
            Optional<String> before = TreeGuard.digestBefore(state, file);
            if (before.isPresent()) {
                return before;
            }
            String now = new KnownDigests(state).sha256(directory.resolve(file.text()));
            // Somebody may have begun while it was read.
            return TreeGuard.digestBefore(state, file).or(() -> Optional.of(now));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw TreeException.of(directory, "read", e);
        }
    }

    /**
     * Takes the tree for one's own. Other threads and processes are kept out until the lease is closed or this process
     * has died. If the last user did not end in good order, its processes are ended and the tree is put back first.
     *
     * @param purpose what for, one line for those who wait, for example {@code to build livepatch_a}
     * @param patience how long to wait for another user; zero for not at all
     * @param context clock, sleeper and cancellation of the wait; told what was put back, as a task {@code repair} with
     *     the directory's name
     * @return the lease, to be closed
     * @throws TreeException {@link Fault#BUSY} if another one has it longer than that, {@link Fault#STILL_RUNNING} if
     *     processes of the last user cannot be ended, {@link Fault#DAMAGED} if it cannot be put back; and if the tree
     *     cannot be written
     * @throws org.tuxtape.core.CancelledException if the context asks to stop while it waits
     */
    public TreeLease lease(String purpose, Duration patience, Context context) {
        Instant end = context.clock().instant().plus(patience);
        Path file = StateDirectory.of(directory).resolve("lock");
        while (true) {
            context.cancellation().throwIfCancelled();
            LockFile.Attempt attempt = attempt(file);
            if (attempt instanceof LockFile.Attempt.Taken taken) {
                return TreeLease.begin(this, taken, purpose, disk, context);
            }
            Optional<TreeHolder> holder = TreeHolder.tryParse(((LockFile.Attempt.Held) attempt).text());
            Instant now = context.clock().instant();
            if (!now.isBefore(end)) {
                String who = holder.map(TreeHolder::toString).orElse("another user");
                throw new TreeException(
                        Fault.BUSY, directory, directory + " is used by " + who + ".", holder.orElse(null));
            }
            Duration left = Duration.between(now, end);
            context.pause(left.compareTo(PAUSE) < 0 ? left : PAUSE);
        }
    }

    private static LockFile.Attempt attempt(Path file) {
        try {
            return LockFile.attempt(file);
        } catch (IOException e) {
            throw TreeException.of(file, "locked", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildTree tree && directory.equals(tree.directory) && facts.equals(tree.facts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory, facts);
    }

    /** Names the release and the place. */
    @Override
    public String toString() {
        return kernel().release() + " in " + directory;
    }
}
