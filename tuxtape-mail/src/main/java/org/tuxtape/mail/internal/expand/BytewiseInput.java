package org.tuxtape.mail.internal.expand;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.TuxtapeException;

/**
 * Reads a decompressor byte by byte, so that what it expanded before a fault is not lost with the exception; also before
 * one that it did not foresee.
 */
final class BytewiseInput extends FilterInputStream {
    private @Nullable IOException fault;

    BytewiseInput(InputStream decompressor) {
        super(decompressor);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (fault != null) {
            throw fault;
        }
        int count = 0;
        try {
            while (count < length) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                target[offset + count++] = (byte) octet;
            }
        } catch (IOException e) {
            fault = e;
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            fault = new IOException(e);
        }
        if (count == 0 && fault != null) {
            throw fault;
        }
        return count == 0 && length > 0 ? -1 : count;
    }
}
