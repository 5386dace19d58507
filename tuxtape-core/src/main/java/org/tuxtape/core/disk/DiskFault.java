package org.tuxtape.core.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Why reading or writing failed, as far as Java and the system tell. */
public enum DiskFault {
    /** There is no such file. */
    MISSING("does not exist"),
    /** This process may not. */
    NOT_PERMITTED("may not be %s"),
    /** Something else stands where a directory should be. */
    NO_DIRECTORY("is no directory"),
    /** Neither the device nor the user's share of it has room, or a file may not become so large. */
    FULL("cannot be %s: the disk is full"),
    /** Anything else. */
    OTHER("cannot be %s: ");

    private static final List<String> FULL_TEXTS =
            List.of("No space left on device", "Disk quota exceeded", "File too large");

    private final String words;

    DiskFault(String words) {
        this.words = words;
    }

    /**
     * Tells what an exception stands for.
     *
     * @param cause of a call of {@link java.nio.file.Files} or of a stream
     * @return {@link #OTHER} if it is none of those that are told apart
     */
    public static DiskFault of(IOException cause) {
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        String text = reason == null ? "" : reason;
        if (cause instanceof NoSuchFileException) {
            return MISSING;
        }
        if (cause instanceof AccessDeniedException
                || text.contains("Permission denied")
                || text.contains("Read-only file system")) {
            return NOT_PERMITTED;
        }
        if (cause instanceof NotDirectoryException) {
            return NO_DIRECTORY;
        }
        return FULL_TEXTS.stream().anyMatch(text::contains) ? FULL : OTHER;
    }

    /**
     * Words it as a sentence whose subject is the path.
     *
     * @param path what was read or written
     * @param verb the participle of what was tried, such as {@code written}
     * @param cause the failure
     * @return one sentence with its full stop
     */
    public static String sentence(Object path, String verb, IOException cause) {
        DiskFault fault = of(cause);
        return path + " " + String.format(fault.words, verb) + (fault == OTHER ? cause : "") + ".";
    }
}
