package org.tuxtape.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** The rules CS-1 to CS-6, for a plain archive, which is entered in the middle, and for one that is decompressed. */
class MboxSourceContractTest {
    private static final String NOT_AN_ANNOUNCEMENT = "From: a@example.org\nSubject: hello\n\nNothing.\n";
    private static final byte[] ARCHIVE = Mbox.bytes(Mbox.mboxrd(List.of(
            AnnouncementPrinter.mail(Cves.numbered(1)),
            NOT_AN_ANNOUNCEMENT,
            AnnouncementPrinter.mail(Cves.numbered(2)),
            AnnouncementPrinter.mail(Cves.numbered(3)))));

    @TempDir
    private Path directory;

    @Nested
    class Plain extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(write("announce.mbox", ARCHIVE));
        }
    }

    @Nested
    class Compressed extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(write("announce.mbox.gz", gzip(ARCHIVE, true)));
        }
    }

    private CveSourceSubject subjectOf(Path archive) {
        return CveSourceSubject.of(() -> MboxSource.of(archive))
                .published("CVE-2025-20001")
                .unreadable()
                .published("CVE-2025-20002")
                .published("CVE-2025-20003")
                .missingArchive(MboxSource.of(directory.resolve("missing.mbox")))
                .truncatedArchive(MboxSource.of(write("cut.mbox.gz", gzip(ARCHIVE, false))), 3)
                .noOpenHandles("The file system does not count them.");
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compresses; what is not whole breaks off before the end of the last message. */
    private static byte[] gzip(byte[] bytes, boolean whole) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, true)) {
            gzip.write(bytes, 0, bytes.length - 10);
            gzip.flush();
            if (!whole) {
                return compressed.toByteArray();
            }
            gzip.write(bytes, bytes.length - 10, 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
