package org.tuxtape.feeds.internal.tree;

import java.io.IOException;

/** A limit was passed. The message is the end of a sentence that begins with the archive's name. */
final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitException(String message) {
        super(message);
    }
}
