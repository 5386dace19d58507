package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.BuildTreeReader;

/**
 * A directory in which a kernel was built by Kbuild, in its own source or with {@code O=}, or an archive of it, which is
 * read in place: a tar, plain or compressed with gzip, xz or zstd, or a zip. It may have been copied from
 * another machine, and may have lost its objects: what counts are the {@code .cmd} files beside them, in which Kbuild
 * keeps every command and its inputs (their format is that of {@code scripts/basic/fixdep} and
 * {@code scripts/Kbuild.include} in the kernel's source).
 *
 * <pre>{@code
 * KbuildProfile profile = KbuildTree.read(Path.of("/src/linux"));
 *
 * KbuildProfile moved = KbuildTree.at(Path.of("/copies/build"))
 *         .withSource(Path.of("/copies/linux-6.1"))
 *         .read(Context.standard());
 * }</pre>
 *
 * <p>Immutable. Reading neither writes nor executes anything. Symbolic links are followed where the caller names them,
 * at {@code source}, which Kbuild makes in a directory given by {@code O=}, and at single files such as {@code .config};
 * never while the tree is listed, and never since a {@code .cmd} file names a path.
 *
 * @since 0.1
 */
public final class KbuildTree {
    private final Path directory;
    private final Optional<Path> source;
    private final int parallelism;

    private KbuildTree(Path directory, Optional<Path> source, int parallelism) {
        this.directory = directory;
        this.source = source;
        this.parallelism = parallelism;
    }

    /**
     * Names a tree; nothing is read yet. It will be read by as many threads as there are processors.
     *
     * @param directory the directory that holds {@code .config} and {@code vmlinux}, or an archive of it
     * @return the tree
     */
    public static KbuildTree at(Path directory) {
        return new KbuildTree(
                Objects.requireNonNull(directory, "directory"),
                Optional.empty(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Says where the source of an {@code O=} build lies, if the tree's own {@code source} link does not lead there.
     *
     * @param directory the source that the kernel was built from
     * @return a tree that differs in it
     */
    public KbuildTree withSource(Path directory) {
        return new KbuildTree(this.directory, Optional.of(directory), parallelism);
    }

    /**
     * Sets how many threads read {@code .cmd} files at once. The profile does not depend on it.
     *
     * @param threads at least 1
     * @return a tree that differs in it
     */
    public KbuildTree withParallelism(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A tree is read by at least 1 thread, not " + threads + ".");
        }
        return new KbuildTree(directory, source, threads);
    }

    /**
     * Reads a tree, as {@link #read(Context)} does with all defaults.
     *
     * @param directory the directory that holds {@code .config} and {@code vmlinux}
     * @return its profile
     */
    public static KbuildProfile read(Path directory) {
        return at(directory).read(Context.standard());
    }

    /**
     * Reads a tree, as {@link #read(Context)} does with the default options.
     *
     * @param directory the directory that holds {@code .config} and {@code vmlinux}
     * @param context when to stop, and whom to tell
     * @return its profile
     */
    public static KbuildProfile read(Path directory, Context context) {
        return at(directory).read(context);
    }

    /**
     * Reads the tree. Two tasks are reported one after the other, {@code list DIRECTORY} and {@code read DIRECTORY},
     * both counted in files; all that is in {@link KbuildProfile#notes()} is also noted.
     *
     * <p>A tree of which part is missing still gives a profile, which says what is unknown.
     *
     * @param context when to stop, and whom to tell
     * @return the profile
     * @throws ProfileException if there is no tree to read: it is missing, not permitted, no directory or no kernel
     *     tree, nothing was built in it, nothing says which kernel it is, a file is larger than any build makes, or
     *     an archive is damaged
     * @throws CancelledException if the context asks to stop, within a second
     */
    public KbuildProfile read(Context context) {
        return new KbuildProfile(new BuildTreeReader(directory, source, parallelism).read(context));
    }
}
