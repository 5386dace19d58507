package org.tuxtape.livepatch.sysfs.transition;

import java.io.IOException;
import java.nio.file.Path;
import org.tuxtape.core.text.Stanza;

/**
 * Where it is written down that a transition was forced: who asked for it, why, and which tasks were in the way. Without
 * such an entry nothing is forced. Implementations are safe for use by several threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuditLog {

    /**
     * Adds an entry, before what it tells of is done.
     *
     * @param entry the fields {@code Time}, {@code Action}, {@code Livepatch}, {@code Direction}, {@code Who}, {@code Why},
     *     {@code Permit-Until} and {@code Blocking}
     * @throws IOException if it is not sure that the entry outlasts a crash of the machine
     */
    void append(Stanza entry) throws IOException;

    /**
     * Returns a log that is a text file of stanzas, for reading by people and by {@link Stanza#parseAll}. Every entry is
     * appended and forced to the disk. The file is created when it is needed, readable by its owner only.
     *
     * @param file the file; its directory is there
     * @return the log
     */
    static AuditLog toFile(Path file) {
        return new AuditFile(file);
    }
}
