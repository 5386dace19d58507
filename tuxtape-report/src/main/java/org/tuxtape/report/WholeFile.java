package org.tuxtape.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A text file that is written whole or not at all. */
final class WholeFile {
    private WholeFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        try {
            // Unlike a temporary file it may be read by whom the umask allows.
            Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                try (FileChannel stored =
                        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    // What is no Unicode, half a surrogate pair, becomes a question mark.
                    Writer out = new BufferedWriter(Channels.newWriter(
                            stored,
                            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE),
                            1 << 16));
                    content.writeTo(out);
                    out.flush();
                    stored.force(true);
                }
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new ReportException(file, e);
        }
    }
}
