package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * The fixes in a directory or an archive of patches: a tar, plain or compressed by gzip, xz or zstd, or a zip, told apart by
 * their first bytes. A patch is a file whose first line is {@code From ID ...} or {@code commit ID} with the 40 digits of
 * its commit, as {@code git format-patch} and {@code git show} write it; all other files are passed over. The id that the
 * CVE's record names is what decides, and never a file's name. Of two patches of one commit the first counts: by name in a
 * directory, by place in an archive.
 *
 * <p>The first lookup indexes the store; one that is cancelled or fails leaves no index, and the next one begins anew. A
 * directory's patches are read when they are looked up, an archive's are kept in memory. A patch that cannot be relied on,
 * is too large, holds several commits, or is gone by then, is missing with that reason. Links in the store are not
 * followed. What is handed out is written anew from the changes that were understood, without any text around them. Paths in a
 * diff are handed on as they are, also those that lead out of a tree: whoever applies it has to look.
 *
 * <p>Several commits in one version are applied in the order of the record, since patches do not say when they were
 * committed.
 *
 * <p>Safe for use by several threads; while one indexes, the others wait for it.
 *
 * @since 0.1
 */
public final class PatchFixSource implements FixSource {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final Path store;
    private final PatchLimits limits;
    private final ReentrantLock indexing = new ReentrantLock();
    private volatile @Nullable PatchIndex index;

    private PatchFixSource(Path store, PatchLimits limits) {
        this.store = Objects.requireNonNull(store, "store");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Returns the fixes of a store within the {@linkplain PatchLimits#STANDARD usual limits}. It is first looked at when a
     * fix is looked up.
     *
     * @param store a directory or an archive
     * @return the source
     */
    public static PatchFixSource of(Path store) {
        return of(store, PatchLimits.STANDARD);
    }

    /**
     * Returns the fixes of a store. It is first looked at when a fix is looked up.
     *
     * @param store a directory or an archive
     * @param limits how much is read
     * @return the source
     */
    public static PatchFixSource of(Path store, PatchLimits limits) {
        return new PatchFixSource(store, limits);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FixSourceException if there is no such store, it cannot be read, or a limit is passed
     */
    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        context.cancellation().throwIfCancelled();
        try {
            PatchIndex patches = index(context);
            return BranchChoice.of(cve, kernel.version(), id -> {
                context.cancellation().throwIfCancelled();
                return patches.find(id, store);
            });
        } catch (IOException e) {
            throw FixSourceException.of(store, e);
        }
    }

    private PatchIndex index(Context context) throws IOException {
        PatchIndex known = index;
        return known != null ? known : indexOnce(context);
    }

    private PatchIndex indexOnce(Context context) throws IOException {
        while (!indexing.tryLock()) {
            context.pause(MOMENT);
        }
        try {
            PatchIndex known = index;
            if (known == null) {
                known = Task.run(context, "index the patches of " + store, "files", this::read);
                index = known;
            }
            return known;
        } finally {
            indexing.unlock();
        }
    }

    private PatchIndex read(Task task) throws IOException {
        PatchIndex patches = new PatchIndex(limits);
        if (Files.isDirectory(store)) {
            PatchDirectory.index(store, patches, task);
        } else if (Files.isRegularFile(store)) {
            PatchArchive.index(store, patches, task);
        } else {
            throw new NoSuchFileException(store.toString());
        }
        task.note("There are patches of " + patches.size() + " commits in " + store + ".");
        return patches;
    }
}
