package org.tuxtape.mail.internal.mbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.tuxtape.mail.internal.expand.ExpandedArchive;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * The part of an archive that is in memory: from the beginning of a message over the place that is looked at to what was
 * read ahead. It grows with the message up to a size; of a message beyond that only the beginning is kept.
 */
final class ArchiveWindow {
    private static final int FIRST_SIZE = 1 << 16;
    private static final int KEPT_OF_TOO_LARGE = 1 << 14;

    /** Enough to see whether the line before is empty. */
    private static final int LOOK_BEHIND = 4;

    private static final byte[] NOTHING = {};

    private final ExpandedArchive archive;
    private final int largestMessage;
    private final int largestLookAhead;
    private final Runnable afterRead;

    private byte[] buffer = new byte[FIRST_SIZE];
    /** Where {@code buffer[0]} lies in the archive. */
    private long base;
    /** The first byte of the message that is still held. */
    private int start;
    /** The place looked at. */
    private int scan;
    /** Behind the last byte that was read. */
    private int end;

    private boolean archiveEnded;

    private final CRC32C checksum = new CRC32C();
    /** How many bytes of the message are no longer held. */
    private long givenUp;
    /** The beginning of a message of which bytes were given up. */
    private byte[] head = NOTHING;

    private boolean passedLineEnd;

    /**
     * Begins at the beginning of an archive.
     *
     * @param largestMessage messages up to this size are held in full
     * @param largestLookAhead how far behind a message somebody may look
     * @param afterRead run after each read, for the sake of progress
     */
    ArchiveWindow(ExpandedArchive archive, int largestMessage, int largestLookAhead, Runnable afterRead) {
        this.archive = archive;
        this.largestMessage = largestMessage;
        this.largestLookAhead = largestLookAhead;
        this.afterRead = afterRead;
    }

    /** The place looked at, in the archive. */
    long place() {
        return base + scan;
    }

    /** Reads on until so many bytes lie ahead; tells whether there are as many. */
    boolean ahead(int count) {
        while (end - scan < count) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /** A byte that lies ahead. */
    byte peek(int distance) {
        return buffer[scan + distance];
    }

    /** Whether a line begins here that quoting is about. */
    boolean isFrom() {
        return ahead(Quoting.FROM_LENGTH) && Quoting.beginsWithFrom(buffer, scan, end);
    }

    /** Bytes that lie ahead as text. */
    String text(int length) {
        return new String(buffer, scan, length, StandardCharsets.ISO_8859_1);
    }

    void skip(int count) {
        scan += count;
    }

    /** Moves behind the next line feed, or to the archive's end; tells whether there was a line feed. */
    boolean toNextLine() {
        while (true) {
            byte[] bytes = buffer;
            int limit = end;
            int at = scan;
            while (at < limit && bytes[at] != '\n') {
                at++;
            }
            if (at < limit) {
                scan = at + 1;
                return true;
            }
            scan = at;
            if (!more()) {
                return false;
            }
        }
    }

    /** At the beginning of a line: whether the line before it is empty, and of the same message. */
    boolean isAfterEmptyLine() {
        int at = scan - 2;
        if (at >= start && buffer[at] == '\r') {
            at--;
        }
        return at >= start && buffer[at] == '\n';
    }

    /** Begins a message here; what was before is no longer needed. */
    void begin() {
        start = scan;
        checksum.reset();
        givenUp = 0;
        head = NOTHING;
    }

    /** Ends the message here, and tells its length. */
    long finish() {
        long length = givenUp + (scan - start);
        checksum.update(buffer, start, scan - start);
        return length;
    }

    /** The checksum of the message that was finished or passed over. */
    int checksum() {
        return (int) checksum.getValue();
    }

    /** The finished message, or its beginning if it is too large, without its first bytes. Valid until the next read. */
    ByteRange message(int without) {
        if (givenUp > 0) {
            return new ByteRange(head, without, head.length);
        }
        boolean tooLarge = scan - start > largestMessage;
        int messageEnd = tooLarge ? Math.min(scan, start + without + KEPT_OF_TOO_LARGE) : scan;
        return new ByteRange(buffer, start + without, messageEnd);
    }

    /** Goes to a place from the archive's beginning; of one that can be read at any place it is taken as given. */
    boolean jump(long place) {
        return archive.seek(place) ? reach(place) : passOver(place);
    }

    /** Passes over bytes, with their checksum; tells whether there are as many. */
    boolean passOver(long bytes) {
        checksum.reset();
        long left = bytes;
        while (left > 0) {
            int count = archive.read(buffer, 0, (int) Math.min(left, buffer.length));
            afterRead.run();
            if (count < 0) {
                return false;
            }
            checksum.update(buffer, 0, count);
            passedLineEnd = buffer[count - 1] == '\n';
            left -= count;
        }
        return reach(base + bytes);
    }

    /** Whether the last byte that was passed over ends a line. */
    boolean passedLineEnd() {
        return passedLineEnd;
    }

    private boolean reach(long place) {
        base = place;
        start = 0;
        scan = 0;
        end = 0;
        return true;
    }

    private boolean more() {
        if (archiveEnded) {
            return false;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        int count = archive.read(buffer, end, buffer.length - end);
        afterRead.run();
        archiveEnded = count < 0;
        end += Math.max(count, 0);
        return !archiveEnded;
    }

    private void makeRoom() {
        if (start == 0 && givenUp == 0) {
            int needed = largestMessage + largestLookAhead;
            if (buffer.length < needed) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, needed));
                return;
            }
            head = Arrays.copyOf(buffer, KEPT_OF_TOO_LARGE);
        }
        if (start == 0) {
            giveUp(Math.max(0, scan - LOOK_BEHIND));
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        base += start;
        scan -= start;
        end -= start;
        start = 0;
    }

    private void giveUp(int count) {
        checksum.update(buffer, start, count);
        givenUp += count;
        start += count;
    }
}
