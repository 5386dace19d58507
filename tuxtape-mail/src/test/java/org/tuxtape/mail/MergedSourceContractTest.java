package org.tuxtape.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Maildir;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** The rules CS-1 to CS-6 for an mbox and a Maildir that are read as one, and have a message in common. */
class MergedSourceContractTest extends CveSourceContract {
    private static final String NO_ANNOUNCEMENT = "From: a@example.org\nSubject: hello\n\nNothing.\n";

    @TempDir
    private Path directory;

    @Override
    protected CveSourceSubject subject() {
        Path mbox = write("announce.mbox", Mbox.bytes(Mbox.mboxrd(List.of(mail(1), NO_ANNOUNCEMENT, mail(2)))));
        Path folder = directory.resolve("folder");
        if (!Files.exists(folder)) {
            Maildir.create(folder).deliver("1700000001.1.host", mail(2)).deliver("1700000002.1.host", mail(3));
        }
        MaildirSource maildir = MaildirSource.of(folder);
        return CveSourceSubject.of(() -> MergedSource.of(MboxSource.of(mbox), maildir))
                .published("CVE-2025-20001")
                .unreadable()
                .published("CVE-2025-20002")
                .published("CVE-2025-20003")
                .missingArchive(MergedSource.of(MboxSource.of(directory.resolve("missing")), maildir))
                .truncatedArchive(MergedSource.of(MboxSource.of(cut()), maildir), 3)
                .noOpenHandles("The file system does not count them.");
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    /** Breaks off in its second message. */
    private Path cut() {
        byte[] bytes = Mbox.bytes(Mbox.mboxrd(List.of(mail(1), mail(4))));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try {
            GZIPOutputStream gzip = new GZIPOutputStream(compressed, true);
            gzip.write(bytes, 0, bytes.length - 10);
            gzip.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write("cut.mbox.gz", compressed.toByteArray());
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
