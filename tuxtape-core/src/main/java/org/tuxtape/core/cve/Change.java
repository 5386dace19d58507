package org.tuxtape.core.cve;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * A commit that brought a bug in or took it out, and the first version that has it. Announcements sometimes know only
 * one of the two.
 *
 * @param version the first version with the commit; empty if unknown
 * @param commit the commit; empty if unknown
 * @since 0.1
 */
public record Change(Optional<KernelVersion> version, Optional<CommitId> commit) {

    /** Rejects a change of which nothing is known: leave it out instead. */
    public Change {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(commit, "commit");
        if (version.isEmpty() && commit.isEmpty()) {
            throw new IllegalArgumentException("A change has a version, a commit, or both.");
        }
    }

    /**
     * Returns a change that is known in full.
     *
     * @param version the first version with it
     * @param commit its commit
     * @return the change
     */
    public static Change of(KernelVersion version, CommitId commit) {
        return new Change(Optional.of(version), Optional.of(commit));
    }

    /**
     * Returns a change of which only the version is known.
     *
     * @param version the first version with it
     * @return the change
     */
    public static Change of(KernelVersion version) {
        return new Change(Optional.of(version), Optional.empty());
    }

    /**
     * Returns a change of which only the commit is known.
     *
     * @param commit its commit
     * @return the change
     */
    public static Change of(CommitId commit) {
        return new Change(Optional.empty(), Optional.of(commit));
    }

    /**
     * Returns version and commit in words.
     *
     * @return for example {@code 6.8 (commit 0123456789ab)}
     */
    @Override
    public String toString() {
        String where = version.map(KernelVersion::toString).orElse("an unknown version");
        return commit.map(id -> where + " (commit " + id + ")").orElse(where);
    }
}
