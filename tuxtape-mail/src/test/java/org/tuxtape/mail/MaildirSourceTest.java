package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Maildir;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.testkit.RecordingListener;

@DisplayName("A Maildir")
class MaildirSourceTest {
    @TempDir
    Path directory;

    private Maildir maildir;
    private MaildirSource source;

    @BeforeEach
    void create() {
        maildir = Maildir.create(directory.resolve("announce"));
        source = MaildirSource.of(maildir.directory());
    }

    @Test
    @DisplayName("is read in the order of delivery, whatever is marked")
    void inTheOrderOfDelivery() {
        deliver("1700000010.M000002P1.host", 3);
        deliver("1700000010.M000001P9.host", 2);
        deliver("1700000009.M999999P1.host,S=12", 1);
        deliver("1700000011.12_3.host", 4);
        maildir.mark("1700000010.M000001P9.host", "RS");

        assertThat(Reading.of(source).summary())
                .containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003", "+CVE-2025-20004");
    }

    @Test
    @DisplayName("whose names tell no time is read in the order of its files' change")
    void byTheFilesChange() throws IOException {
        deliver("b3f1", 2);
        deliver("a7aa", 3);
        deliver("c0de", 1);
        touch("b3f1", 2);
        touch("a7aa", 3);
        touch("c0de", 1);

        assertThat(Reading.of(source).summary())
                .containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003");
    }

    private void touch(String name, int second) throws IOException {
        Files.setLastModifiedTime(
                maildir.directory().resolve("new").resolve(name), FileTime.from(Instant.ofEpochSecond(second)));
    }

    @Test
    @DisplayName("leaves out what is being delivered, hidden files and directories")
    void leavesOutWhatIsNoMail() throws IOException {
        deliver("1700000001.1.host", 1);
        Files.writeString(maildir.directory().resolve("tmp/1700000002.1.host"), "half");
        Files.writeString(maildir.directory().resolve("new/.hidden"), "no mail");
        Files.createDirectory(maildir.directory().resolve("cur/directory"));

        assertThat(Reading.of(source).summary()).containsExactly("+CVE-2025-20001");
    }

    @Test
    @DisplayName("read behind a cursor gives the new mails alone, also if the old ones were marked since")
    void theNewOnes() {
        deliver("1700000001.1.host", 1);
        deliver("1700000002.1.host", 2);
        Cursor cursor = last(Reading.of(source));
        maildir.mark("1700000001.1.host", "S");
        deliver("1700000003.1.host", 3);

        assertThat(Reading.of(source, cursor))
                .isEqualTo(new Reading(List.of(Reading.of(source).elements().get(2)), null));
    }

    @Test
    @DisplayName("gives a mail that comes late, with a name among the old ones, and none twice")
    void lateOnes() {
        deliver("1700000002.1.host", 2);
        deliver("1700000004.1.host", 4);
        Cursor cursor = last(Reading.of(source));
        deliver("1700000003.1.host", 3);
        deliver("1700000001.1.host", 1);
        deliver("1700000005.1.host", 5);

        Reading reading = Reading.of(source, cursor);
        assertThat(reading.summary()).containsExactly("+CVE-2025-20003", "+CVE-2025-20001", "+CVE-2025-20005");
        assertThat(reading.fault()).isNull();
        for (int i = 0; i < 3; i++) {
            assertThat(Reading.of(source, reading.elements().get(i).cursor()).summary())
                    .isEqualTo(reading.summary().subList(i + 1, 3));
        }
        assertThat(notes(cursor))
                .containsExactly("2 mails came late: their names sort among those that were read before.");
    }

    @Test
    @DisplayName("tells of mails that were taken away, and goes on")
    void takenAway() {
        deliver("1700000001.1.host", 1);
        deliver("1700000002.1.host", 2);
        deliver("1700000003.1.host", 3);
        Cursor cursor = last(Reading.of(source));
        maildir.delete("1700000001.1.host");
        deliver("1700000004.1.host", 4);

        assertThat(Reading.of(source, cursor).summary()).containsExactly("+CVE-2025-20004");
        assertThat(notes(cursor)).containsExactly("1 mails that were read before were taken away.");
    }

    @Test
    @DisplayName("says that it cannot tell what is new, if mails were taken away and others came late")
    void takenAwayAndLate() {
        deliver("1700000001.1.host", 1);
        deliver("1700000002.1.host", 2);
        deliver("1700000005.1.host", 3);
        Cursor cursor = last(Reading.of(source));
        maildir.delete("1700000001.1.host");
        maildir.delete("1700000002.1.host");
        deliver("1700000003.1.host", 4);

        assertStale(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "mbox1:1:2:3:00000000",
                "maildir1:1:0:0:1:0:a",
                "maildir1:1:0000000000000000:0:1700000001:0:%zz",
                "maildir1:1:0000000000000000:0:1700000001:0:1700000001.1.host"
            })
    @DisplayName("refuses cursors that are none of it")
    void ofSomethingElse(String text) {
        deliver("1700000001.1.host", 1);

        assertStale(new Cursor(text));
    }

    private void assertStale(Cursor cursor) {
        Reading reading = Reading.of(source, cursor);
        assertThat(reading.elements()).isEmpty();
        assertThat(reading.fault()).isNotNull().hasMessageContaining(cursor.text());
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Test
    @DisplayName("gives an element for a mail that is read while it is marked, and one for a mail that goes away")
    void marksWhileItIsRead() {
        deliver("1700000001.1.host", 1);
        deliver("1700000002.1.host", 2);
        deliver("1700000003.1.host", 3);
        try (CveStream stream = source.open(Cursor.START, Context.standard())) {
            stream.next();
            maildir.mark("1700000002.1.host", "S");
            maildir.delete("1700000003.1.host");

            assertThat(stream.next()).isInstanceOf(CveEvent.Published.class);
            assertThat(stream.next()).isInstanceOfSatisfying(CveEvent.Unreadable.class, lost -> {
                assertThat(lost.reason()).isEqualTo("It was taken away while the folder was read.");
                assertThat(lost.origin().location()).isEqualTo("mail 1700000003.1.host");
            });
        }
    }

    @Test
    @DisplayName("reads only the header of a mail that is too large")
    void tooLarge() {
        maildir.deliver("1700000001.1.host", AnnouncementPrinter.mail(Cves.numbered(1)) + "x".repeat(5000));
        deliver("1700000002.1.host", 2);

        Reading reading = Reading.of(source.with(MailOptions.defaults().withLargestMessage(2000)));
        assertThat(reading.summary()).containsExactly("?It is larger than 2000 bytes.", "+CVE-2025-20002");
        assertThat(((CveEvent.Unreadable) reading.elements().get(0)).id())
                .contains(Cves.numbered(1).id());
    }

    @Test
    @DisplayName("that is none is of the wrong kind")
    void wrongKind() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));

        assertThat(Reading.of(MaildirSource.of(other)).fault().fault()).isEqualTo(Fault.WRONG_KIND);
        assertThat(Reading.of(MaildirSource.of(Files.createFile(directory.resolve("file"))))
                        .fault()
                        .fault())
                .isEqualTo(Fault.WRONG_KIND);
    }

    @Test
    void thatIsEmptyHasNothing() {
        assertThat(Reading.of(source)).isEqualTo(new Reading(List.of(), null));
    }

    private void deliver(String name, int number) {
        maildir.deliver(name, AnnouncementPrinter.mail(Cves.numbered(number)));
    }

    private static Cursor last(Reading reading) {
        return reading.elements().get(reading.elements().size() - 1).cursor();
    }

    private List<String> notes(Cursor after) {
        RecordingListener listener = new RecordingListener();
        try (CveStream stream = source.open(after, Context.standard().with(listener))) {
            stream.forEachRemaining(element -> {});
        }
        return listener.events().stream()
                .filter(Event.Noted.class::isInstance)
                .map(event -> ((Event.Noted) event).message())
                .toList();
    }
}
