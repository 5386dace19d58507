package org.tuxtape.archive.trust;

import java.util.Locale;

/**
 * Who vouches for what in an archive. Each role has keys of its own, so that those that lie on a machine that is always on
 * need not be those that everything rests on.
 *
 * @see <a href="https://theupdateframework.github.io/specification/latest/#roles-and-pki">The Update Framework, roles</a>
 * @since 0.1
 */
public enum Role {
    /** Says which keys the roles have, itself among them. Its keys belong on a machine without a network. */
    ROOT,
    /** Says which files are published, and their lengths and digests. */
    TARGETS,
    /** Says which version of the targets is in force, so that none is mixed with another. */
    SNAPSHOT,
    /** Says which snapshot is the newest, for a short time: it bounds how long an old state can be passed off as new. */
    TIMESTAMP;

    /**
     * Returns the name in the metadata.
     *
     * @return for example {@code timestamp}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
