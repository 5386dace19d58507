package org.tuxtape.mail.internal.mbox;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of lines that separate the messages of an mbox, told apart by who writes them.
 *
 * <p>All of them are {@code From }, a sender and a date. In an archive whose messages are not quoted, a line of a
 * message can have that form too, most often the first line of a patch as git writes it. So what else it takes for a
 * line to separate depends on its kind and on the message that it would end.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4155">RFC 4155</a>
 */
enum Envelope {
    /** {@code From mboxrd@z Thu Jan  1 00:00:00 1970}: what public-inbox writes above each message. */
    PUBLIC_INBOX(Quoting.MBOXRD),
    /** Git's fixed date behind the name of a tool, {@code bippy-1.2.0}: what the kernel CNA's tools write. */
    GENERATED(Quoting.NONE),
    /** Git's fixed date behind anything else, mostly a commit id: the first line of a patch. */
    PATCH(Quoting.NONE),
    /** The sender's address and the time of delivery. */
    DELIVERED(Quoting.MBOXRD);

    private static final String DATE = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
            + "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\\d{1,2} +\\d{1,2}:\\d{2}(?::\\d{2})?"
            + "(?: +(?:[A-Z]{1,5}|[+-]\\d{4}))? +\\d{4}(?: +[+-]\\d{4})?";
    private static final Pattern SYNTAX =
            Pattern.compile("From (\\S+(?: at \\S+)?) +(" + DATE + ")(?: +remote from \\S+)?\\s*");
    private static final Pattern TOOL = Pattern.compile("[\\w.]+-[\\w.+~-]+");
    private static final String GIT_DATE = "Mon Sep 17 00:00:00 2001";
    private static final String PUBLIC_INBOX_SENDER = "mboxrd@z";

    private final Quoting quoting;

    Envelope(Quoting quoting) {
        this.quoting = quoting;
    }

    /** Reads a line without its end. */
    static Optional<Envelope> of(String line) {
        Matcher matcher = SYNTAX.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String sender = matcher.group(1);
        if (matcher.group(2).equals(GIT_DATE)) {
            return Optional.of(TOOL.matcher(sender).matches() ? GENERATED : PATCH);
        }
        return Optional.of(sender.equals(PUBLIC_INBOX_SENDER) ? PUBLIC_INBOX : DELIVERED);
    }

    /** How messages below such a line are quoted. */
    Quoting quoting() {
        return quoting;
    }

    /**
     * Tells whether a line of this kind ends a message.
     *
     * @param message the kind of the line above that message; empty if it has none
     * @param quoted whether that message is quoted
     * @param afterEmptyLine whether the line before is empty
     * @param beforeField tells whether the line behind it looks like a header field
     */
    boolean ends(Optional<Envelope> message, boolean quoted, boolean afterEmptyLine, BooleanSupplier beforeField) {
        return switch (this) {
            case PUBLIC_INBOX -> true;
            case GENERATED -> afterEmptyLine || beforeField.getAsBoolean();
            // A patch inside an announcement is common; an announcement behind a series of patches is not.
            case PATCH -> message.equals(Optional.of(PATCH)) && afterEmptyLine && beforeField.getAsBoolean();
            case DELIVERED -> (afterEmptyLine || quoted) && beforeField.getAsBoolean();
        };
    }
}
