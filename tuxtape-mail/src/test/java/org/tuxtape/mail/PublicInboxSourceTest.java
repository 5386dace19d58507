package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
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
import org.tuxtape.mail.fixture.InboxRepository;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.testkit.RecordingListener;

@DisplayName("An archive of public-inbox")
class PublicInboxSourceTest {
    private static final ObjectId NOWHERE = ObjectId.fromString("0123456789abcdef0123456789abcdef01234567");

    @TempDir
    Path directory;

    private Path archive;
    private InboxRepository inbox;
    private PublicInboxSource source;

    @BeforeEach
    void create() {
        archive = directory.resolve("announce");
        inbox = InboxRepository.create(archive.resolve("git/0.git"));
        source = PublicInboxSource.of(archive);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void isReadFromTheOldestOn() {
        inbox.add(mail(1));
        ObjectId commit = inbox.add(mail(2));
        inbox.add(mail(3));
        inbox.publish();

        Reading reading = Reading.of(source);
        assertThat(reading.summary()).containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003");
        assertThat(reading.elements().get(1).origin().location()).isEqualTo("epoch 0, commit " + commit.name());
    }

    @Test
    @DisplayName("that is empty has nothing")
    void empty() {
        inbox.publish();

        assertThat(Reading.of(source)).isEqualTo(new Reading(List.of(), null));
    }

    @Test
    @DisplayName("tells of a deleted message by its deletion alone")
    void deletion() {
        inbox.add(mail(1));
        inbox.add(mail(2));
        inbox.delete(mail(1));
        inbox.add(mail(3));
        inbox.publish();

        assertThat(Reading.of(source).summary())
                .satisfiesExactly(
                        second -> assertThat(second).isEqualTo("+CVE-2025-20002"),
                        deleted -> assertThat(deleted).startsWith("?The keeper of the archive has deleted message "),
                        third -> assertThat(third).isEqualTo("+CVE-2025-20003"));
    }

    @Test
    @DisplayName("has a message that was put in again after it was deleted")
    void putInAgain() {
        inbox.add(mail(1));
        inbox.delete(mail(1));
        inbox.add(mail(1));
        inbox.publish();

        assertThat(Reading.of(source).summary()).hasSize(2).last().isEqualTo("+CVE-2025-20001");
    }

    @Test
    @DisplayName("goes on in the next epoch")
    void nextEpoch() {
        inbox.add(mail(1));
        inbox.publish();
        Cursor cursor = last(Reading.of(source));
        inbox.add(mail(2));
        inbox.publish();
        try (InboxRepository next = InboxRepository.create(archive.resolve("git/1.git"))) {
            next.add(mail(3));
        }

        assertThat(Reading.of(source, cursor).summary()).containsExactly("+CVE-2025-20002", "+CVE-2025-20003");
    }

    @Test
    @DisplayName("that was rewritten is read on behind the same message, and the listener is told")
    void rewritten() {
        ObjectId first = inbox.add(mail(1));
        inbox.add(mail(2));
        inbox.add(mail(3));
        inbox.publish();
        Cursor cursor = last(Reading.of(source));

        inbox.rewind(first);
        inbox.add(mail(3));
        inbox.add(mail(4));
        inbox.publish();

        RecordingListener listener = new RecordingListener();
        try (CveStream stream = source.open(cursor, Context.standard().with(listener))) {
            assertThat(stream.next())
                    .isInstanceOfSatisfying(
                            CveEvent.Published.class,
                            published -> assertThat(published.cve().id())
                                    .isEqualTo(Cves.numbered(4).id()));
            assertThat(stream.hasNext()).isFalse();
        }
        assertThat(listener.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                Event.Noted.class,
                                noted -> assertThat(noted.message())
                                        .endsWith("reading goes on behind the same message, which is number 2"
                                                + " now and was number 3.")));
    }

    @Test
    @DisplayName(
            "from which the message of the cursor was purged, or before which others were put in, has a stale cursor")
    void purged() {
        ObjectId first = inbox.add(mail(1));
        inbox.add(mail(2));
        inbox.publish();
        Cursor cursor = last(Reading.of(source));
        inbox.rewind(first);
        inbox.add(mail(3));
        inbox.publish();
        assertStale(cursor);

        inbox.add(mail(2));
        inbox.publish();
        assertStale(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "maildir1:1:2",
                "public-inbox1:3:1:0123456789abcdef0123456789abcdef01234567:0123456789abcdef0123456789abcdef01234567",
                "public-inbox1:0:1:0123456789abcdef0123456789abcdef01234567:0000000000000000000000000000000000000000"
            })
    @DisplayName("refuses cursors that are none of it")
    void foreignCursors(String text) {
        inbox.add(mail(1));
        inbox.publish();

        assertStale(new Cursor(text));
    }

    private void assertStale(Cursor cursor) {
        Reading reading = Reading.of(source, cursor);
        assertThat(reading.elements()).isEmpty();
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Test
    @DisplayName("has an unreadable element for each message whose object is missing or of another kind, and goes on")
    void missingObjects() {
        inbox.add(mail(1));
        inbox.commit("m", NOWHERE);
        ObjectId commit = inbox.empty();
        inbox.commit("m", commit);
        inbox.add(mail(2));
        inbox.publish();

        assertThat(Reading.of(source).summary())
                .containsExactly(
                        "+CVE-2025-20001",
                        "?Its object " + NOWHERE.name() + " is missing.",
                        "?The commit holds no message.",
                        "?Its object " + commit.name() + " is damaged.",
                        "+CVE-2025-20002");
    }

    @Test
    @DisplayName("has an unreadable element for a message whose object was damaged on disk")
    void damagedObject() throws IOException {
        inbox.add(mail(1));
        inbox.add(mail(2));
        inbox.publish();
        Path damaged = null;
        for (Path file : objects()) {
            if (Files.size(file) > 400) {
                damaged = file;
            }
        }
        assertThat(damaged).isNotNull();
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 0x55;
        Files.delete(damaged);
        Files.write(damaged, bytes);

        assertThat(Reading.of(source).elements()).hasSize(2).hasAtLeastOneElementOfType(CveEvent.Unreadable.class);
    }

    private List<Path> objects() throws IOException {
        try (var files = Files.walk(archive.resolve("git/0.git/objects"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    @DisplayName("of which a commit is missing is corrupt")
    void missingCommit() {
        inbox.rewind(NOWHERE);
        inbox.add(mail(1));
        inbox.publish();

        Reading reading = Reading.of(source);
        assertThat(reading.fault().fault()).isEqualTo(Fault.CORRUPT);
        assertThat(reading.fault()).hasMessageContaining(NOWHERE.name());
    }

    @Test
    @DisplayName("that is a shallow clone is truncated, and anything else is of the wrong kind")
    void otherKinds() throws IOException {
        inbox.add(mail(1));
        inbox.publish();
        Files.writeString(archive.resolve("git/0.git/shallow"), NOWHERE.name() + "\n");
        assertThat(Reading.of(source).fault().fault()).isEqualTo(Fault.TRUNCATED);

        assertThat(Reading.of(PublicInboxSource.of(Files.createDirectory(directory.resolve("x"))))
                        .fault()
                        .fault())
                .isEqualTo(Fault.WRONG_KIND);
    }

    @Test
    @DisplayName("gives only the header of a message that is too large")
    void tooLarge() {
        inbox.add(mail(1) + "x".repeat(5000));
        inbox.publish();

        assertThat(Reading.of(source.with(MailOptions.defaults().withLargestMessage(2000)))
                        .summary())
                .containsExactly("?It is larger than 2000 bytes.");
    }

    @Test
    @DisplayName("is left as it was")
    void isLeftAsItWas() throws IOException {
        inbox.add(mail(1));
        inbox.publish();
        List<Path> before = objects();

        Reading.of(source);

        assertThat(objects()).isEqualTo(before);
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    private static Cursor last(Reading reading) {
        return reading.elements().get(reading.elements().size() - 1).cursor();
    }
}
