package org.tuxtape.mail.internal.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/** Tells in one sentence why stored bytes could not be reached. */
public final class StorageFaults {
    private StorageFaults() {}

    /** What a failure means; an interrupt is a wish to stop. */
    public static TuxtapeException of(SourceId id, IOException e) {
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            return new CancelledException();
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return new SourceException(id, Fault.MISSING, "There is no archive " + id + ".", e);
        }
        if (e instanceof AccessDeniedException) {
            return new SourceException(id, Fault.NOT_PERMITTED, "This process may not read " + id + ".", e);
        }
        return new SourceException(id, Fault.IO, "Reading " + id + " failed: " + reason(e) + ".", e);
    }

    /** What a failure says of itself, without the end of a sentence. */
    public static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
    }
}
