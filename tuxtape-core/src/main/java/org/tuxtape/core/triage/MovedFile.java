package org.tuxtape.core.triage;

import java.util.Collection;
import java.util.Objects;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A file that a CVE names and that this kernel's source does not have under that name.
 *
 * @param listed its name in the CVE
 * @param found what is judged in its stead: the file of that name, or all files of the branch's fix if it has none; never
 *     empty
 * @param by how that was found
 * @since 0.1
 */
public record MovedFile(SourcePath listed, SortedSet<SourcePath> found, Means by) {

    /** How a file is found again. */
    public enum Means {
        /** The fix of the kernel's own branch touches it. */
        BRANCH_FIX("by the fix of this branch"),
        /** It has the same name in another directory, and is the only such file that the fix matches. */
        NAME_AND_CONTENT("by its name and content");

        private final String text;

        Means(String text) {
            this.text = text;
        }

        /** Returns the words that reports use. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Copies the set, and rejects an empty one. */
    public MovedFile {
        Objects.requireNonNull(listed, "listed");
        Objects.requireNonNull(by, "by");
        found = Sorted.set(found);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("What was found is a file.");
        }
    }

    static MovedFile of(SourcePath listed, Collection<SourcePath> found, Means by) {
        return new MovedFile(listed, Sorted.set(found), by);
    }
}
