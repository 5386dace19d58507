package org.tuxtape.livepatch.sysfs.loading;

import java.nio.file.Path;
import org.tuxtape.core.TuxtapeException;

/**
 * A module's file cannot be read, or is none.
 *
 * @since 0.1
 */
public final class ModuleFileException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** The file, as text since a path is not serializable. */
    private final String file;

    /** The error number's name. */
    private final String errno;

    /**
     * Creates the exception.
     *
     * @param file the file
     * @param errno the error number that the kernel has for it, for example {@code EFBIG}
     * @param message one sentence that names the file
     */
    public ModuleFileException(Path file, String errno, String message) {
        super(message);
        this.file = file.toString();
        this.errno = errno;
    }

    /**
     * Creates the exception.
     *
     * @param file the file
     * @param errno the error number that the kernel has for it, for example {@code ENOENT} or {@code ENOEXEC}
     * @param message one sentence that names the file
     * @param cause what was caught
     */
    public ModuleFileException(Path file, String errno, String message, Throwable cause) {
        super(message, cause);
        this.file = file.toString();
        this.errno = errno;
    }

    /**
     * Returns the file.
     *
     * @return its path
     */
    public String file() {
        return file;
    }

    /**
     * Returns the error number's name.
     *
     * @return for example {@code ENOENT}; {@code ENOEXEC} if it was read and is no module
     */
    public String errno() {
        return errno;
    }
}
