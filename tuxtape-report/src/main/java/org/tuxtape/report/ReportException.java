package org.tuxtape.report;

import java.nio.file.Path;
import org.tuxtape.core.TuxtapeException;

/**
 * A report could not be written. What stood in the file before is still there.
 *
 * @since 0.1
 */
public final class ReportException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    ReportException(Path file, Throwable cause) {
        super("Writing " + file + " failed: " + cause.getMessage() + ".", cause);
        this.file = file;
    }

    /**
     * Names the file.
     *
     * @return the path that was to be written
     */
    public Path file() {
        return file;
    }
}
