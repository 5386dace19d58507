package org.tuxtape.kpatch.fix;

import java.util.Optional;
import org.tuxtape.core.diff.FileMode;

/**
 * One side of a change.
 *
 * @param mode what the file is
 * @param blob git's id of the content, if it is known
 * @param content its bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // versions are never compared
record FileVersion(FileMode mode, Optional<String> blob, byte[] content) {
    /** As far as git looks for a zero byte. */
    private static final int FIRST_BYTES = 8000;

    boolean isBinary() {
        for (int i = 0; i < Math.min(FIRST_BYTES, content.length); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Files and symbolic links never change into each other: one goes and the other comes. */
    boolean isOfTheKindOf(FileVersion other) {
        return mode.isSymbolicLink() == other.mode.isSymbolicLink();
    }
}
