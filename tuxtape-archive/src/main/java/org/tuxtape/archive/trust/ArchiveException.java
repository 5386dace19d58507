package org.tuxtape.archive.trust;

import java.util.Objects;
import org.tuxtape.core.TuxtapeException;

/**
 * An archive cannot be read, or is refused, or cannot be changed. What a client had accepted before it still has, and what
 * an archive held before it still holds.
 *
 * @since 0.1
 */
public final class ArchiveException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Later major versions may add some. */
    public enum Fault {
        /** The archive cannot be reached, or broke off in the middle of a file. */
        UNREACHABLE,
        /** An answer or a file comes too slowly. */
        TOO_SLOW,
        /** The archive has no such file, though its metadata says so. */
        MISSING,
        /** A file is longer than was signed, or than the client takes. */
        LENGTH,
        /** A file is not the one that was signed, by its digest or its length. */
        DIGEST,
        /** Metadata has no signature that counts. */
        SIGNATURE,
        /** Metadata has some signatures that count, and fewer than it needs. */
        THRESHOLD,
        /** Metadata is older than what was accepted before. */
        ROLLBACK,
        /** Metadata is not of the version that goes with the rest: it was mixed from several states. */
        MIXED,
        /** Metadata has expired: the archive was not refreshed, or somebody keeps newer metadata back. */
        EXPIRED,
        /** Something is not of the form that it should have. */
        MALFORMED,
        /** The archive does not list this patch for this kernel. */
        NOT_LISTED,
        /** Nobody approved the patch, or somebody denied it later. */
        NOT_APPROVED,
        /** A module is not what its manifest says. */
        MANIFEST_LIES,
        /** A module is for another release or architecture than those of the kernel. */
        OTHER_KERNEL,
        /** No key, or too few, of those that a role needs is at hand. */
        KEY_MISSING,
        /** A signer failed, or signed what its key does not verify. */
        SIGNER,
        /** Somebody else is at it; the message says who. */
        LOCKED,
        /** What lies on this disk is not what was written there. */
        DAMAGED,
        /** This process may not read or write a file. */
        NOT_PERMITTED,
        /** The disk is full. */
        DISK_FULL,
        /** Reading or writing failed for another reason; see the cause. */
        IO
    }

    /** What is wrong. */
    private final Fault fault;

    /** What it is about. */
    private final String subject;

    /**
     * Creates the exception.
     *
     * @param fault what is wrong
     * @param subject the file, role or patch that it is about
     * @param message one sentence
     */
    public ArchiveException(Fault fault, String subject, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.subject = Objects.requireNonNull(subject, "subject");
    }

    /**
     * Creates the exception.
     *
     * @param fault what is wrong
     * @param subject the file, role or patch that it is about
     * @param message one sentence
     * @param cause what was caught
     */
    public ArchiveException(Fault fault, String subject, String message, Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.subject = Objects.requireNonNull(subject, "subject");
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
     * Names what it is about.
     *
     * @return a file by its path or address, a role or a patch
     */
    public String subject() {
        return subject;
    }
}
