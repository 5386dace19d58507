package org.tuxtape.mail.internal.expand;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Writes what the archive under test reads. */
public enum Compressed {
    GZIP {
        @Override
        OutputStream compressor(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    },
    BZIP2 {
        @Override
        OutputStream compressor(OutputStream out) throws IOException {
            return new BZip2CompressorOutputStream(out, 1);
        }
    },
    XZ {
        @Override
        OutputStream compressor(OutputStream out) throws IOException {
            LZMA2Options options = new LZMA2Options(0);
            options.setDictSize(1 << 20);
            return new XZOutputStream(out, options);
        }
    },
    ZSTD {
        @Override
        OutputStream compressor(OutputStream out) throws IOException {
            return new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
        }
    };

    abstract OutputStream compressor(OutputStream out) throws IOException;

    public byte[] of(byte[] content) {
        return of(content, 1);
    }

    /** The content again and again. */
    public byte[] of(byte[] content, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor(bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] concatenation(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
