package org.tuxtape.mail.internal.mime;

import java.util.Objects;

/** A part of an array, without a copy: valid as long as whoever owns the array leaves it alone. */
public final class ByteRange {
    private final byte[] bytes;
    private final int start;
    private final int end;

    public ByteRange(byte[] bytes, int start, int end) {
        Objects.checkFromToIndex(start, end, bytes.length);
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** The array; what lies outside of the range is none of the reader's business. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the range begins in the array. */
    public int start() {
        return start;
    }

    /** Where it ends in the array, exclusive. */
    public int end() {
        return end;
    }

    public int length() {
        return end - start;
    }

    /** The part of this range from one index of the array to another. */
    ByteRange part(int from, int to) {
        Objects.checkFromToIndex(from - start, to - start, length());
        return new ByteRange(bytes, from, to);
    }

    /** The first line as text, without its end. */
    public String firstLine() {
        return TextBytes.decode(part(start, lineEnd(start))).stripTrailing();
    }

    /** Where the line that begins at an index ends: the index of its line feed, or the end of the range. */
    int lineEnd(int from) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
