package org.tuxtape.mail;

import java.time.Duration;
import java.util.Objects;

/**
 * How an mbox is read, and how much of this machine it may take.
 *
 * @param quoting how lines that begin with {@code From } are marked
 * @param mail how a single message is read
 * @param largestExpansion how many bytes a compressed archive may expand to, at least 1; an archive that is not
 *     compressed may be of any size
 * @param largestDecoder how many bytes of memory a decompressor may take, at least 1; the heap sets a limit of its own
 * @param settling how long a file must have been left alone for its last message to count as whole; zero or above. Until
 *     then that message is not delivered, and a later reading finds it. For an archive that is being written to: without
 *     it half a message may be delivered, and its cursor be stale when the other half is there
 * @since 0.1
 */
public record MboxOptions(
        MboxQuoting quoting, MailOptions mail, long largestExpansion, long largestDecoder, Duration settling) {
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final MboxOptions DEFAULTS =
            new MboxOptions(MboxQuoting.AUTO, MailOptions.defaults(), GIB, 256L * MIB, Duration.ZERO);

    /** Rejects sizes and times out of range. */
    public MboxOptions {
        Objects.requireNonNull(quoting, "quoting");
        Objects.requireNonNull(mail, "mail");
        requirePositive("largest expansion", largestExpansion);
        requirePositive("largest decoder", largestDecoder);
        if (settling.isNegative()) {
            throw new IllegalArgumentException("The time to settle is zero or above, not " + settling + ".");
        }
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("The " + what + " is at least 1, not " + value + ".");
        }
    }

    /**
     * Returns the options that suit the archives of the announcement list: automatic quoting, messages of 1 MiB,
     * expansion to 1 GiB, decompressors of 256 MiB, and no time to settle.
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
        return new MboxOptions(newQuoting, mail, largestExpansion, largestDecoder, settling);
    }

    /**
     * Replaces how a single message is read.
     *
     * @param newMail the new options
     * @return options that differ in it
     */
    public MboxOptions with(MailOptions newMail) {
        return new MboxOptions(quoting, newMail, largestExpansion, largestDecoder, settling);
    }

    /**
     * Replaces the size above which a message is skipped.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return options that differ in it
     */
    public MboxOptions withLargestMessage(int bytes) {
        return with(mail.withLargestMessage(bytes));
    }

    /**
     * Replaces the size that a compressed archive may expand to.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public MboxOptions withLargestExpansion(long bytes) {
        return new MboxOptions(quoting, mail, bytes, largestDecoder, settling);
    }

    /**
     * Replaces the memory that a decompressor may take.
     *
     * @param bytes at least 1
     * @return options that differ in it
     */
    public MboxOptions withLargestDecoder(long bytes) {
        return new MboxOptions(quoting, mail, largestExpansion, bytes, settling);
    }

    /**
     * Replaces the time that a file must have been left alone.
     *
     * @param time zero or above; a few seconds where mail is delivered
     * @return options that differ in it
     */
    public MboxOptions withSettling(Duration time) {
        return new MboxOptions(quoting, mail, largestExpansion, largestDecoder, time);
    }
}
