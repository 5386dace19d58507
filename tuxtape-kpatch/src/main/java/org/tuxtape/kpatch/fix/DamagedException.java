package org.tuxtape.kpatch.fix;

import java.io.IOException;

/** A store holds something that is not by the rules of its kind. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes what was found, to follow "has ". */
    DamagedException(String found) {
        super(found);
    }

    /** Takes what was found, to follow "has ". */
    DamagedException(String found, Throwable cause) {
        super(found, cause);
    }
}
