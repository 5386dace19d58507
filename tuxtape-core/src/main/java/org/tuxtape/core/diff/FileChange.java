package org.tuxtape.core.diff;

import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of one file of a tree.
 *
 * @param before its text as it is, one char per byte; empty if there is no such file
 * @param after its text as it shall be; empty if there shall be none
 * @param mode the mode that it shall have, where a diff says it; otherwise a renamed or copied file has that of its
 *     original, and any other keeps its own
 * @since 0.1
 */
public record FileChange(Optional<String> before, Optional<String> after, Optional<FileMode> mode) {

    /** Rejects {@code null}. */
    public FileChange {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(mode, "mode");
    }

    /** Returns this change followed by another. */
    FileChange then(Optional<String> text, Optional<FileMode> newMode) {
        return new FileChange(before, text, text.isEmpty() ? Optional.empty() : newMode.or(() -> mode));
    }
}
