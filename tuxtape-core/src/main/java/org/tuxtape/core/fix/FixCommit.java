package org.tuxtape.core.fix;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;

/**
 * One commit of a fix. Its text comes from outside and is not trusted: building it runs it.
 *
 * @param commit its id; empty where only a difference of trees is known
 * @param subject its first line, possibly empty
 * @param diff a unified diff against the root of the kernel's source, as {@code patch -p1} takes it; one char per byte, as
 *     {@link org.tuxtape.core.diff.Diff#parse(String)} wants it
 * @since 0.1
 */
public record FixCommit(Optional<CommitId> commit, String subject, String diff) {

    /** Rejects {@code null}. */
    public FixCommit {
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(diff, "diff");
    }
}
