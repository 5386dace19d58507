package org.tuxtape.kpatch.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.disk.DiskFault;

/**
 * An artefact store cannot be read or changed. What it held before it still holds.
 *
 * @since 0.1
 */
public final class StoreException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Later major versions may add some. */
    public enum Fault {
        /** This process may not read or write it. */
        NOT_PERMITTED,
        /** What was to be put in is not what its manifest says, or is no regular file, or too large. */
        OTHER_CONTENT,
        /** Another process changes the store; the message says which. */
        BUSY,
        /** The disk is full. */
        NO_SPACE,
        /** Reading or writing failed for another reason; see the cause. */
        IO
    }

    /** What is wrong. */
    private final Fault fault;

    /** The file or directory, as text since a path need not be serializable. */
    private final String path;

    StoreException(Fault fault, Path path, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.path = path.toString();
    }

    private StoreException(Fault fault, Path path, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.path = path.toString();
    }

    /** Words a failure of reading or writing. */
    static StoreException of(Path path, String verb, IOException cause) {
        Fault fault = switch (DiskFault.of(cause)) {
            case NOT_PERMITTED -> Fault.NOT_PERMITTED;
            case FULL -> Fault.NO_SPACE;
            case MISSING, NO_DIRECTORY, OTHER -> Fault.IO;
        };
        return new StoreException(fault, path, DiskFault.sentence(path, verb, cause), cause);
    }

    /**
     * Tells what is wrong.
     *
     * @return the kind of fault
     */
    public Fault fault() {
        return fault;
    }

    /**
     * Names the file or directory.
     *
     * @return its path
     */
    public String path() {
        return path;
    }
}
