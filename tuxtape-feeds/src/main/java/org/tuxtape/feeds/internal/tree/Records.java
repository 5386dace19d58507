package org.tuxtape.feeds.internal.tree;

import java.io.Closeable;
import java.util.OptionalLong;
import org.tuxtape.feeds.internal.record.RecordFiles;

/** The records of a tree one after the other. Whatever goes wrong is a {@code SourceException}. */
interface Records extends Closeable {

    /** Goes to the next record, before the first call to the first; tells whether there is one. */
    boolean advance();

    /** Where the record lies. */
    RecordPath path();

    /** How many bytes it says it has. */
    long size();

    /** Its files. */
    RecordFiles files();

    /** How much there is to read, in {@link #unit()}. */
    OptionalLong total();

    /** How much of it was read. */
    long done();

    String unit();

    @Override
    void close();
}
