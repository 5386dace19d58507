package org.tuxtape.examples;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;

/**
 * A small service that follows an archive: it hands every announcement to somebody, and after a restart goes on behind
 * the last one that was handed over.
 *
 * <p>None is lost or repeated as long as an announcement and its cursor are kept together: here they are one line of a
 * file, elsewhere one transaction of a database.
 */
final class Follow {
    private Follow() {}

    /** Takes announcements, and remembers how far it came. */
    interface Ledger {

        /** The cursor that was kept last; the start, if there is none. */
        Cursor place() throws IOException;

        /** Takes an announcement and keeps its cursor: both, or neither. */
        void take(CveEvent event) throws IOException;
    }

    /** Reads what is new. */
    static void once(CveSource source, Ledger ledger, Context context) throws IOException {
        try (CveStream events = source.open(ledger.place(), context)) {
            while (events.hasNext()) {
                ledger.take(events.next());
            }
        }
    }

    /** Reads what is new again and again, until the context is cancelled. */
    static void forever(CveSource source, Ledger ledger, Duration pause, Context context) throws IOException {
        while (!context.cancellation().isCancelled()) {
            once(source, ledger, context);
            context.pause(pause);
        }
    }

    /** A ledger that is a file: a line per announcement, which begins with its cursor. What was cut off is no line. */
    static final class FileLedger implements Ledger {
        private final Path file;

        FileLedger(Path file) {
            this.file = file;
        }

        @Override
        public Cursor place() throws IOException {
            if (!Files.exists(file)) {
                return Cursor.START;
            }
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
            return Files.readAllLines(file).stream()
                    .reduce((first, second) -> second)
                    .map(line -> new Cursor(line.substring(0, line.indexOf('\t'))))
                    .orElse(Cursor.START);
        }

        @Override
        public void take(CveEvent event) throws IOException {
            Files.writeString(
                    file,
                    event.cursor() + "\t" + Json.line(event) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
