package org.tuxtape.core.diff;

import java.util.List;

/**
 * A change of a file that has no lines. It can be read, kept and written, but not applied.
 *
 * @param forward git's encoding of the new content, line by line; empty if the diff only says that the files differ
 * @param backward the same of the old content
 * @since 0.1
 */
public record BinaryChange(List<String> forward, List<String> backward) {

    /** A change of which the diff says no more than that it is one. */
    public static final BinaryChange UNKNOWN = new BinaryChange(List.of(), List.of());

    /** Copies the lists. */
    public BinaryChange {
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
    }

    BinaryChange reversed() {
        return new BinaryChange(backward, forward);
    }
}
