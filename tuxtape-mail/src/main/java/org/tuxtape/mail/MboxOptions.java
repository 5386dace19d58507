package org.tuxtape.mail;

import java.util.Objects;

/**
 * How an mbox is read, and how much of this machine it may take.
 *
 * @param quoting how lines that begin with {@code From } are marked
 * @param largestMessage the size in bytes from which on a message is skipped and reported as unreadable; 1 KiB to 1 GiB.
 *     Memory grows with the largest message met, at worst to some twenty times its size
 * @param largestExpansion how many bytes a compressed archive may expand to, at least 1; an archive that is not
 *     compressed may be of any size
 * @param largestDecoder how many bytes of memory a decompressor may take, at least 1; the heap sets a limit of its own
 * @since 0.1
 */
public record MboxOptions(MboxQuoting quoting, int largestMessage, long largestExpansion, long largestDecoder) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final MboxOptions DEFAULTS = new MboxOptions(MboxQuoting.AUTO, MIB, GIB, 256L * MIB);

    /** Rejects sizes out of range. */
    public MboxOptions {
        Objects.requireNonNull(quoting, "quoting");
        requireWithin("largest message", largestMessage, KIB, GIB);
        requireWithin("largest expansion", largestExpansion, 1, Long.MAX_VALUE);
        requireWithin("largest decoder", largestDecoder, 1, Long.MAX_VALUE);
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("The " + what + " is " + least + " to " + most + ", not " + value + ".");
        }
    }

    /**
     * Returns the options that suit the archives of the announcement list: automatic quoting, messages of 1 MiB,
     * expansion to 1 GiB, decompressors of 256 MiB.
     *
     * @return the default options
     */
    public static MboxOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Replaces the quoting.
     *
     * @param newQuoting the new one
     * @return options that differ in it
     */
    public MboxOptions withQuoting(MboxQuoting newQuoting) {
        return new MboxOptions(newQuoting, largestMessage, largestExpansion, largestDecoder);
    }

    /**
     * Replaces the size from which on a message is skipped.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return options that differ in it
     */
    public MboxOptions withLargestMessage(int bytes) {
        return new MboxOptions(quoting, bytes, largestExpansion, largestDecoder);
    }

    /**
     * Replaces the size that a compressed archive may expand to.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public MboxOptions withLargestExpansion(long bytes) {
        return new MboxOptions(quoting, largestMessage, bytes, largestDecoder);
    }

    /**
     * Replaces the memory that a decompressor may take.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public MboxOptions withLargestDecoder(long bytes) {
        return new MboxOptions(quoting, largestMessage, largestExpansion, bytes);
    }
}
