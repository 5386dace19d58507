package org.tuxtape.livepatch.sysfs.trial;

import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * A store of livepatches cannot be read or changed. What it held before it still holds.
 *
 * @since 0.1
 */
public final class StoreException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Later major versions may add some. */
    public enum Fault {
        /** The patch is not, or no longer, in the store. */
        MISSING,
        /** This process may not read or write it. */
        NOT_PERMITTED,
        /** Others than root and this process's user may write the store, so they could put any module into the kernel. */
        NOT_SAFE,
        /** A file of the store is not as this library writes it. */
        DAMAGED,
        /** A file of the store was written by a later version of this library. */
        NEWER_FORMAT,
        /** A module is not the one that its manifest describes, by the digest. */
        OTHER_CONTENT,
        /** Another process is at it; the message says which. */
        LOCKED,
        /** The patch is in a state that does not allow what was asked. */
        WRONG_STATE,
        /** Reading or writing failed for another reason; see the cause. */
        IO
    }

    /** What is wrong. */
    private final Fault fault;

    /** The file, as text since a path need not be serializable. */
    private final String file;

    StoreException(Fault fault, Path file, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.file = file.toString();
    }

    StoreException(Fault fault, Path file, String message, Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.file = file.toString();
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
    public String file() {
        return file;
    }
}
