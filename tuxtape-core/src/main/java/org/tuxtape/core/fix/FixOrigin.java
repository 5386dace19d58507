package org.tuxtape.core.fix;

import java.util.Objects;
import java.util.Optional;

/**
 * How a fix came to be what it is. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface FixOrigin {

    /** The commits of one branch, as their authors made them. */
    record Committed() implements FixOrigin {}

    /**
     * What lies between two source trees. Nobody but their distributor knows for what each of its lines is there.
     *
     * @param remark one sentence that names the trees and says what may be in the difference beside the fix, or not in it
     */
    record TreeDifference(String remark) implements FixOrigin {
        /** Rejects {@code null}. */
        public TreeDifference {
            Objects.requireNonNull(remark, "remark");
        }
    }

    /**
     * Changed by hand, so that it fits.
     *
     * @param author who did it, as the adapted patch says, usually with a mail address; not empty
     * @param original what would have been taken instead; empty if nothing is known
     * @param difference a unified diff from the changes of the original to the adapted ones, without line numbers and
     *     blob ids; one char per byte; empty if the changes are equal or there is no original
     */
    record Adapted(String author, Optional<Fix> original, String difference) implements FixOrigin {
        /** Rejects an adaptation by nobody. */
        public Adapted {
            if (author.isBlank()) {
                throw new IllegalArgumentException("An adapted fix has an author.");
            }
            Objects.requireNonNull(original, "original");
            Objects.requireNonNull(difference, "difference");
        }
    }
}
