package org.tuxtape.git;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;

/**
 * A repository holds something that is not by git's rules.
 *
 * @since 0.1
 */
public final class DamagedRepositoryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was found. */
    private final String found;

    /**
     * Creates the exception.
     *
     * @param found what was found, to follow "has "
     */
    DamagedRepositoryException(String found) {
        super(found);
        this.found = found;
    }

    /**
     * Creates the exception.
     *
     * @param found what was found, to follow "has "
     * @param cause what was caught
     */
    DamagedRepositoryException(String found, Throwable cause) {
        super(found, cause);
        this.found = found;
    }

    /**
     * Tells what was found.
     *
     * @return a noun with its attributes, to follow "has "
     */
    public String found() {
        return found;
    }

    /**
     * Names what the reading of objects met. JGit wraps it, and has many names for damage.
     *
     * @param met what was caught, for an object that is not missing
     * @return a fault of the file system; that a repository is of a kind that is not read; or else damage
     */
    public static IOException unwrap(IOException met) {
        for (Throwable cause = met; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException || cause instanceof ClosedByInterruptException) {
                return (IOException) cause;
            }
        }
        return met instanceof DamagedRepositoryException || met instanceof UnsupportedRepositoryException
                ? met
                : new DamagedRepositoryException("objects that cannot be read: " + met.getMessage(), met);
    }
}
