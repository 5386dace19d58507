package org.tuxtape.mail.internal.expand;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.tukaani.xz.SeekableInputStream;
import org.tuxtape.core.CancellationToken;

/**
 * A channel as the xz library wants it to read an index. The number of reads is bounded: in a file that was made to
 * annoy, the search for the index would go back by four bytes at a time.
 */
final class ChannelInput extends SeekableInputStream {
    private static final int MOST_READS = 100_000;

    private final SeekableByteChannel channel;
    private final CancellationToken cancellation;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 12).limit(0);
    private long bufferEnd;
    private int reads;

    ChannelInput(SeekableByteChannel channel, CancellationToken cancellation) {
        this.channel = channel;
        this.cancellation = cancellation;
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public long position() {
        return bufferEnd - buffer.remaining();
    }

    @Override
    public void seek(long position) {
        bufferEnd = position;
        buffer.limit(0);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        if (++reads > MOST_READS) {
            throw new IOException("the index is too scattered");
        }
        cancellation.throwIfCancelled();
        buffer.clear();
        int count = channel.position(bufferEnd).read(buffer);
        buffer.flip();
        bufferEnd += Math.max(count, 0);
        return count > 0;
    }
}
