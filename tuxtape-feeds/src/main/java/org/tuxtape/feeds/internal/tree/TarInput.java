package org.tuxtape.feeds.internal.tree;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.feeds.internal.record.Content;

/** The members of a tar, whatever it is compressed with. */
final class TarInput implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TarInput.class);

    private static final int KIB = 1 << 10;

    /** What a name and the attributes of one member may take. */
    private static final long LARGEST_HEADER = 1 << 20;

    /** The bounds of zstd itself for the logarithm of its window. */
    private static final int SMALLEST_ZSTD_WINDOW = 10;

    private static final int LARGEST_ZSTD_WINDOW = 31;

    private final StoredInput stored;
    private final Limits limits;
    private final Faults faults;
    private final byte[] scratch = new byte[1 << 14];
    private final Compression compression;
    private final ExpandedInput expanded;
    private final TarArchiveInputStream tar;

    /** Takes the bytes, which it closes also if it throws. */
    TarInput(InputStream in, Limits limits, Faults faults, CancellationToken cancellation) {
        this.stored = new StoredInput(in, cancellation);
        this.limits = limits.within(Runtime.getRuntime().maxMemory());
        this.faults = faults;
        BufferedInputStream buffered = new BufferedInputStream(stored, 1 << 16);
        Compression found = Compression.PLAIN;
        try {
            buffered.mark(Compression.MAGIC_LENGTH);
            found = Compression.of(buffered.readNBytes(Compression.MAGIC_LENGTH));
            buffered.reset();
            this.expanded = new ExpandedInput(decompressor(found, buffered), limits, found.expands());
            if (!isTar(expanded.peek(TarConstants.DEFAULT_RCDSIZE))) {
                throw faults.noArchive();
            }
        } catch (IOException e) {
            release(stored);
            throw faults.expansion(e, found, stored);
        } catch (LinkageError e) {
            release(stored);
            throw faults.noDecompressor(e, found);
        } catch (TuxtapeException e) {
            release(stored);
            throw e;
        }
        this.compression = found;
        this.tar = new TarArchiveInputStream(expanded, "UTF-8");
    }

    private InputStream decompressor(Compression compression, InputStream in) throws IOException {
        return switch (compression) {
            case PLAIN -> in;
            case GZIP -> new GZIPInputStream(in, scratch.length);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, (int) Math.min(limits.largestDecoder() / KIB, Integer.MAX_VALUE));
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(largestZstdWindow());
        };
    }

    private int largestZstdWindow() {
        int logarithm = Long.SIZE - 1 - Long.numberOfLeadingZeros(limits.largestDecoder());
        return Math.max(SMALLEST_ZSTD_WINDOW, Math.min(logarithm, LARGEST_ZSTD_WINDOW));
    }

    /** Every header has a checksum; an archive without members is a record of zeros. */
    private static boolean isTar(byte[] start) {
        if (start.length < TarConstants.DEFAULT_RCDSIZE) {
            return false;
        }
        for (byte octet : start) {
            if (octet != 0) {
                return hasChecksum(start);
            }
        }
        return true;
    }

    private static boolean hasChecksum(byte[] header) {
        try {
            return TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            return false; // what stands in its place is not even a number
        }
    }

    /** Goes to the next member; null behind the last. */
    @Nullable
    TarArchiveEntry next() {
        try {
            skipContent();
            expanded.allow(LARGEST_HEADER);
            TarArchiveEntry entry = tar.getNextEntry();
            expanded.allowAll();
            if (entry != null && entry.isSparse()) {
                throw faults.sparse(); // its content may be longer than any archive
            }
            return entry;
        } catch (IOException e) {
            throw faults.expansion(e, compression, stored);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            // Damaged headers come out of commons-compress in many ways.
            throw faults.expansion(new IOException(e.toString(), e), compression, stored);
        }
    }

    private void skipContent() throws IOException {
        if (tar.getCurrentEntry() == null) {
            return;
        }
        while (tar.read(scratch) >= 0) {
            // read() did the work
        }
    }

    /** Behind the last member: a tar ends in zeros, and what it is compressed with has an end of its own. */
    void checkEnd() {
        if (expanded.zeros() < TarConstants.DEFAULT_RCDSIZE) {
            throw faults.noEnd();
        }
        try {
            while (compression.expands() && expanded.read(scratch) >= 0) {
                // read() did the work
            }
        } catch (IOException e) {
            throw faults.expansion(e, compression, stored);
        }
    }

    /** Reads the content of the member. */
    Content content() {
        try {
            return limits.read(tar);
        } catch (IOException e) {
            throw faults.expansion(e, compression, stored);
        }
    }

    long consumed() {
        return stored.consumed();
    }

    @Override
    public void close() {
        release(expanded);
        release(stored);
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
