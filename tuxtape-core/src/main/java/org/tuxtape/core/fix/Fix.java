package org.tuxtape.core.fix;

import java.util.List;
import java.util.Objects;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * The fix of a CVE as it was made for one branch.
 *
 * @param cve what it fixes
 * @param branch the branch that it was made for, as {@link KernelVersion#branch()} gives it
 * @param commits at least one, in the order in which they are applied
 * @param origin whether the commits are those of the branch, a difference of trees, or adapted by hand
 * @since 0.1
 */
public record Fix(CveId cve, KernelVersion branch, List<FixCommit> commits, FixOrigin origin) {

    /** Copies the list, and rejects an empty one and a version that is no branch. */
    public Fix {
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(origin, "origin");
        if (!branch.equals(branch.branch())) {
            throw new IllegalArgumentException(
                    "A fix is made for a branch such as " + branch.branch() + ", not " + branch + ".");
        }
        commits = List.copyOf(commits);
        if (commits.isEmpty()) {
            throw new IllegalArgumentException("A fix has at least one commit.");
        }
    }

    /**
     * Creates a fix of commits that are as their authors made them.
     *
     * @param cve what it fixes
     * @param branch the branch that it was made for
     * @param commits at least one, in the order in which they are applied
     */
    public Fix(CveId cve, KernelVersion branch, List<FixCommit> commits) {
        this(cve, branch, commits, new FixOrigin.Committed());
    }
}
