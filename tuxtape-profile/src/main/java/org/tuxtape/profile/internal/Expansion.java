package org.tuxtape.profile.internal;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Expands what is compressed with gzip, xz or zstd, told apart by the bytes that it begins with. */
final class Expansion {
    private static final int MAGIC_LENGTH = 6;
    private static final int LARGEST_DECODER_KIB = 256 << 10;
    private static final int LARGEST_ZSTD_WINDOW = 28;

    private Expansion() {}

    /**
     * Returns the expanded bytes, or the bytes themselves if they are not compressed.
     *
     * @throws IOException if they cannot be read, or are damaged from the beginning
     */
    static InputStream of(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(MAGIC_LENGTH);
        byte[] start = buffered.readNBytes(MAGIC_LENGTH);
        buffered.reset();
        try {
            if (begins(start, 0x1f, 0x8b)) {
                return new GZIPInputStream(buffered, 1 << 16);
            }
            if (begins(start, 0xfd, '7', 'z', 'X', 'Z', 0)) {
                return new XZInputStream(buffered, LARGEST_DECODER_KIB);
            }
            if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)) {
                return new ZstdInputStreamNoFinalizer(buffered).setLongMax(LARGEST_ZSTD_WINDOW);
            }
            return buffered;
        } catch (LinkageError e) {
            throw new IOException("There is no decompressor for it.", e);
        }
    }

    private static boolean begins(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
