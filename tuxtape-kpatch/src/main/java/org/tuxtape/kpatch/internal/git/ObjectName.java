package org.tuxtape.kpatch.internal.git;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The whole id of an object: the SHA-1 of what it is. */
public final class ObjectName {
    /** How many bytes it has. */
    public static final int LENGTH = 20;

    private final byte[] bytes;

    /** Takes the bytes as its own. */
    ObjectName(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads 40 hexadecimal digits. */
    public static ObjectName parse(String digits) {
        if (digits.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("Not a whole id: '" + digits + "'.");
        }
        return new ObjectName(HexFormat.of().parseHex(digits));
    }

    /** Takes the bytes of an id, one char each, as trees have them. */
    public static ObjectName of(String bytes) {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("An id has " + LENGTH + " bytes.");
        }
        return new ObjectName(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return bytes;
    }

    int firstByte() {
        return bytes[0] & 0xff;
    }

    boolean isAt(byte[] content, int offset) {
        return Arrays.equals(bytes, 0, LENGTH, content, offset, offset + LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns 40 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
