package org.tuxtape.mail;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.mail.signature.SignatureCheck;

/**
 * How a single mail is read, wherever it comes from.
 *
 * @param largestMessage the size in bytes above which a mail is skipped and reported as unreadable; 1 KiB to 1 GiB.
 *     Memory grows with the largest mail met, at worst to some twenty times its size
 * @param signatures whose signatures are wanted, and what becomes of mails without one; empty if nobody looks
 * @since 0.1
 */
public record MailOptions(int largestMessage, Optional<SignatureCheck> signatures) {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 30;
    private static final MailOptions DEFAULTS = new MailOptions(1 << 20, Optional.empty());

    /** Rejects a size out of range. */
    public MailOptions {
        Objects.requireNonNull(signatures, "signatures");
        if (largestMessage < LEAST || largestMessage > MOST) {
            throw new IllegalArgumentException(
                    "The largest message is " + LEAST + " to " + MOST + ", not " + largestMessage + ".");
        }
    }

    /**
     * Returns the options that suit the announcement list: mails of 1 MiB, whose signatures nobody looks at.
     *
     * @return the default options
     */
    public static MailOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Replaces the size above which a mail is skipped.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return options that differ in it
     */
    public MailOptions withLargestMessage(int bytes) {
        return new MailOptions(bytes, signatures);
    }

    /**
     * Asks for signatures.
     *
     * @param check whose, and what becomes of mails without one
     * @return options that differ in it
     */
    public MailOptions with(SignatureCheck check) {
        return new MailOptions(largestMessage, Optional.of(check));
    }
}
