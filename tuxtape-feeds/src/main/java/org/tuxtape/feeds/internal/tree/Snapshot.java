package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The tree as one commit has it.
 *
 * @param commit the commit
 * @param tree its tree
 * @param date when it was committed; empty if it does not say
 * @param behind the cursor that names it; empty for the commit that a branch is at now
 */
record Snapshot(ObjectId commit, ObjectId tree, Optional<Instant> date, Optional<CommitCursor> behind) {

    /** Reads a commit, or the one that an annotated tag is for. */
    static Snapshot of(ObjectId id, Optional<CommitCursor> behind, ObjectReader objects) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            RevCommit commit = walk.parseCommit(id);
            Optional<Instant> date = Optional.of(Integer.toUnsignedLong(commit.getCommitTime()))
                    .filter(seconds -> seconds != 0)
                    .map(Instant::ofEpochSecond);
            return new Snapshot(commit.copy(), commit.getTree().copy(), date, behind);
        }
    }
}
