package org.tuxtape.mail.internal.expand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;

/**
 * The stored bytes on their way to a decompressor: buffered, counted, and remembering what tells a broken disk from a
 * broken archive.
 */
final class StoredInput extends InputStream {
    private final RawArchive archive;
    private final CancellationToken cancellation;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long read;
    private boolean endPassed;
    private @Nullable IOException failure;

    /** Asks the token before each read: a hostile archive can keep a decompressor busy without any output. */
    StoredInput(RawArchive archive, CancellationToken cancellation) {
        this.archive = archive;
        this.cancellation = cancellation;
    }

    /** How many bytes were taken out of here. */
    long consumed() {
        return read - (limit - position);
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

    @Nullable
    SeekableByteChannel channel() {
        return archive.channel();
    }

    /** Returns the next bytes without taking them: as many as asked for, or all that is left. */
    byte[] peek(int count) throws IOException {
        while (limit - position < count && fill()) {
            // fill() did the work
        }
        return Arrays.copyOfRange(buffer, position, Math.min(position + count, limit));
    }

    /** Goes on at a place of a seekable archive. */
    void seek(long offset) throws IOException {
        Objects.requireNonNull(archive.channel()).position(offset);
        position = 0;
        limit = 0;
        read = offset;
    }

    @Override
    public int read() throws IOException {
        if (position == limit && !refill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == limit && !refill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = 0;
        boolean more = fill();
        endPassed |= !more;
        return more;
    }

    /** Appends to the buffer, which has room whenever this is called: a peek is short and comes first. */
    private boolean fill() throws IOException {
        cancellation.throwIfCancelled();
        try {
            int count = archive.stream().read(buffer, limit, buffer.length - limit);
            if (count > 0) {
                limit += count;
                read += count;
            }
            return count > 0;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
