package org.tuxtape.mail.internal.expand;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;

/**
 * The content of an archive, whatever it is compressed with. What goes wrong comes out as a {@link SourceException} that
 * names the archive, after everything that was expanded before.
 */
public final class ExpandedArchive implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpandedArchive.class);

    /** The bounds of zstd itself for the logarithm of its window. */
    private static final int SMALLEST_ZSTD_WINDOW = 10;

    private static final int LARGEST_ZSTD_WINDOW = 31;

    private final RawArchive raw;
    private final StoredInput stored;
    private final Faults faults;
    private final ExpansionLimits limits;
    private final CancellationToken cancellation;
    private Compression compression = Compression.PLAIN;
    private InputStream content = InputStream.nullInputStream();
    private long expanded;

    private ExpandedArchive(RawArchive raw, Faults faults, ExpansionLimits limits, CancellationToken cancellation) {
        this.raw = raw;
        this.stored = new StoredInput(raw, cancellation);
        this.faults = faults;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** Opens an archive at its beginning. */
    public static ExpandedArchive open(
            SourceId id, RawArchive.Opener opener, ExpansionLimits limits, CancellationToken cancellation) {
        Faults faults = new Faults(id);
        RawArchive raw;
        try {
            raw = opener.open();
        } catch (IOException e) {
            throw faults.storage(e);
        }
        ExpandedArchive archive = new ExpandedArchive(
                raw, faults, limits.within(Runtime.getRuntime().maxMemory()), cancellation);
        try {
            archive.begin();
            return archive;
        } catch (RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private void begin() {
        try {
            compression = Compression.of(stored.peek(Compression.MAGIC_LENGTH));
            content = decompressor();
        } catch (IOException e) {
            throw faults.expansion(e, compression, stored);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unforeseen(e);
        } catch (LinkageError e) {
            throw faults.noDecompressor(e, compression);
        }
    }

    /** Decompressors stumble over some damage. */
    private TuxtapeException unforeseen(RuntimeException e) {
        return faults.expansion(new IOException(e), compression, stored);
    }

    private InputStream decompressor() throws IOException {
        return switch (compression) {
            case PLAIN -> stored;
            case GZIP -> new GzipInput(stored).begin();
            case BZIP2 -> new BytewiseInput(new BZip2CompressorInputStream(stored, true));
            case XZ -> XzInput.open(stored, limits.largestDecoder(), cancellation);
            case ZSTD -> new ZstdInputStreamNoFinalizer(stored).setLongMax(largestZstdWindow());
        };
    }

    private int largestZstdWindow() {
        int logarithm = Long.SIZE - 1 - Long.numberOfLeadingZeros(limits.largestDecoder());
        return Math.max(SMALLEST_ZSTD_WINDOW, Math.min(logarithm, LARGEST_ZSTD_WINDOW));
    }

    /** Reads on, as an {@link InputStream} does. */
    public int read(byte[] target, int offset, int length) {
        cancellation.throwIfCancelled();
        try {
            int count = content.read(target, offset, length);
            expanded += Math.max(count, 0);
            if (compression != Compression.PLAIN && expanded > limits.largestExpansion()) {
                throw new LimitException("expands to more than " + limits.largestExpansion()
                        + " bytes; MboxOptions.withLargestExpansion allows more");
            }
            return count;
        } catch (IOException e) {
            throw faults.expansion(e, compression, stored);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unforeseen(e);
        }
    }

    /** Goes on at a place if that can be done without reading up to it; tells whether it did. */
    public boolean seek(long offset) {
        if (compression != Compression.PLAIN || raw.channel() == null) {
            return false;
        }
        try {
            stored.seek(offset);
            return true;
        } catch (IOException e) {
            throw faults.storage(e);
        }
    }

    /** How many bytes of the stored archive were read so far; of a file that was read from its middle, up to where. */
    public long consumed() {
        return stored.consumed();
    }

    /** The size of the stored archive in bytes, if it is known. */
    public OptionalLong size() {
        return raw.size();
    }

    /** Whether nobody has written to the archive for some time; always true of what is no file, and of no time. */
    public boolean isSettled(Instant now, Duration settling) {
        try {
            return settling.isZero()
                    || raw.lastModified()
                            .map(last -> !now.isBefore(last.plus(settling)))
                            .orElse(true);
        } catch (IOException e) {
            throw faults.storage(e);
        }
    }

    @Override
    public void close() {
        release(content);
        release(raw);
    }

    /** What fails here no longer matters to the caller. */
    private static void release(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.debug("Closing failed", e);
        }
    }
}
