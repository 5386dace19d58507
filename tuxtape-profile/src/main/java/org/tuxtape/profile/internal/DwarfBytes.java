package org.tuxtape.profile.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.tuxtape.profile.internal.DebugSections.Contents;

/** A place in a section of debug info, that moves on as it is read. Every step outside is a fault. */
final class DwarfBytes {
    private static final int LONGEST_NAME = 4096;
    private static final long WIDE = 0xffff_ffffL;
    private static final long FIRST_RESERVED = 0xffff_fff0L;

    private final Contents section;
    private final ByteBuffer bytes;
    private boolean wide;

    DwarfBytes(Contents section) {
        this.section = section;
        this.bytes = section.bytes().duplicate().order(section.bytes().order());
    }

    int position() {
        return bytes.position();
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }

    void moveTo(long position) {
        if (position < 0 || position > bytes.limit()) {
            throw new IllegalArgumentException("An offset lies outside of its section.");
        }
        bytes.position((int) position);
    }

    void skip(long count) {
        moveTo(bytes.position() + count);
    }

    /** Reads the length of a part, which says whether offsets in it have 4 bytes or 8. Returns where the part ends. */
    int partEnd() {
        long length = unsigned32();
        wide = length == WIDE;
        if (wide) {
            length = unsigned64();
        } else if (length >= FIRST_RESERVED) {
            throw new IllegalArgumentException("A part has an unknown kind of length.");
        }
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("A part is longer than its section.");
        }
        return (int) (bytes.position() + length);
    }

    int unsigned8() {
        try {
            return Byte.toUnsignedInt(bytes.get());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("It ends within a part.", e);
        }
    }

    int unsigned16() {
        require(2);
        return Short.toUnsignedInt(bytes.getShort());
    }

    long unsigned32() {
        require(4);
        return Integer.toUnsignedLong(bytes.getInt());
    }

    long unsigned64() {
        require(8);
        return bytes.getLong();
    }

    /** Reads an offset into another section, as the linker would have written it. */
    long offset() {
        int at = bytes.position();
        return section.linked(at, wide ? unsigned64() : unsigned32());
    }

    int offsetSize() {
        return wide ? 8 : 4;
    }

    long uleb() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = unsigned8();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("A number has too many digits.");
    }

    /** Passes over a number that may be negative. */
    void skipLeb() {
        while (unsigned8() >= 0x80) {
            // the last octet has no high bit
        }
    }

    String text() {
        int from = bytes.position();
        int to = from;
        int end = Math.min(bytes.limit(), from + LONGEST_NAME);
        while (to < end && bytes.get(to) != 0) {
            to++;
        }
        if (to == end) {
            throw new IllegalArgumentException("A name does not end.");
        }
        byte[] text = new byte[to - from];
        bytes.get(from, text);
        bytes.position(to + 1);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void require(int count) {
        if (bytes.remaining() < count) {
            throw new IllegalArgumentException("It ends within a part.");
        }
    }
}
