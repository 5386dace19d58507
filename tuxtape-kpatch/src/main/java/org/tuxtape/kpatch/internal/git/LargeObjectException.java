package org.tuxtape.kpatch.internal.git;

import java.io.IOException;

/** An object is larger than the caller wants to read. */
public final class LargeObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    LargeObjectException(String id, long size, long largest) {
        super("the object " + id + " has " + size + " bytes, more than " + largest);
    }
}
