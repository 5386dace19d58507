package org.tuxtape.mail.notice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.mail.notice.NoticeException.Fault;

/**
 * A file of the notices that somebody was told of: a first line that says so, then their keys, one a line, in order.
 *
 * <p>It is replaced whole or not at all, and what is to be in it is on the disk before the mail is sent, so that a full
 * disk keeps a mail from being sent instead of having it sent again and again. A process that is killed between the
 * server's word that it took the mail and the renaming of a file leaves the notices untold; their mail then comes a second
 * time, with the same Message-ID. One process uses a ledger at a time.
 *
 * @since 0.1
 */
public final class NoticeLedger {
    private static final String HEAD = "tuxtape-notices 1";
    private static final long LARGEST = 64 << 20;

    private final Path file;

    private NoticeLedger(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Names the ledger.
     *
     * @param file where it is; made with the first notice, in a directory that exists
     * @return the ledger; nothing is read yet
     */
    public static NoticeLedger at(Path file) {
        return new NoticeLedger(file);
    }

    /**
     * Returns what was told.
     *
     * @return the keys of the notices
     * @throws NoticeException {@link Fault#LEDGER}, if the file cannot be read or is something else
     */
    public SortedSet<String> told() {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is too large");
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
                throw new IOException("it is something else");
            }
            return Collections.unmodifiableSortedSet(new TreeSet<>(lines.subList(1, lines.size())));
        } catch (NoSuchFileException e) {
            return Collections.emptySortedSet();
        } catch (IOException | UncheckedIOException e) {
            throw fault("read", e);
        }
    }

    /** Writes what the ledger will be, beside it. */
    Draft with(Collection<String> keys) {
        SortedSet<String> all = new TreeSet<>(told());
        all.addAll(keys);
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            String text = HEAD + "\n" + (all.isEmpty() ? "" : String.join("\n", all) + "\n");
            Disk.REAL.write(part, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
            return new Draft(part);
        } catch (IOException e) {
            delete(part, e);
            throw fault("written", e);
        }
    }

    /** What the ledger will be. */
    final class Draft implements AutoCloseable {
        private final Path part;

        private Draft(Path part) {
            this.part = part;
        }

        /** Puts it in the place of what was. */
        void commit() {
            try {
                Disk.REAL.rename(part, file);
                Disk.REAL.sync(file.getParent());
            } catch (IOException e) {
                throw fault("written", e);
            }
        }

        /** Leaves the ledger as it is. */
        @Override
        public void close() {
            delete(part, new IOException());
        }
    }

    private static void delete(Path part, IOException before) {
        try {
            Disk.REAL.delete(part);
        } catch (IOException e) {
            // A file too many does not harm.
            before.addSuppressed(e);
        }
    }

    private NoticeException fault(String what, Exception e) {
        return new NoticeException(
                Fault.LEDGER, "The ledger " + file + " cannot be " + what + ": " + e.getMessage() + ".", e);
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
