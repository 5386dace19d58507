package org.tuxtape.git;

import java.io.IOException;

/**
 * A repository is kept in a way that is not read here.
 *
 * @since 0.1
 */
public final class UnsupportedRepositoryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why it is not read. */
    private final String reason;

    /**
     * Creates the exception.
     *
     * @param reason a clause whose subject, "it", is the repository
     */
    UnsupportedRepositoryException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /**
     * Tells why it is not read.
     *
     * @return a clause whose subject, "it", is the repository
     */
    public String reason() {
        return reason;
    }
}
