package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.internal.expand.Compressed;

@DisplayName("Cursors of an mbox")
class MboxCursorsTest {
    private static final SourceId ID = new SourceId("test");
    private static final String ARCHIVE = "no mail\n\n" + Mbox.mboxrd(mails(1, 4)) + Mbox.unquoted(mails(5, 7))
            + Mbox.PUBLIC_INBOX + AnnouncementPrinter.rejection(Cves.full().id(), "title", Optional.empty());

    @TempDir
    Path directory;

    @Test
    @DisplayName("lead to exactly the rest, in a stream and in a file")
    void leadToTheRest() throws IOException {
        Path file = Files.writeString(directory.resolve("archive"), ARCHIVE);

        assertRestBehindEachElement(source(ARCHIVE));
        assertRestBehindEachElement(MboxSource.of(file));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("are places in what a compressed archive expands to")
    void leadToTheRestOf(Compressed compression) throws IOException {
        Path file = Files.write(directory.resolve("archive"), compression.of(Mbox.bytes(ARCHIVE)));
        MboxSource compressed = MboxSource.of(file);

        assertRestBehindEachElement(compressed);
        assertThat(Reading.of(compressed).elements().stream().map(CveEvent::cursor))
                .isEqualTo(Reading.of(source(ARCHIVE)).elements().stream()
                        .map(CveEvent::cursor)
                        .toList());
    }

    @Test
    @DisplayName("lead to what was appended")
    void leadToWhatWasAppended() {
        for (String end : List.of("\n", "", "\n\n", "\r\n")) {
            String before = Mbox.mboxrd(mails(1, 2)).stripTrailing() + end;
            Cursor last = last(before);
            String after = before + (end.isEmpty() ? "\n" : "") + Mbox.mboxrd(mails(3, 4));

            assertThat(Reading.of(source(after), last).summary()).containsExactly("+CVE-2025-20003", "+CVE-2025-20004");
        }
    }

    @Test
    @DisplayName("at the end lead to nothing")
    void atTheEnd() {
        assertThat(Reading.of(source(ARCHIVE), last(ARCHIVE))).isEqualTo(new Reading(List.of(), null));
        assertThat(Reading.of(source(ARCHIVE + "\n\n"), last(ARCHIVE))).isEqualTo(new Reading(List.of(), null));
    }

    @Test
    @DisplayName("are stale where the message is no longer the same")
    void areStaleWhereItChanged() {
        String before = Mbox.mboxrd(mails(1, 3));

        assertStale(before.replace("Example 3.", "Example 4."), last(before));
        assertStale(before.replace("Example 1.", "Example 1, longer."), last(before));
        assertStale(before.substring(0, before.length() - 10), last(before));
        assertStale("", last(before));
    }

    @Test
    @DisplayName("are stale where the message went on growing")
    void areStaleWhereItGrew() {
        String before = Mbox.mboxrd(mails(1, 2)).stripTrailing();

        assertStale(before + "abc\n", last(before));
        assertStale(before + "\n\tmore\n", last(before));
        assertStale(before + Mbox.PUBLIC_INBOX + mails(3, 3).get(0), last(before));
    }

    @Test
    @DisplayName("do not mind what changed before their message, as long as it is as long")
    void doNotMindTheRest() {
        String before = Mbox.mboxrd(mails(1, 3));

        assertThat(Reading.of(source(before.replace("Example 1.", "EXAMPLE 1.")), last(before))
                        .fault())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "mbox0:1:2:3:00000000", "maildir1:new/x", "mbox1:1:0:99999999999999:00000000"})
    @DisplayName("of something else are stale")
    void ofSomethingElse(String text) {
        assertStale(ARCHIVE, new Cursor(text));
    }

    private static void assertRestBehindEachElement(MboxSource source) {
        List<CveEvent> all = Reading.of(source).elements();
        assertThat(all).hasSize(9);
        for (int i = 0; i < all.size(); i++) {
            assertThat(Reading.of(source, all.get(i).cursor()))
                    .isEqualTo(new Reading(all.subList(i + 1, all.size()), null));
        }
    }

    private static void assertStale(String archive, Cursor cursor) {
        Reading reading = Reading.of(source(archive), cursor);

        assertThat(reading.elements()).isEmpty();
        assertThat(reading.fault()).isNotNull();
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
        assertThat(reading.fault()).hasMessageContaining(cursor.text()).hasMessageContaining("test");
    }

    private static Cursor last(String archive) {
        List<CveEvent> elements = Reading.of(source(archive)).elements();
        return elements.get(elements.size() - 1).cursor();
    }

    private static List<String> mails(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> AnnouncementPrinter.mail(Cves.numbered(number)))
                .toList();
    }

    private static MboxSource source(String archive) {
        return MboxSource.of(ID, () -> new ByteArrayInputStream(Mbox.bytes(archive)));
    }
}
