package org.tuxtape.mail;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Maildir;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** The rules CS-1 to CS-6 for a Maildir. */
class MaildirSourceContractTest extends CveSourceContract {
    @TempDir
    private Path directory;

    @Override
    protected CveSourceSubject subject() {
        Path folder = directory.resolve("announce");
        Maildir maildir = Maildir.create(folder)
                .deliver("1700000002.M5P7.host", "From: a@example.org\nSubject: hello\n\nNothing.\n")
                .deliver("1700000003.M5P7.host", AnnouncementPrinter.mail(Cves.numbered(2)))
                .deliver("1700000001.M5P7.host", AnnouncementPrinter.mail(Cves.numbered(1)))
                .deliver("1700000004.M5P7.host", AnnouncementPrinter.mail(Cves.numbered(3)));
        maildir.mark("1700000003.M5P7.host", "S");
        return CveSourceSubject.of(() -> MaildirSource.of(folder))
                .published("CVE-2025-20001")
                .unreadable()
                .published("CVE-2025-20002")
                .published("CVE-2025-20003")
                .missingArchive(MaildirSource.of(directory.resolve("missing")))
                .noTruncatedArchive("Each mail is a file of its own.")
                .noOpenHandles("The file system does not count them.");
    }
}
