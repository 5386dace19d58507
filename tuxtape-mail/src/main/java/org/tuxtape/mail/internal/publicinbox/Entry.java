package org.tuxtape.mail.internal.publicinbox;

import org.eclipse.jgit.lib.ObjectId;

/**
 * What a commit did.
 *
 * @param kind what it is
 * @param commit its id
 * @param blob the message; zero if there is none
 */
record Entry(Kind kind, ObjectId commit, ObjectId blob) {
    enum Kind {
        /** The commit adds a message. */
        MESSAGE,
        /** The commit says that a message that was added before is to be forgotten. */
        DELETION,
        /** The commit has neither, as where a message was purged. */
        EMPTY,
        /** What the commit did cannot be read. */
        BROKEN
    }
}
