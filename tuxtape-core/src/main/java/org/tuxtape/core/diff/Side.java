package org.tuxtape.core.diff;

/** The two texts that a diff leads from and to. */
enum Side {
    BEFORE,
    AFTER
}
