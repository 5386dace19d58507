package org.tuxtape.mail.internal.expand;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import org.tukaani.xz.SeekableXZInputStream;

/**
 * An xz file in which no block asks for a larger dictionary than it can use.
 *
 * <p>A decompressor sets the dictionary aside before it starts, and compressors declare one of a fixed size (64 MiB at
 * the highest level) however small the content is. But a match reaches back at most to the beginning of its block. So
 * the dictionary that the header of a block declares is replaced by the smallest one that holds the block as the index
 * describes it, together with the header's checksum. All else stays as it is, and the library's checks with it: should
 * the index lie, then the block is found to be damaged.
 *
 * @see <a href="https://tukaani.org/xz/xz-file-format.txt">The .xz file format, 3.1 and 5.3.1</a>
 */
final class FittedDictionaries extends FilterInputStream {
    private static final int RESERVED_FLAGS = 0x3c;
    private static final int HAS_COMPRESSED_SIZE = 0x40;
    private static final int HAS_UNCOMPRESSED_SIZE = 0x80;
    private static final int LZMA2 = 0x21;
    private static final int LARGEST_PROPERTY = 40;
    private static final int CHECKSUM_SIZE = 4;

    private final SeekableXZInputStream index;
    private int block;
    private long position;
    private ByteBuffer header = ByteBuffer.allocate(0);

    /** Both are at their beginning; the index is asked for positions and sizes only. */
    FittedDictionaries(InputStream stored, SeekableXZInputStream index) {
        super(stored);
        this.index = index;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (!header.hasRemaining() && position == nextBlock()) {
            header = ByteBuffer.wrap(readHeader());
            fit(header, index.getBlockSize(block));
            position += header.capacity();
            block++;
        }
        if (header.hasRemaining()) {
            int count = Math.min(length, header.remaining());
            header.get(target, offset, count);
            return count;
        }
        int count = in.read(target, offset, (int) Math.min(length, nextBlock() - position));
        position += Math.max(count, 0);
        return count;
    }

    /** Passes over blocks that were passed already: an index that lies may let them overlap. */
    private long nextBlock() {
        while (block < index.getBlockCount() && index.getBlockCompPos(block) < position) {
            block++;
        }
        return block < index.getBlockCount() ? index.getBlockCompPos(block) : Long.MAX_VALUE;
    }

    private byte[] readHeader() throws IOException {
        int first = in.read();
        if (first < 0) {
            return new byte[0];
        }
        byte[] rest = in.readNBytes(first * 4 + 3);
        return ByteBuffer.allocate(1 + rest.length).put((byte) first).put(rest).array();
    }

    /** Leaves a header of another shape as it is. */
    static void fit(ByteBuffer header, long blockSize) {
        int checked = header.capacity() - CHECKSUM_SIZE;
        header.order(ByteOrder.LITTLE_ENDIAN);
        if (checked < CHECKSUM_SIZE || header.getInt(checked) != checksum(header, checked)) {
            return;
        }
        int property = dictionaryProperty(header, checked);
        if (property < 0) {
            return;
        }
        byte declared = header.get(property);
        byte needed = smallestProperty(blockSize);
        if (needed < declared && declared <= LARGEST_PROPERTY) {
            header.put(property, needed);
            header.putInt(checked, checksum(header, checked));
        }
    }

    private static int checksum(ByteBuffer header, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(header.slice(0, length));
        return (int) checksum.getValue();
    }

    /** Returns where the byte stands that declares the dictionary of LZMA2, or -1. */
    private static int dictionaryProperty(ByteBuffer header, int end) {
        int flags = header.get(1);
        if ((flags & RESERVED_FLAGS) != 0) {
            return -1;
        }
        int at = 2;
        if ((flags & HAS_COMPRESSED_SIZE) != 0) {
            at = behindNumber(header, at, end);
        }
        if ((flags & HAS_UNCOMPRESSED_SIZE) != 0) {
            at = behindNumber(header, at, end);
        }
        int filters = (flags & 3) + 1;
        for (int i = 0; i < filters && at + 2 < end; i++) {
            if (header.get(at) == LZMA2 && header.get(at + 1) == 1) {
                return at + 2;
            }
            // Only the filters before LZMA2 come here; their ids and the sizes of their properties are below 128.
            if (header.get(at) < 0 || header.get(at + 1) < 0) {
                return -1;
            }
            at += 2 + header.get(at + 1);
        }
        return -1;
    }

    private static int behindNumber(ByteBuffer header, int at, int end) {
        int last = at;
        while (last < end && header.get(last) < 0) {
            last++;
        }
        return last + 1;
    }

    private static byte smallestProperty(long size) {
        byte property = 0;
        while (property < LARGEST_PROPERTY && dictionary(property) < size) {
            property++;
        }
        return property;
    }

    private static long dictionary(int property) {
        return (2L | (property & 1)) << (property / 2 + 11);
    }
}
