package org.tuxtape.kpatch.internal.git;

/**
 * How an object of a pack differs from another one: pieces copied from that one, and pieces of its own.
 *
 * @see <a href="https://git-scm.com/docs/gitformat-pack">gitformat-pack, deltified representation</a>
 */
final class Delta {
    private static final int LONGEST_IF_NONE_IS_SAID = 0x10000;
    private static final int OFFSET_BYTES = 4;
    private static final int ALL_BYTES = 7;

    private final byte[] code;
    private int position;

    private Delta(byte[] code) {
        this.code = code;
    }

    static byte[] apply(byte[] base, byte[] code, long largest, String id)
            throws CorruptObjectException, LargeObjectException {
        return new Delta(code).apply(base, largest, id);
    }

    private byte[] apply(byte[] base, long largest, String id) throws CorruptObjectException, LargeObjectException {
        if (size() != base.length) {
            throw new CorruptObjectException("a delta of another object for " + id);
        }
        long size = size();
        if (size > largest) {
            throw new LargeObjectException(id, size, largest);
        }
        byte[] result = new byte[(int) size];
        int filled = 0;
        while (position < code.length) {
            int command = next();
            boolean copies = (command & 0x80) != 0;
            int from = copies ? argument(command, 0, OFFSET_BYTES) : position;
            int length = copies ? argument(command, OFFSET_BYTES, ALL_BYTES) : command;
            if (copies && length == 0) {
                length = LONGEST_IF_NONE_IS_SAID;
            }
            byte[] source = copies ? base : code;
            if (length == 0 || from < 0 || length > source.length - from || length > result.length - filled) {
                throw new CorruptObjectException("a delta that cannot be applied for " + id);
            }
            System.arraycopy(source, from, result, filled, length);
            filled += length;
            position += copies ? 0 : length;
        }
        if (filled != result.length) {
            throw new CorruptObjectException("a delta that ends too early for " + id);
        }
        return result;
    }

    /** Reads those bytes of a number of which the command has bits; the lowest come first. */
    private int argument(int command, int firstBit, int endBit) throws CorruptObjectException {
        int value = 0;
        for (int bit = firstBit; bit < endBit; bit++) {
            if ((command & 1 << bit) != 0) {
                value |= next() << Byte.SIZE * (bit - firstBit);
            }
        }
        return value;
    }

    private long size() throws CorruptObjectException {
        long size = 0;
        int shift = 0;
        int octet;
        do {
            octet = next();
            if (shift > Integer.SIZE) {
                throw new CorruptObjectException("a delta with a size that cannot be");
            }
            size |= (long) (octet & 0x7f) << shift;
            shift += 7;
        } while ((octet & 0x80) != 0);
        return size;
    }

    private int next() throws CorruptObjectException {
        if (position >= code.length) {
            throw new CorruptObjectException("a delta that ends in the middle");
        }
        return code[position++] & 0xff;
    }
}
