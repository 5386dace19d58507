package org.tuxtape.feeds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.cve.CatalogSnapshot;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.disk.WholeFile;
import org.tuxtape.feeds.internal.feed.FeedFile;

/**
 * Keeps a {@linkplain CatalogSnapshot snapshot} of a catalog in a file.
 *
 * @since 0.1
 */
public final class CatalogFile {
    private CatalogFile() {}

    /**
     * Writes a catalog. Whoever reads the file meanwhile, or after a power cut, finds the old one or the new one, whole.
     *
     * @param file the file, made or replaced; its directory exists
     * @param catalog the catalog
     * @throws SourceException if it cannot be written; the file is then as it was
     */
    public static void write(Path file, CveCatalog catalog) {
        Objects.requireNonNull(catalog, "catalog");
        SourceId id = id(file);
        try {
            WholeFile.write(file, out -> CatalogSnapshot.write(catalog, out));
        } catch (IOException e) {
            throw new SourceException(id, Fault.IO, "Writing " + id + " failed: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Reads a catalog back.
     *
     * @param file the file
     * @return the catalog
     * @throws SourceException if the file is missing, is no snapshot or one of another version, is cut off or damaged
     */
    public static CveCatalog read(Path file) {
        return FeedFile.of(file).read(in -> CatalogSnapshot.read(id(file), in));
    }

    private static SourceId id(Path file) {
        return new SourceId(file.toAbsolutePath().normalize().toString());
    }
}
