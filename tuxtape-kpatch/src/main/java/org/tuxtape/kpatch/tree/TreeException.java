package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.disk.DiskFault;

/**
 * A build tree cannot be read, used, made or put back.
 *
 * @since 0.1
 */
public final class TreeException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Later major versions may add some. */
    public enum Fault {
        /** There is nothing at the path. */
        MISSING,
        /** This process may not read or write it. */
        NOT_PERMITTED,
        /** It is no source tree of a kernel with a config. */
        NOT_A_TREE,
        /** There is something already where a tree was to be made. */
        EXISTS,
        /** Somebody else uses the tree; see {@link #holder()}. */
        BUSY,
        /** Processes of one who used the tree before are alive and could not be ended; the tree was not touched. */
        STILL_RUNNING,
        /** A path leads out of the tree by a symbolic link, or to what is no file. */
        OUTSIDE,
        /** What is needed to put the tree back is damaged: throw the tree away. */
        DAMAGED,
        /** A file or archive is larger, or a pool fuller, than allowed. */
        LIMIT_EXCEEDED,
        /** A program that is needed is missing, or failed; the message has its last lines. */
        TOOL_FAILED,
        /** The disk is full. What was to be changed is as it was, or will be put back by the next lease. */
        NO_SPACE,
        /** Reading or writing failed for another reason; see the cause. */
        IO
    }

    /** What is wrong. */
    private final Fault fault;

    /** The file or directory, as text since a path need not be serializable. */
    private final String path;

    /** Who uses the tree, in words of no use to a program that was not there. */
    private final transient @Nullable TreeHolder holder;

    TreeException(Fault fault, Path path, String message) {
        this(fault, path, message, (TreeHolder) null);
    }

    TreeException(Fault fault, Path path, String message, @Nullable TreeHolder holder) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.path = path.toString();
        this.holder = holder;
    }

    private TreeException(Fault fault, Path path, String message, IOException cause) {
        super(message, cause);
        this.fault = fault;
        this.path = path.toString();
        this.holder = null;
    }

    /** Words a failure of reading or writing. */
    static TreeException of(Path path, String verb, IOException cause) {
        Fault fault = switch (DiskFault.of(cause)) {
            case MISSING -> Fault.MISSING;
            case NOT_PERMITTED -> Fault.NOT_PERMITTED;
            case NO_DIRECTORY -> Fault.NOT_A_TREE;
            case FULL -> Fault.NO_SPACE;
            case OTHER -> Fault.IO;
        };
        return new TreeException(fault, path, DiskFault.sentence(path, verb, cause), cause);
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

    /**
     * Names who uses the tree.
     *
     * @return the holder, if the fault is {@link Fault#BUSY} and the holder has said who it is
     */
    public Optional<TreeHolder> holder() {
        return Optional.ofNullable(holder);
    }
}
