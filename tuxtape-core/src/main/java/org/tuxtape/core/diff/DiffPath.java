package org.tuxtape.core.diff;

import java.util.Optional;
import org.tuxtape.core.kernel.SourcePath;

/**
 * The name of a file in a diff, without the first part ({@code a/}, {@code linux-6.1.orig/}) that {@code patch -p1} strips
 * too. It comes from outside and may lead anywhere.
 *
 * @param raw the name as the diff has it, without quotes, one char per byte; not empty
 * @since 0.1
 */
public record DiffPath(String raw) {

    /** Rejects an empty name. */
    public DiffPath {
        if (raw.isEmpty()) {
            throw new IllegalArgumentException("A file in a diff has a name.");
        }
    }

    /**
     * Returns the path in the source tree.
     *
     * @return the path; empty if the name leads out of the tree, as an absolute one or one with {@code ..} does, or is no
     *     UTF-8. Such a diff must be refused.
     */
    public Optional<SourcePath> inTree() {
        return ByteText.tryUtf8(raw).flatMap(SourcePath::tryParse);
    }

    @Override
    public String toString() {
        return raw;
    }
}
