package org.tuxtape.kpatch.fix;

import java.util.Optional;
import org.tuxtape.core.diff.FileMode;

/**
 * One side of a change.
 *
 * @param mode what the file is
 * @param blob git's id of the content, if it is known
 * @param content its text, one char per byte
 */
record FileVersion(FileMode mode, Optional<String> blob, String content) {
    /** As far as git looks for a zero byte. */
    private static final int FIRST_BYTES = 8000;

    boolean isBinary() {
        int zero = content.indexOf('\0');
        return zero >= 0 && zero < FIRST_BYTES;
    }

    /** Files and symbolic links never change into each other: one goes and the other comes. */
    boolean isOfTheKindOf(FileVersion other) {
        return mode.isSymbolicLink() == other.mode.isSymbolicLink();
    }
}
