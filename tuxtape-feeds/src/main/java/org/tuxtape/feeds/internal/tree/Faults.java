package org.tuxtape.feeds.internal.tree;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.git.DamagedRepositoryException;
import org.tuxtape.git.UnsupportedRepositoryException;

/** Tells in one sentence what is wrong with a tree. */
final class Faults {
    private final SourceId id;

    Faults(SourceId id) {
        this.id = id;
    }

    /** A place before which the tree was changed. */
    SourceException changedBefore(Cursor place) {
        return plain(Fault.STALE_CURSOR, id + " was changed before the place of the cursor '" + place + "'.");
    }

    /** A place that is none of this tree. */
    SourceException noPlace(Cursor place) {
        return plain(Fault.STALE_CURSOR, "The cursor '" + place + "' is none of " + id + ".");
    }

    /** A commit that was read before, and that a rewritten history or a clean-up has taken away, in full or in part. */
    SourceException forgotten(ObjectId commit, Cursor place, IOException e) {
        String message = id + " no longer holds all of commit " + commit.name() + ", which the cursor '" + place
                + "' names; what has changed since cannot be told.";
        return fault(Fault.STALE_CURSOR, message, e);
    }

    /** An object that should be there, since a commit names it. */
    SourceException missing(Snapshot snapshot, MissingObjectException e) {
        return snapshot.behind()
                .map(cursor -> forgotten(snapshot.commit(), cursor.toCursor(), e))
                .orElseGet(() -> incomplete(e));
    }

    SourceException incomplete(MissingObjectException e) {
        return fault(
                Fault.TRUNCATED,
                id + " is not complete: it lacks " + e.getObjectId().name() + ".",
                e);
    }

    SourceException noCommit(String ref) {
        return plain(Fault.MISSING, id + " has no commit at " + ref + ".");
    }

    SourceException damaged(String found, Exception e) {
        return fault(Fault.CORRUPT, id + " is damaged: it has " + found + ".", e);
    }

    SourceException largeTree(LargeObjectException e) {
        return fault(Fault.LIMIT_EXCEEDED, id + " has a commit or a directory that is too large to be read.", e);
    }

    /** What a failure to find out where a repository keeps its objects means. */
    TuxtapeException repository(IOException e, Path repository) {
        return e instanceof NoSuchFileException && Files.exists(repository)
                ? fault(Fault.WRONG_KIND, id + " is no git repository.", e)
                : repository(e);
    }

    /** What a failure to read the objects of a repository means; an interrupt is a wish to stop. */
    TuxtapeException repository(IOException e) {
        if (e instanceof LimitException) {
            return limit(e);
        }
        IOException met = DamagedRepositoryException.unwrap(e);
        if (met instanceof ClosedByInterruptException) {
            return new CancelledException();
        }
        if (met instanceof UnsupportedRepositoryException other) {
            return fault(Fault.WRONG_KIND, id + " cannot be read, since " + other.reason() + ".", e);
        }
        return met instanceof DamagedRepositoryException damage ? damaged(damage.found(), e) : storage(met);
    }

    private SourceException limit(IOException e) {
        return fault(Fault.LIMIT_EXCEEDED, id + " " + e.getMessage() + ".", e);
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
            return limit(e);
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
            return limit(e);
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
