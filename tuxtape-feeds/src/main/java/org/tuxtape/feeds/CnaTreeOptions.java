package org.tuxtape.feeds;

import org.tuxtape.feeds.internal.tree.Limits;

/**
 * How much of this machine the reading of a {@link CnaTree} or a {@link CnaRepository} may take.
 *
 * @param largestMember the size in bytes above which a file of a CVE is not read; 1 KiB to 1 GiB. Memory grows with the
 *     largest record met, at worst to some hundred times its size
 * @param largestExpansion how many bytes a compressed archive may expand to, or all that is read of a repository, at
 *     least 1; a directory or an archive that is not compressed may be of any size
 * @param largestDecoder how many bytes of memory a decompressor may take, at least 1; the heap sets a limit of its own
 * @since 0.1
 */
public record CnaTreeOptions(int largestMember, long largestExpansion, long largestDecoder) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final CnaTreeOptions DEFAULTS = new CnaTreeOptions(MIB, 4L * GIB, 256L * MIB);

    /** Rejects sizes out of range. */
    public CnaTreeOptions {
        requireWithin("largest member", largestMember, KIB, GIB);
        requireWithin("largest expansion", largestExpansion, 1, Long.MAX_VALUE);
        requireWithin("largest decoder", largestDecoder, 1, Long.MAX_VALUE);
    }

    Limits limits() {
        return new Limits(largestMember, largestExpansion, largestDecoder);
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("The " + what + " is " + least + " to " + most + ", not " + value + ".");
        }
    }

    /**
     * Returns the options that suit the kernel CNA's tree: files of 1 MiB, expansion to 4 GiB, decompressors of 256 MiB.
     *
     * @return the default options
     */
    public static CnaTreeOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Replaces the size above which a file of a CVE is not read.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return options that differ in it
     */
    public CnaTreeOptions withLargestMember(int bytes) {
        return new CnaTreeOptions(bytes, largestExpansion, largestDecoder);
    }

    /**
     * Replaces the size that a compressed archive may expand to.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public CnaTreeOptions withLargestExpansion(long bytes) {
        return new CnaTreeOptions(largestMember, bytes, largestDecoder);
    }

    /**
     * Replaces the memory that a decompressor may take.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public CnaTreeOptions withLargestDecoder(long bytes) {
        return new CnaTreeOptions(largestMember, largestExpansion, bytes);
    }
}
