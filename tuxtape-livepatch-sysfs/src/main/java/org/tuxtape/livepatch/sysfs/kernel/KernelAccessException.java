package org.tuxtape.livepatch.sysfs.kernel;

import java.nio.file.Path;
import org.tuxtape.core.TuxtapeException;

/**
 * A file of the kernel, or a program that speaks to it, could not be used at all.
 *
 * @since 0.1
 */
public final class KernelAccessException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** The file or program, as text since a path is not serializable. */
    private final String file;

    /**
     * Creates the exception.
     *
     * @param file the file or program
     * @param message one sentence that names it
     */
    public KernelAccessException(Path file, String message) {
        super(message);
        this.file = file.toString();
    }

    /**
     * Creates the exception.
     *
     * @param file the file or program
     * @param message one sentence that names it
     * @param cause what was caught
     */
    public KernelAccessException(Path file, String message, Throwable cause) {
        super(message, cause);
        this.file = file.toString();
    }

    /**
     * Returns what could not be used.
     *
     * @return the path of the file or program
     */
    public String file() {
        return file;
    }
}
