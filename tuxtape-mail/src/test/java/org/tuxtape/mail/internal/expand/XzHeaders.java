package org.tuxtape.mail.internal.expand;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Changes block headers of xz files as another compressor would have written them. */
final class XzHeaders {
    private static final int DICTIONARY_OFFSET = 4;

    private XzHeaders() {}

    /** A file whose block at an offset, with LZMA2 as its only filter, declares a dictionary of at least this size. */
    static byte[] withDictionary(byte[] file, int block, long size) {
        byte[] changed = file.clone();
        int property = 0;
        while (((2L | (property & 1)) << (property / 2 + 11)) < size) {
            property++;
        }
        changed[block + DICTIONARY_OFFSET] = (byte) property;
        return sealed(changed, block);
    }

    /** A block header with the checksum that it should have. */
    static byte[] sealed(byte[] header) {
        return sealed(header, 0);
    }

    private static byte[] sealed(byte[] file, int block) {
        int length = (file[block] & 0xff) * 4;
        CRC32 checksum = new CRC32();
        checksum.update(file, block, length);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(block + length, (int) checksum.getValue());
        return file;
    }
}
