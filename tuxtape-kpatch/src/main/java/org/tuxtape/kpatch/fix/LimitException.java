package org.tuxtape.kpatch.fix;

import java.io.IOException;

/** A store is larger than the caller allows. */
final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes the rest of a sentence that begins with the store. */
    LimitException(String what) {
        super(what);
    }
}
