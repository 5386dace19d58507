package org.tuxtape.examples;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/**
 * A source of your own: a text file in which a team keeps what it learned of CVEs, one line each, the newest last.
 *
 * <pre>
 * CVE-2026-1000 | nfsd: a reply may be sent twice | fs/nfsd/nfscache.c fs/nfsd/nfssvc.c
 * CVE-2026-1001 | rejected
 * </pre>
 */
final class TeamList implements CveSource {
    private static final int LONGEST_LINE = 1 << 16;

    private final Path file;

    TeamList(Path file) {
        this.file = file;
    }

    // snippet: source-open
    @Override
    public SourceId id() {
        return new SourceId(file.toString());
    }

    @Override
    public CveStream open(Cursor after, Context context) {
        context.cancellation().throwIfCancelled();
        try {
            Lines lines = new Lines(new BufferedInputStream(Files.newInputStream(file)), context);
            lines.skipTo(after);
            return lines;
        } catch (NoSuchFileException e) {
            throw fault(Fault.MISSING, "is missing", e);
        } catch (AccessDeniedException e) {
            throw fault(Fault.NOT_PERMITTED, "may not be read", e);
        } catch (IOException e) {
            throw fault(Fault.IO, "cannot be read", e);
        }
    }
    // end

    // snippet: source-event
    private CveEvent event(String line, Origin origin, Cursor cursor) {
        String[] fields =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        Optional<CveId> id = CveId.tryParse(fields[0]);
        if (id.isPresent() && fields.length == 2 && fields[1].equals("rejected")) {
            return new CveEvent.Rejected(origin, cursor, id.get(), "", Optional.empty());
        }
        if (id.isPresent() && fields.length == 3) {
            try {
                Cve cve = Cve.builder(id.get())
                        .title(fields[1])
                        .files(fields[2].split(" +"))
                        .build();
                return new CveEvent.Published(origin, cursor, cve, List.of());
            } catch (IllegalArgumentException e) {
                return unreadable(origin, cursor, id, "One of the files is no path in the kernel's source.");
            }
        }
        return unreadable(origin, cursor, id, "It is neither 'CVE | title | files' nor 'CVE | rejected'.");
    }

    private static CveEvent unreadable(Origin origin, Cursor cursor, Optional<CveId> id, String reason) {
        return new CveEvent.Unreadable(origin, cursor, id, reason, Optional.empty());
    }
    // end

    private SourceException fault(Fault fault, String what, IOException cause) {
        return new SourceException(id(), fault, file + " " + what + ".", cause);
    }

    private SourceException fault(Fault fault, String what) {
        return new SourceException(id(), fault, file + " " + what + ".");
    }

    /** The lines of the file. A place in it is the number of lines before it and their checksum. */
    private final class Lines implements CveStream {
        private final InputStream in;
        private final Context context;
        private final CRC32 before = new CRC32();
        private int number;
        private Optional<CveEvent> next = Optional.empty();
        private boolean ended;

        Lines(InputStream in, Context context) {
            this.in = in;
            this.context = context;
        }

        // snippet: source-cursor
        private Cursor place() {
            return number == 0 ? Cursor.START : new Cursor(number + ":" + Long.toHexString(before.getValue()));
        }

        /** Reads on to a place, and so finds out whether the lines before it are still the same. */
        void skipTo(Cursor after) {
            try {
                while (!place().equals(after)) {
                    if (line().isEmpty()) {
                        throw fault(
                                Fault.STALE_CURSOR, "was changed before that place, or the place is in another file");
                    }
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }
        // end

        // snippet: source-stream
        @Override
        public boolean hasNext() {
            if (next.isEmpty() && !ended) {
                ended = true; // also if the line cannot be read
                next = line().map(line -> event(line, origin(), place()));
                ended = next.isEmpty();
            }
            return next.isPresent();
        }

        @Override
        public CveEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No line is left of " + file + ".");
            }
            CveEvent event = next.orElseThrow();
            next = Optional.empty();
            return event;
        }

        @Override
        public void close() {
            ended = true;
            next = Optional.empty();
            try {
                in.close();
            } catch (IOException e) {
                throw fault(Fault.IO, "cannot be closed", e);
            }
        }
        // end

        private Origin origin() {
            return Origin.of(id(), Origin.Kind.RECORD, "line " + number);
        }

        // snippet: source-line
        /** Reads a line. One without its end was cut off, and one that does not end is no line. */
        private Optional<String> line() {
            context.cancellation().throwIfCancelled();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                for (int read = in.read(); read != '\n'; read = in.read()) {
                    if (read < 0 && line.size() == 0) {
                        return Optional.empty();
                    }
                    if (read < 0) {
                        throw fault(Fault.TRUNCATED, "ends within a line");
                    }
                    if (line.size() == LONGEST_LINE) {
                        throw fault(Fault.LIMIT_EXCEEDED, "has a line of more than " + LONGEST_LINE + " bytes");
                    }
                    line.write(read);
                }
            } catch (IOException e) {
                throw fault(Fault.IO, "cannot be read further", e);
            }
            line.write('\n');
            before.update(line.toByteArray());
            number++;
            return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
        }
        // end
    }
}
