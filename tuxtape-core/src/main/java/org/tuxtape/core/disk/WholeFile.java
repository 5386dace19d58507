package org.tuxtape.core.disk;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A file of any size that is written whole or not at all: whoever reads it, finds the old one or the new one. */
public final class WholeFile {
    private static final int BUFFER = 1 << 16;

    private WholeFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it.
         *
         * @param out buffered, and flushed by the caller
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, new or in the place of another one.
     *
     * @param file its directory must exist
     * @param content asked once
     * @throws IOException if the content throws it, or the file cannot be written; what stood there stands there then
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        // Unlike a temporary file it may be read by whom the umask allows.
        Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createFile(part);
            try (FileOutputStream stored = new FileOutputStream(part.toFile())) {
                OutputStream out = new BufferedOutputStream(stored, BUFFER);
                content.writeTo(out);
                out.flush();
                stored.getFD().sync();
            }
            Disk.REAL.rename(part, target);
        } finally {
            Disk.REAL.delete(part);
        }
    }
}
