package org.tuxtape.mail.internal.stream;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.cve.CveEvent;

/** The mails behind a cursor of one archive, read while they are asked for. Used by one thread. */
public interface Mails extends Closeable {

    /**
     * Reads the next mail.
     *
     * @return what it says; null at the archive's end
     */
    @Nullable
    CveEvent next();

    /** How much of the archive was read, in the unit that the listener was told of. */
    long done();

    /** Frees everything, whatever state it is in; closing again does nothing. */
    @Override
    void close();
}
