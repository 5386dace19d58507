package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;

/** The stored bytes on their way to a decompressor: counted, and remembering a broken disk and a reached end. */
final class StoredInput extends InputStream {
    private final InputStream in;
    private final CancellationToken cancellation;
    private long read;
    private boolean endPassed;
    private @Nullable IOException failure;

    /** Asks the token before each read: a hostile archive can keep a decompressor busy without any output. */
    StoredInput(InputStream in, CancellationToken cancellation) {
        this.in = in;
        this.cancellation = cancellation;
    }

    long consumed() {
        return read;
    }

    /** Whether somebody asked for a byte behind the last one. */
    boolean endPassed() {
        return endPassed;
    }

    /** What reading the stored bytes failed with, if it did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        cancellation.throwIfCancelled();
        try {
            int count = in.read(target, offset, length);
            read += Math.max(count, 0);
            endPassed |= count < 0;
            return count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The JDK's gzip asks this to see whether another member follows. */
    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
