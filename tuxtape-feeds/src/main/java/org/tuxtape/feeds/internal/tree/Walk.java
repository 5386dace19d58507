package org.tuxtape.feeds.internal.tree;

import java.io.Closeable;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.feeds.internal.record.RecordReading;

/**
 * What there is to tell of a tree, one record after the other, each with the place behind it. Whatever goes wrong is a
 * {@code SourceException}.
 */
interface Walk extends Closeable {

    /** Goes behind the place that was asked for; says on the way how much is done. */
    void begin(LongConsumer reached);

    /** Goes to the next record, before the first call to the first; tells whether there is one. */
    boolean advance();

    /** Where the record lies. */
    RecordPath path();

    /** What it says. */
    RecordReading reading();

    /** The place behind it. */
    Cursor place();

    /** What it is dated if it is not dated itself. */
    Optional<Instant> date();

    /** How much there is to read, in {@link #unit()}. */
    OptionalLong total();

    /** How much of it was read. */
    long done();

    String unit();

    @Override
    void close();
}
