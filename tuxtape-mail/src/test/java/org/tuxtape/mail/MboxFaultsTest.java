package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.BrokenInput;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.internal.expand.Compressed;

@DisplayName("An mbox that cannot be read")
class MboxFaultsTest {
    private static final SourceId ID = new SourceId("/mail/archive");
    private static final byte[] ARCHIVE = Mbox.bytes(Mbox.mboxrd(IntStream.rangeClosed(1, 5)
            .mapToObj(number -> AnnouncementPrinter.mail(Cves.numbered(number)))
            .toList()));
    private static final List<CveEvent> ELEMENTS = Reading.of(source(ARCHIVE)).elements();

    @TempDir
    Path directory;

    @Nested
    @DisplayName("names its path in one sentence")
    class Naming {
        @Test
        void ifItIsMissing() {
            Path path = directory.resolve("missing.mbox");

            assertFault(MboxSource.of(path), Fault.MISSING, "There is no archive " + path + ".");
            assertFault(failing(new NoSuchFileException("x")), Fault.MISSING, "There is no archive /mail/archive.");
            assertFault(failing(new FileNotFoundException("x")), Fault.MISSING, "There is no archive /mail/archive.");
        }

        @Test
        void ifItIsADirectory() {
            assertFault(MboxSource.of(directory), Fault.WRONG_KIND, directory + " is a directory, not a mail archive.");
        }

        @Test
        @DisplayName("if it may not be read")
        void ifItMayNotBeRead() {
            assertFault(
                    failing(new AccessDeniedException("/mail/archive")),
                    Fault.NOT_PERMITTED,
                    "This process may not read /mail/archive.");
        }

        @Test
        void ifAFileStandsWhereADirectoryShould() throws IOException {
            Path path = Files.createFile(directory.resolve("file")).resolve("x.mbox");

            // JDK 17 gives the system's own words, newer ones say that there is no such file.
            assertThat(Reading.of(MboxSource.of(path)).fault())
                    .isNotNull()
                    .hasMessageContaining(path.toString())
                    .extracting(SourceException::fault)
                    .isIn(Fault.IO, Fault.MISSING);
        }

        @Test
        void ifItCannotBeOpenedForAnotherReason() {
            assertFault(
                    failing(new IOException("out of order")), Fault.IO, "Reading /mail/archive failed: out of order.");
            assertFault(failing(new IOException()), Fault.IO, "Reading /mail/archive failed: IOException.");
        }

        @Test
        void ifItIsNoMbox() {
            assertFault(
                    source(Mbox.bytes("Subject: a mail alone\n\nbody\n")),
                    Fault.WRONG_KIND,
                    "/mail/archive is no mbox: no line in it begins a message.");
            assertFault(
                    source(new byte[1 << 21]),
                    Fault.WRONG_KIND,
                    "/mail/archive is no mbox: no line in it begins a message.");
        }
    }

    @Test
    @DisplayName("to its end delivers what came before")
    void deliversWhatCameBefore() {
        MboxSource source = MboxSource.of(
                ID,
                () -> new SequenceInputStream(
                        new ByteArrayInputStream(ARCHIVE, 0, ARCHIVE.length - 10), new BrokenInput("disk")));

        Reading reading = Reading.of(source);

        assertThat(reading.elements()).isEqualTo(ELEMENTS.subList(0, 4));
        assertThat(reading.fault()).isNotNull().hasMessage("Reading /mail/archive failed: disk.");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("because it is cut delivers, wherever it is cut, messages that were complete")
    void deliversWhatIsComplete(Compressed compression) {
        byte[] stored = compression.of(ARCHIVE);
        for (int length = 6; length < stored.length; length++) {
            Reading reading = Reading.of(source(Arrays.copyOf(stored, length)));

            assertThat(reading.fault())
                    .as("%d of %d bytes", length, stored.length)
                    .isNotNull();
            assertThat(reading.fault().fault()).isEqualTo(Fault.TRUNCATED);
            assertThat(ELEMENTS.subList(0, reading.elements().size())).isEqualTo(reading.elements());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("because one part of it is cut delivers the parts before")
    void deliversThePartsBefore(Compressed compression) {
        byte[] whole = compression.of(ARCHIVE);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        byte[] stored = Arrays.copyOf(whole, whole.length + cut.length);
        System.arraycopy(cut, 0, stored, whole.length, cut.length);

        Reading reading = Reading.of(source(stored));

        assertThat(reading.elements()).hasSizeBetween(4, 9);
        assertThat(reading.elements().subList(0, 4)).isEqualTo(ELEMENTS.subList(0, 4));
        assertThat(reading.fault().fault()).isEqualTo(Fault.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    @DisplayName("because it expands without end is given up")
    void isGivenUp(Compressed compression) {
        byte[] bomb = compression.of(new byte[1 << 16], 1 << 9);
        MboxOptions options = MboxOptions.defaults().withLargestExpansion(1 << 24);

        assertThat(bomb).hasSizeLessThan(1 << 16);
        assertFault(
                source(bomb).with(options),
                Fault.LIMIT_EXCEEDED,
                "/mail/archive expands to more than 16777216 bytes; MboxOptions.withLargestExpansion allows more.");
    }

    @Test
    @Timeout(20)
    @DisplayName("because 700 KB expand to 10 GB is given up by default")
    void isGivenUpByDefault() {
        byte[] part = Compressed.ZSTD.of(new byte[1 << 16], 1 << 13);
        byte[] bomb = new byte[20 * part.length];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(part, 0, bomb, i * part.length, part.length);
        }

        assertThat(bomb).hasSizeLessThan(1 << 20);
        assertFault(
                source(bomb),
                Fault.LIMIT_EXCEEDED,
                "/mail/archive expands to more than 1073741824 bytes; MboxOptions.withLargestExpansion allows more.");
    }

    private static void assertFault(MboxSource source, Fault fault, String message) {
        Reading reading = Reading.of(source);

        assertThat(reading.elements()).isEmpty();
        assertThat(reading.fault()).isNotNull().hasMessage(message);
        assertThat(reading.fault().fault()).isEqualTo(fault);
        assertThat(reading.fault().source()).isEqualTo(source.id());
    }

    private static MboxSource failing(IOException e) {
        return MboxSource.of(ID, () -> {
            throw e;
        });
    }

    private static MboxSource source(byte[] stored) {
        return MboxSource.of(ID, () -> new ByteArrayInputStream(stored));
    }
}
