package org.tuxtape.feeds.internal.tree;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tuxtape.core.CancelledException;

/** The bytes of a tar as they come out of its compression: bounded, and remembering how many zeros came last. */
final class ExpandedInput extends InputStream {
    private final BufferedInputStream in;
    private final Limits limits;
    private final boolean compressed;
    private long expanded;
    private long budgetEnd = Long.MAX_VALUE;
    private long zeros;

    ExpandedInput(InputStream in, Limits limits, boolean compressed) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.limits = limits;
        this.compressed = compressed;
    }

    /** Returns the next bytes without taking them: as many as asked for, or all that is left. */
    byte[] peek(int count) throws IOException {
        in.mark(count);
        try {
            byte[] bytes = in.readNBytes(count);
            in.reset();
            return bytes;
        } catch (RuntimeException e) {
            throw damage(e);
        }
    }

    /** Lets the reader take no more than so many bytes until this is called again. */
    void allow(long bytes) {
        budgetEnd = expanded + bytes;
    }

    void allowAll() {
        budgetEnd = Long.MAX_VALUE;
    }

    /** How many zeros were read last, without any other byte between. */
    long zeros() {
        return zeros;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(target, offset, length);
        } catch (RuntimeException e) {
            throw damage(e);
        }
        if (count > 0) {
            expanded += count;
            if (compressed) {
                limits.check(expanded);
            }
            if (expanded > budgetEnd) {
                throw new LimitException("has a member whose name and attributes take too much memory");
            }
            int last = offset + count;
            while (last > offset && target[last - 1] == 0) {
                last--;
            }
            int trailing = offset + count - last;
            zeros = trailing == count ? zeros + count : trailing;
        }
        return count;
    }

    /** Decompressors also meet damage by running out of their arrays. */
    private static IOException damage(RuntimeException e) {
        if (e instanceof CancelledException) {
            throw e;
        }
        return new IOException(e.toString(), e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
