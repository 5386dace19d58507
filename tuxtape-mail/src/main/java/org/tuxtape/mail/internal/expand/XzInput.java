package org.tuxtape.mail.internal.expand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.CancellationToken;

/** Opens xz streams so that they take no more memory than their content needs. */
final class XzInput {
    private static final int KIB = 1 << 10;

    /** An index takes 16 bytes per block; larger ones are not worth their memory. */
    private static final int LARGEST_INDEX_KIB = 4 << 10;

    private XzInput() {}

    static InputStream open(StoredInput stored, long largestDecoder, CancellationToken cancellation)
            throws IOException {
        int limit = (int) Math.min(largestDecoder / KIB, Integer.MAX_VALUE);
        SeekableByteChannel channel = stored.channel();
        InputStream fitted = channel == null ? stored : fitted(stored, channel, cancellation);
        return new XZInputStream(fitted, limit);
    }

    /** Without a readable index the blocks stay as they are: then the archive is damaged, and reading it will tell. */
    private static InputStream fitted(StoredInput stored, SeekableByteChannel channel, CancellationToken cancellation)
            throws IOException {
        long place = channel.position();
        try {
            return new FittedDictionaries(
                    stored, new SeekableXZInputStream(new ChannelInput(channel, cancellation), LARGEST_INDEX_KIB));
        } catch (IOException e) {
            return stored;
        } finally {
            channel.position(place);
        }
    }
}
