package org.tuxtape.kpatch.fix;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tuxtape.core.CancellationToken;

/** Bytes as they come out of their compression: no more than allowed, and only as long as somebody wants them. */
final class BoundedInput extends FilterInputStream {
    private final long largest;
    private final CancellationToken cancellation;
    private long read;
    private long budgetEnd = Long.MAX_VALUE;

    BoundedInput(InputStream in, long largest, CancellationToken cancellation) {
        super(in);
        this.largest = largest;
        this.cancellation = cancellation;
    }

    /** Lets the reader take no more than so many bytes until this is called again. */
    void allow(long bytes) {
        budgetEnd = bytes > Long.MAX_VALUE - read ? Long.MAX_VALUE : read + bytes;
    }

    long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        cancellation.throwIfCancelled();
        int count = in.read(target, offset, length);
        read += Math.max(count, 0);
        if (read > largest) {
            throw new LimitException("holds more than " + largest + " bytes; PatchLimits allow more");
        }
        if (read > budgetEnd) {
            throw new LimitException("has a member whose name and attributes take too much memory");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, 1 << 14)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
