package org.tuxtape.kpatch.fix;

import java.io.IOException;

/** A commit that is there, or of which parts are there, but from which no diff can be made. */
final class UnusableCommitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** Takes the rest of a sentence that begins with the commit. */
    UnusableCommitException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The rest of a sentence that begins with the commit. */
    String reason() {
        return reason;
    }
}
