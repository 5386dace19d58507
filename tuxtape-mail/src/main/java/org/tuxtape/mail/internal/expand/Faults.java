package org.tuxtape.mail.internal.expand;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.stream.StorageFaults;

/** Tells in one sentence what is wrong with an archive. */
final class Faults {
    private final SourceId id;

    Faults(SourceId id) {
        this.id = id;
    }

    /** What a failure to reach the stored bytes means; an interrupt is a wish to stop. */
    TuxtapeException storage(IOException e) {
        if (e instanceof DirectoryException) {
            return fault(Fault.WRONG_KIND, id + " is a directory, not a mail archive.", e);
        }
        return StorageFaults.of(id, e);
    }

    /** What a failure of a decompressor means. */
    TuxtapeException expansion(IOException e, Compression compression, StoredInput stored) {
        IOException failure = stored.failure();
        if (failure != null) {
            return storage(failure);
        }
        if (e instanceof LimitException) {
            return fault(Fault.LIMIT_EXCEEDED, id + " " + e.getMessage() + ".", e);
        }
        if (e instanceof MemoryLimitException limit) {
            String needed =
                    limit.getMemoryNeeded() + " KiB of memory, more than the " + limit.getMemoryLimit() + " KiB";
            return memory(needed + " that are allowed", e);
        }
        if (e instanceof ZstdIOException zstd && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
            return memory("more memory than is allowed", e);
        }
        if (e instanceof EOFException || stored.endPassed()) {
            String message = id + " ends too early: its " + compression.label() + " data is not complete.";
            return fault(Fault.TRUNCATED, message, e);
        }
        if (e instanceof UnsupportedOptionsException) {
            String message = id + " uses a variant of " + compression.label() + " that is not supported.";
            return fault(Fault.WRONG_KIND, message, e);
        }
        String message = id + " is damaged: its " + compression.label() + " data contradicts itself near byte "
                + stored.consumed() + " (" + StorageFaults.reason(e) + ").";
        return fault(Fault.CORRUPT, message, e);
    }

    SourceException noDecompressor(LinkageError e, Compression compression) {
        String message =
                id + " cannot be expanded: the library for " + compression.label() + " did not load (" + e + ").";
        return fault(Fault.IO, message, e);
    }

    private SourceException memory(String needed, Throwable cause) {
        String message = "Expanding " + id + " takes " + needed
                + "; a larger heap or MboxOptions.withLargestDecoder allows more.";
        return fault(Fault.LIMIT_EXCEEDED, message, cause);
    }

    private SourceException fault(Fault fault, String message, Throwable cause) {
        return new SourceException(id, fault, message, cause);
    }
}
