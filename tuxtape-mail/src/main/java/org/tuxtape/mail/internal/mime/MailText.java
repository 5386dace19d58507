package org.tuxtape.mail.internal.mime;

/** What a mail has to say in plain text. */
public sealed interface MailText {

    /**
     * Its text.
     *
     * @param text lines that end in a line feed
     * @param firstLine the number of the first line in the mail as it came, from 1; where the text was encoded, the
     *     lines of the decoded text are counted from there
     */
    record Plain(String text, int firstLine) implements MailText {}

    /**
     * It has none that can be read.
     *
     * @param reason one sentence
     */
    record None(String reason) implements MailText {}
}
