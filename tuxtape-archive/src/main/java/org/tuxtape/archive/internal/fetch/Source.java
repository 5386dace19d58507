package org.tuxtape.archive.internal.fetch;

import java.util.Optional;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/** Where the files of an archive come from. May be used by several threads. */
public interface Source {

    /**
     * Reads a file into memory.
     *
     * @param path below the archive's directory, as this library made it: names with {@code /} between them
     * @param most how long it may be, in bytes
     * @param context when to stop, and what time it is
     * @return its bytes, or empty if there is no such file
     * @throws ArchiveException if it cannot be read, is longer, or comes too slowly
     * @throws CancelledException if the caller wanted to stop
     */
    Optional<byte[]> read(String path, int most, Context context);

    /** What messages call a file. */
    String name(String path);
}
