package org.tuxtape.archive.internal.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets through what a member of a tar archive has, and little more until the next one: a reader of tar keeps long names and
 * extended headers in memory, however long they are.
 */
final class Allowance extends FilterInputStream {
    /** The headers of a member, and the end of the archive, whose blocks come in records of 10 KiB. */
    private static final long HEADERS = 128 * 1024;

    private long left;

    Allowance(InputStream in) {
        super(in);
    }

    /** Allows a content, with the headers before the next one. */
    void grant(long content) {
        left = content + HEADERS;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0 && length > 0) {
            throw new IOException("the headers of a member are too long");
        }
        int read = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
