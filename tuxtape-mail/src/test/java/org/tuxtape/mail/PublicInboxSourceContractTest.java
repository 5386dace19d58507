package org.tuxtape.mail;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.InboxRepository;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** The rules CS-1 to CS-6 for public-inbox: an archive of two epochs, and one that is given alone. */
class PublicInboxSourceContractTest {
    private static final String NO_ANNOUNCEMENT = "From: a@example.org\nSubject: hello\n\nNothing.\n";

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        fill(directory.resolve("whole/git/0.git"), mail(1), NO_ANNOUNCEMENT);
        fill(directory.resolve("whole/git/1.git"), mail(2), mail(3));
        fill(directory.resolve("alone/0.git"), mail(1), NO_ANNOUNCEMENT, mail(2), mail(3));
        fill(directory.resolve("cut/git/0.git"), mail(1), NO_ANNOUNCEMENT);
        fill(directory.resolve("cut/git/2.git"), mail(2), mail(3));
    }

    @Nested
    class Whole extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(directory.resolve("whole"));
        }
    }

    @Nested
    class Alone extends CveSourceContract {
        @Override
        protected CveSourceSubject subject() {
            return subjectOf(directory.resolve("alone/0.git"));
        }
    }

    private CveSourceSubject subjectOf(Path archive) {
        return CveSourceSubject.of(() -> PublicInboxSource.of(archive))
                .published("CVE-2025-20001")
                .unreadable()
                .published("CVE-2025-20002")
                .published("CVE-2025-20003")
                .missingArchive(PublicInboxSource.of(directory.resolve("missing")))
                .truncatedArchive(PublicInboxSource.of(directory.resolve("cut")), 2)
                .noOpenHandles("The file system does not count them.");
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    private static void fill(Path repository, String... mails) {
        try (InboxRepository inbox = InboxRepository.create(repository)) {
            for (String mail : mails) {
                inbox.add(mail);
            }
        }
    }
}
