package org.tuxtape.feeds.internal.tree;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.tuxtape.feeds.internal.record.Content;

/** Files that can be read in any order. Whatever goes wrong is a {@code SourceException}. */
interface Store extends Closeable {

    /** A record, and how many bytes it has. */
    record Listed(RecordPath path, long size) {}

    /** All records, in any order. */
    List<Listed> list();

    /** One file; empty if there is none. */
    Optional<Content> read(String path);

    @Override
    void close();
}
