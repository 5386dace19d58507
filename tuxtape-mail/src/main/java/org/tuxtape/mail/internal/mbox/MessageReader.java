package org.tuxtape.mail.internal.mbox;

import java.util.Optional;
import org.tuxtape.mail.internal.expand.ExpandedArchive;

/** Cuts an archive into messages, at the lines that separate them: length fields of the messages are not believed. */
final class MessageReader {
    private static final int LONGEST_SEPARATOR = 1000;
    private static final int LONGEST_FIELD_NAME = 100;

    private final ArchiveWindow window;
    private final Optional<Quoting> forcedQuoting;
    private final int largest;
    private long number;

    /** Reads from the archive's beginning. The last parameter is run after each read, for the sake of progress. */
    MessageReader(ExpandedArchive archive, Optional<Quoting> forcedQuoting, int largest, Runnable afterRead) {
        this.window = new ArchiveWindow(archive, largest, LONGEST_SEPARATOR + LONGEST_FIELD_NAME, afterRead);
        this.forcedQuoting = forcedQuoting;
        this.largest = largest;
    }

    /** Goes on behind a message; tells whether it still is where it was. To be called before anything is read. */
    boolean resume(MboxCursor after) {
        if (!window.jump(after.offset()) || !window.passOver(after.length()) || window.checksum() != after.checksum()) {
            return false;
        }
        long place = window.place();
        skipEmptyLines();
        boolean lineBegins = window.passedLineEnd() || window.place() > place;
        number = after.number();
        return isAtEnd() || (lineBegins && separator().isPresent());
    }

    /** Whether no message follows. */
    boolean isAtEnd() {
        return !window.ahead(1);
    }

    /** Reads the next message, or nothing at the archive's end. */
    Optional<RawMessage> next() {
        if (window.place() == 0) {
            skipByteOrderMark();
        }
        skipEmptyLines();
        if (isAtEnd()) {
            return Optional.empty();
        }
        window.begin();
        long offset = window.place();
        Optional<Separator> separator = separator();
        Optional<Envelope> envelope = separator.map(Separator::envelope);
        int separatorLength = separator.map(Separator::length).orElse(0);
        window.skip(separatorLength);
        boolean marked = skipText(envelope);
        long length = window.finish();
        number++;
        return Optional.of(new RawMessage(
                new MboxCursor(number, offset, length, window.checksum()),
                envelope,
                marked ? quoting(envelope) : Quoting.NONE,
                window.message(separatorLength),
                length > largest));
    }

    /** How a message below such a line is quoted. */
    private Quoting quoting(Optional<Envelope> envelope) {
        return forcedQuoting.or(() -> envelope.map(Envelope::quoting)).orElse(Quoting.NONE);
    }

    /** Moves to the line that ends a message, or to the archive's end; tells whether a line before it looks quoted. */
    private boolean skipText(Optional<Envelope> message) {
        boolean quoted = quoting(message) != Quoting.NONE;
        boolean marked = false;
        do {
            if (isAtEnd() || (window.peek(0) == 'F' && isEnd(message, quoted))) {
                return marked;
            }
            marked |= window.peek(0) == '>';
        } while (window.toNextLine());
        return marked;
    }

    private boolean isEnd(Optional<Envelope> message, boolean quoted) {
        Optional<Separator> line = separator();
        if (line.isEmpty()) {
            return false;
        }
        Separator separator = line.get();
        return separator.envelope().ends(message, quoted, window.isAfterEmptyLine(), () -> isField(separator.length()));
    }

    /** A line that has the form of a separator, and its length with its end. */
    private record Separator(Envelope envelope, int length) {}

    private Optional<Separator> separator() {
        if (!window.isFrom()) {
            return Optional.empty();
        }
        int length = lineLength();
        return Envelope.of(window.text(length).stripTrailing()).map(envelope -> new Separator(envelope, length));
    }

    /** The length of the line with its end; 0 if it is too long. Reads no further than it must: there may be a fault. */
    private int lineLength() {
        for (int length = 0; length < LONGEST_SEPARATOR; length++) {
            if (!window.ahead(length + 1)) {
                return length;
            }
            if (window.peek(length) == '\n') {
                return length + 1;
            }
        }
        return 0;
    }

    /** Whether what stands at a distance begins as a header field does. */
    private boolean isField(int distance) {
        for (int i = 0; i < LONGEST_FIELD_NAME && window.ahead(distance + i + 1); i++) {
            byte octet = window.peek(distance + i);
            if (octet == ':') {
                return i > 0;
            }
            if (octet <= ' ' || octet == 0x7f) {
                return false;
            }
        }
        return false;
    }

    private void skipByteOrderMark() {
        if (window.ahead(3)
                && window.peek(0) == (byte) 0xef
                && window.peek(1) == (byte) 0xbb
                && window.peek(2) == (byte) 0xbf) {
            window.skip(3);
        }
    }

    private void skipEmptyLines() {
        while (window.ahead(1) && (window.peek(0) == '\n' || window.peek(0) == '\r')) {
            window.skip(1);
            window.begin();
        }
    }
}
