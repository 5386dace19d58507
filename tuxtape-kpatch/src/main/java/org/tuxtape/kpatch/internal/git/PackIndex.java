package org.tuxtape.kpatch.internal.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The index beside a pack, searched on disk: that of a mirror of the kernel has hundreds of megabytes, and a lookup needs
 * some two dozen reads of it.
 *
 * @see <a href="https://git-scm.com/docs/gitformat-pack">gitformat-pack, version 2 pack-*.idx files</a>
 */
final class PackIndex {
    private static final int MAGIC = 0xff744f63;
    private static final int VERSION = 2;
    private static final long FAN_OUT = 8;
    private static final long NAMES = FAN_OUT + 256 * 4;
    private static final int NAME_LENGTH = 20;
    private static final int CHECKSUM_LENGTH = 4;
    private static final int OFFSET_LENGTH = 4;
    private static final int LARGE_OFFSET_LENGTH = 8;
    private static final long TRAILER = 2 * NAME_LENGTH;

    private final FileChannel file;
    private final String name;
    private final long count;
    private final long checksums;
    private final long offsets;
    private final long largeOffsets;

    PackIndex(FileChannel file, String name) throws IOException {
        this.file = file;
        this.name = name;
        if (file.size() < NAMES + TRAILER || number(0) != MAGIC || number(4) != VERSION) {
            throw new CorruptObjectException("the pack index " + name + ", which is not of version 2");
        }
        count = fanOut(255);
        checksums = NAMES + count * NAME_LENGTH;
        offsets = checksums + count * CHECKSUM_LENGTH;
        largeOffsets = offsets + count * OFFSET_LENGTH;
        // Ids of SHA-256 are longer, and are not understood here.
        if (file.size() < largeOffsets + TRAILER
                || (file.size() - largeOffsets - TRAILER) / LARGE_OFFSET_LENGTH > count) {
            throw new CorruptObjectException("the pack index " + name + ", which has not the size that it should have");
        }
    }

    /** Returns where in the pack an object is. */
    OptionalLong find(ObjectName id) throws IOException {
        long place = lowerBound(id);
        if (place < end(id) && id.isAt(nameAt(place), 0)) {
            return OptionalLong.of(offset(place));
        }
        return OptionalLong.empty();
    }

    /** Finds the names that begin with some digits, at most as many as wanted. */
    void complete(Abbreviation abbreviation, Set<ObjectName> found, int wanted) throws IOException {
        ObjectName lowest = abbreviation.lowest();
        long end = end(lowest);
        for (long place = lowerBound(lowest); place < end && found.size() < wanted; place++) {
            ObjectName id = new ObjectName(nameAt(place));
            if (!abbreviation.matches(id)) {
                return;
            }
            found.add(id);
        }
    }

    /** Returns the place of the first name that is not below this one. */
    private long lowerBound(ObjectName id) throws IOException {
        int first = id.firstByte();
        long low = first == 0 ? 0 : fanOut(first - 1);
        long high = end(id);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(nameAt(middle), id.bytes()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long end(ObjectName id) throws IOException {
        long end = fanOut(id.firstByte());
        if (end > count) {
            throw new CorruptObjectException("the pack index " + name + ", which is damaged");
        }
        return end;
    }

    private long offset(long place) throws IOException {
        int offset = number(offsets + place * OFFSET_LENGTH);
        if (offset >= 0) {
            return offset;
        }
        long large = largeOffsets + (offset & 0x7fff_ffffL) * LARGE_OFFSET_LENGTH;
        return bytes(large, LARGE_OFFSET_LENGTH).getLong();
    }

    private byte[] nameAt(long place) throws IOException {
        return bytes(NAMES + place * NAME_LENGTH, NAME_LENGTH).array();
    }

    private long fanOut(int firstByte) throws IOException {
        return number(FAN_OUT + firstByte * 4L) & 0xffff_ffffL;
    }

    private int number(long position) throws IOException {
        return bytes(position, 4).getInt();
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new CorruptObjectException("the pack index " + name + ", which is cut off");
            }
        }
        return buffer.flip();
    }
}
