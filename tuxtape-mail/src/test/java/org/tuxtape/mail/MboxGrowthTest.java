package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.testkit.ManualClock;

@DisplayName("An mbox that grows")
class MboxGrowthTest {
    private static final Duration SETTLING = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final ManualClock clock = ManualClock.create();
    private Path file;
    private Path first;
    private Path second;
    private MboxSource source;

    @BeforeEach
    void name() throws IOException {
        file = Files.createFile(directory.resolve("announce"));
        first = directory.resolve("announce.1");
        second = directory.resolve("announce.2.gz");
        source = MboxSource.of(file).rotatedTo(List.of(second, first));
    }

    @Test
    @DisplayName("is read up to its last message while that is being written, and then from there on")
    void halfAMessage() throws IOException {
        String mails = mails(1, 3);
        int half = mails.length() - 200;
        append(mails.substring(0, half));
        MboxSource growing = MboxSource.of(file).with(MboxOptions.defaults().withSettling(SETTLING));

        List<CveEvent> before = read(growing, Cursor.START);
        assertThat(summary(before)).containsExactly("+CVE-2025-20001", "+CVE-2025-20002");
        assertThat(read(growing, before.get(1).cursor())).isEmpty();

        append(mails.substring(half));
        assertThat(read(growing, before.get(1).cursor())).isEmpty();
        clock.advance(SETTLING);
        assertThat(summary(read(growing, before.get(1).cursor()))).containsExactly("+CVE-2025-20003");
    }

    @Test
    @DisplayName("that was cut has stale cursors, and nothing is read again")
    void truncation() throws IOException {
        append(mails(1, 3));
        Cursor last = last(Reading.of(MboxSource.of(file)));
        Files.write(file, new byte[0]);
        assertStale(last);

        append(mails(4, 9));
        assertStale(last);
    }

    private void assertStale(Cursor cursor) {
        Reading reading = Reading.of(MboxSource.of(file), cursor);
        assertThat(reading.elements()).isEmpty();
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Test
    @DisplayName("goes on in the file that it was rotated to, and then in the new one")
    void rotation() throws IOException {
        append(mails(1, 2));
        Cursor cursor = last(Reading.of(source));
        append(mails(3, 3));
        rotate();
        append(mails(4, 4));

        assertThat(Reading.of(source, cursor).summary()).containsExactly("+CVE-2025-20003", "+CVE-2025-20004");
        assertThat(Reading.of(source).summary())
                .containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003", "+CVE-2025-20004");
        assertThat(Reading.of(source).elements().get(2).origin().location()).startsWith("announce.1, message 3, byte ");
    }

    @Test
    @DisplayName("is followed without loss or repetition, wherever it is rotated")
    void rotationAtAnyPlace() throws IOException {
        Cursor cursor = Cursor.START;
        List<String> read = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            append(mails(number, number));
            if (number % 2 == 0) {
                Reading reading = Reading.of(source, cursor);
                assertThat(reading.fault()).isNull();
                read.addAll(reading.summary());
                cursor = last(reading);
            }
            if (number % 3 == 0) {
                rotate();
            }
        }
        assertThat(read)
                .isEqualTo(IntStream.rangeClosed(1, 12)
                        .mapToObj(number -> "+" + Cves.numbered(number).id())
                        .toList());
    }

    @Test
    @DisplayName("has stale cursors if it was rotated away altogether")
    void rotatedAway() throws IOException {
        append(mails(1, 2));
        Cursor cursor = last(Reading.of(source));
        rotate();
        append(mails(3, 3));
        rotate();
        append(mails(4, 4));
        rotate();

        assertThat(Reading.of(source, cursor).fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    /** As logrotate does it: the old one is renamed, the one before compressed, the one before that is gone. */
    private void rotate() throws IOException {
        if (Files.exists(first)) {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(Files.readAllBytes(first));
            }
            Files.write(second, compressed.toByteArray());
            Files.delete(first);
        }
        Files.move(file, first);
        Files.createFile(file);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    private List<CveEvent> read(MboxSource mbox, Cursor after) {
        List<CveEvent> elements = new ArrayList<>();
        try (CveStream stream = mbox.open(after, clock.context())) {
            stream.forEachRemaining(elements::add);
        }
        return elements;
    }

    private static List<String> summary(List<CveEvent> elements) {
        return new Reading(elements, null).summary();
    }

    private static Cursor last(Reading reading) {
        return reading.elements().get(reading.elements().size() - 1).cursor();
    }

    private static String mails(int first, int last) {
        return Mbox.mboxrd(IntStream.rangeClosed(first, last)
                .mapToObj(number -> AnnouncementPrinter.mail(Cves.numbered(number)))
                .toList());
    }
}
