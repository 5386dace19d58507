package org.tuxtape.feeds.internal.tree;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/** Tells in one sentence what is wrong with a tree. */
final class Faults {
    private final SourceId id;

    Faults(SourceId id) {
        this.id = id;
    }

    /** A place that is none of this tree. */
    SourceException stale(String message) {
        return plain(Fault.STALE_CURSOR, message);
    }

    SourceException noRecords() {
        return plain(Fault.WRONG_KIND, id + " is no tree of CVE records: it holds none.");
    }

    SourceException noArchive() {
        return plain(Fault.WRONG_KIND, id + " is neither a directory nor a tar or zip archive.");
    }

    SourceException noEnd() {
        return plain(Fault.TRUNCATED, id + " ends too early: its tar has no end.");
    }

    /** What a failure to reach the stored bytes means. */
    SourceException storage(IOException e) {
        if (e instanceof NoSuchFileException) {
            return fault(Fault.MISSING, "There is no tree " + id + ".", e);
        }
        if (e instanceof AccessDeniedException denied) {
            String file = Objects.requireNonNullElse(denied.getFile(), id.text());
            String what = file.equals(id.text()) ? file : file + " in " + id;
            return fault(Fault.NOT_PERMITTED, "This process may not read " + what + ".", e);
        }
        return fault(Fault.IO, "Reading " + id + " failed: " + reason(e) + ".", e);
    }

    SourceException changed(String file) {
        return plain(Fault.IO, id + " was changed while it was read: " + file + " is gone.");
    }

    SourceException sparse() {
        return plain(Fault.WRONG_KIND, id + " has sparse members, as no tree of CVE records does.");
    }

    /** What a failure of a zip means. */
    SourceException zip(IOException e) {
        if (e instanceof LimitException) {
            return fault(Fault.LIMIT_EXCEEDED, id + " " + e.getMessage() + ".", e);
        }
        if (e instanceof FileSystemException) {
            return storage(e);
        }
        if (Objects.requireNonNullElse(e.getMessage(), "").contains("END header not found")) {
            return fault(Fault.TRUNCATED, id + " ends too early: its zip has no directory.", e);
        }
        return fault(Fault.CORRUPT, id + " is damaged: its zip data contradicts itself (" + reason(e) + ").", e);
    }

    /** What a failure to expand an archive, or to take it apart, means. */
    SourceException expansion(IOException e, Compression compression, StoredInput stored) {
        IOException failure = stored.failure();
        if (failure != null) {
            return storage(failure);
        }
        if (e instanceof LimitException) {
            return fault(Fault.LIMIT_EXCEEDED, id + " " + e.getMessage() + ".", e);
        }
        if (e instanceof MemoryLimitException limit) {
            return memory(
                    limit.getMemoryNeeded() + " KiB of memory, more than the " + limit.getMemoryLimit()
                            + " KiB that are allowed",
                    e);
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
                + stored.consumed() + " (" + reason(e) + ").";
        return fault(Fault.CORRUPT, message, e);
    }

    SourceException noDecompressor(LinkageError e, Compression compression) {
        String message =
                id + " cannot be expanded: the library for " + compression.label() + " did not load (" + e + ").";
        return fault(Fault.IO, message, e);
    }

    private SourceException memory(String needed, Throwable cause) {
        String message = "Expanding " + id + " takes " + needed
                + "; a larger heap or CnaTreeOptions.withLargestDecoder allows more.";
        return fault(Fault.LIMIT_EXCEEDED, message, cause);
    }

    private SourceException fault(Fault fault, String message, Throwable cause) {
        return new SourceException(id, fault, message, cause);
    }

    private SourceException plain(Fault fault, String message) {
        return new SourceException(id, fault, message);
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
    }
}
