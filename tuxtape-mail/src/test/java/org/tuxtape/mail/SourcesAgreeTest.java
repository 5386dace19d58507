package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.mail.fixture.Corpus;
import org.tuxtape.mail.fixture.InboxRepository;
import org.tuxtape.mail.fixture.MailHost;
import org.tuxtape.mail.fixture.Maildir;
import org.tuxtape.mail.fixture.Reading;

/** Needs the real announcements; the system property {@code tuxtape.corpus} says where they are. */
@DisplayName("The announcements of 2024 are the same")
class SourcesAgreeTest {
    @TempDir
    Path directory;

    private static final boolean ALL = Boolean.getBoolean("tuxtape.mailbox.all");

    /** The server in this process takes its time for each message: all of them are asked for by that property alone. */
    private static final int BY_IMAP = ALL ? 1 : 10;

    /** 40 ms a message. */
    private static final int BY_POP3 = ALL ? 1 : 40;

    private static List<byte[]> mails;
    private static List<Said> expected;

    @BeforeAll
    static void read() {
        mails = Corpus.mails(2024);
        expected = said(Reading.of(MboxSource.of(Corpus.file("linux-cve-announce-2024.mbox.xz"))));
    }

    /** What an element says, wherever it came from. */
    private record Said(Class<?> kind, Object content) {
        static Said of(CveEvent event) {
            if (event instanceof CveEvent.Published published) {
                return new Said(event.getClass(), List.of(published.cve(), published.remarks(), id(event)));
            }
            return event instanceof CveEvent.Rejected rejected
                    ? new Said(event.getClass(), List.of(rejected.id(), rejected.title(), rejected.reason(), id(event)))
                    : new Said(event.getClass(), event);
        }

        private static Object id(CveEvent event) {
            return event.origin().messageId();
        }
    }

    private static List<Said> said(Reading reading) {
        assertThat(reading.fault()).isNull();
        return reading.elements().stream().map(Said::of).toList();
    }

    private static void assertSame(List<Said> said, int step) {
        assertThat(expected).hasSize(4457);
        List<Said> wanted = every(step, expected);
        assertThat(said).hasSameSizeAs(wanted);
        assertThat(IntStream.range(0, said.size()).filter(i -> !said.get(i).equals(wanted.get(i))))
                .as("messages that differ")
                .isEmpty();
    }

    private static <T> List<T> every(int step, List<T> list) {
        return IntStream.range(0, list.size())
                .filter(i -> i % step == 0)
                .mapToObj(list::get)
                .toList();
    }

    @Test
    void inAMaildir() {
        Maildir maildir = Maildir.create(directory);
        for (int i = 0; i < mails.size(); i++) {
            maildir.deliver(1_700_000_000 + i + ".M1P1.host", mails.get(i));
        }

        assertSame(said(Reading.of(MaildirSource.of(directory))), 1);
    }

    @Test
    void inAPublicInbox() {
        try (InboxRepository inbox = InboxRepository.createPacked(directory.resolve("git/0.git"))) {
            mails.subList(0, 3000).forEach(inbox::add);
        }
        try (InboxRepository inbox = InboxRepository.createPacked(directory.resolve("git/1.git"))) {
            mails.subList(3000, mails.size()).forEach(inbox::add);
        }

        assertSame(said(Reading.of(PublicInboxSource.of(directory))), 1);
    }

    @Test
    void inAMailboxReadByImap() throws Exception {
        try (MailHost host = MailHost.start()) {
            host.deliver(every(BY_IMAP, mails));

            assertSame(said(Reading.of(MailboxSource.of(host.imap()))), BY_IMAP);
        }
    }

    @Test
    void inAMailboxReadByPop3() throws Exception {
        try (MailHost host = MailHost.start()) {
            host.deliver(every(BY_POP3, mails));

            assertSame(said(Reading.of(MailboxSource.of(host.pop3()))), BY_POP3);
        }
    }
}
