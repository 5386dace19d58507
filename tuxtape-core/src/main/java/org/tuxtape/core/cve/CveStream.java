package org.tuxtape.core.cve;

import java.util.Iterator;

/**
 * The elements of a {@link CveSource}, read while they are asked for. Used by one thread at a time, and closed by
 * whoever opened it.
 *
 * <p>Both {@link #hasNext()} and {@link #next()} may read, and so may throw {@link SourceException} or
 * {@link org.tuxtape.core.CancelledException}. After either of them the stream has ended; what it delivered stays valid.
 *
 * @since 0.1
 */
public interface CveStream extends Iterator<CveEvent>, AutoCloseable {

    /** Frees everything that the stream holds; closing again does nothing. A closed stream has no next element. */
    @Override
    void close();
}
