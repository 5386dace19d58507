package org.tuxtape.kpatch.internal.git;

import java.io.IOException;

/** The files of a repository hold something that git would not have written. */
public final class CorruptObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes what was found, to follow "has ". */
    public CorruptObjectException(String found) {
        super(found);
    }
}
