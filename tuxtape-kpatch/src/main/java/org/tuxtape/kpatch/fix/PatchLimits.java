package org.tuxtape.kpatch.fix;

import org.tuxtape.core.diff.Diff;

/**
 * How much a {@link PatchFixSource} reads.
 *
 * @param largestPatch the bytes above which a patch is not used, at least 1
 * @param mostFiles the files or members above which a store is refused, at least 1
 * @param largestTotal the bytes above which an archive is refused, counted as they come out of its compression, at least 1;
 *     the patches among them are kept in memory
 * @since 0.1
 */
public record PatchLimits(int largestPatch, int mostFiles, long largestTotal) {
    /** 16 MiB, 1,000,000 files and 512 MiB. */
    public static final PatchLimits STANDARD = new PatchLimits(Diff.LONGEST, 1_000_000, 512L << 20);

    /** Rejects limits below 1. */
    public PatchLimits {
        if (largestPatch < 1 || mostFiles < 1 || largestTotal < 1) {
            throw new IllegalArgumentException("Limits are at least 1.");
        }
    }
}
