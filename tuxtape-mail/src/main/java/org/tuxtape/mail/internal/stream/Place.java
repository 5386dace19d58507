package org.tuxtape.mail.internal.stream;

import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/** Where a stream begins. */
public final class Place {
    private Place() {}

    /**
     * Reads the cursor of a place.
     *
     * @param syntax reads cursors of this kind of source, and no others
     * @return the place; empty at the start
     * @throws SourceException if it is a cursor of something else
     */
    public static <P> Optional<P> behind(SourceId id, Cursor after, Function<Cursor, Optional<P>> syntax) {
        Optional<P> place = syntax.apply(after);
        if (place.isEmpty() && !after.equals(Cursor.START)) {
            throw foreign(id, after);
        }
        return place;
    }

    /** A cursor that no source of this kind has made. */
    public static SourceException foreign(SourceId id, Cursor after) {
        return new SourceException(id, Fault.STALE_CURSOR, "The cursor '" + after + "' is none of " + id + ".");
    }
}
