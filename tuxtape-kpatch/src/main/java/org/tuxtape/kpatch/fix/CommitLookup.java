package org.tuxtape.kpatch.fix;

import org.tuxtape.core.fix.FixCommit;

/** What a store has under the id of a commit. */
sealed interface CommitLookup {

    /**
     * The commit.
     *
     * @param commit its diff
     * @param time when it was committed, in seconds since 1970; 0 if that is not known
     */
    record Held(FixCommit commit, long time) implements CommitLookup {}

    /**
     * No commit that can be used.
     *
     * @param reason the rest of a sentence that begins with the commit
     */
    record Lacking(String reason) implements CommitLookup {}
}
