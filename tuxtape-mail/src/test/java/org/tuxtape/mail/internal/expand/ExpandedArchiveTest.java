package org.tuxtape.mail.internal.expand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.mail.fixture.BrokenInput;
import org.tuxtape.mail.fixture.Countdown;
import org.tuxtape.mail.fixture.EndlessInput;

@DisplayName("An archive")
class ExpandedArchiveTest {
    private static final byte[] CONTENT = "one line\nand another\n".repeat(50).getBytes(UTF_8);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("is known by its content")
    void isExpanded(Compressed compression) throws IOException {
        byte[] stored = compression.of(CONTENT);

        assertThat(expand(stored)).isEqualTo(CONTENT);
        assertThat(expandFile(stored)).isEqualTo(CONTENT);
    }

    @Test
    void mayBePlain() throws IOException {
        assertThat(expand(CONTENT)).isEqualTo(CONTENT);
        assertThat(expandFile(CONTENT)).isEqualTo(CONTENT);
        assertThat(expandFile(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("may be several archives one behind the other")
    void isConcatenated(Compressed compression) throws IOException {
        byte[] part = compression.of(CONTENT);
        byte[] empty = compression.of(new byte[0]);
        byte[] stored = Compressed.concatenation(part, empty, part);
        byte[] twice = Compressed.concatenation(CONTENT, CONTENT);

        assertThat(expand(stored)).isEqualTo(twice);
        assertThat(expandFile(stored)).isEqualTo(twice);
    }

    @Test
    @DisplayName("in zstd may begin with a frame that decoders skip")
    void mayBeginWithASkippableFrame() {
        byte[] frame = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};

        assertThat(expand(Compressed.concatenation(frame, Compressed.ZSTD.of(CONTENT))))
                .isEqualTo(CONTENT);
    }

    @Test
    @DisplayName("in gzip may be padded with zeros and have every optional part of a header")
    void mayHaveEveryPartOfGzip() {
        byte[] gzip = Compressed.GZIP.of(CONTENT);
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 1, 2};
        byte[] rest = Arrays.copyOfRange(gzip, 10, gzip.length);

        assertThat(expand(Compressed.concatenation(header, rest, new byte[512])))
                .isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that ends too early delivers a beginning of its content, and then tells")
    void isTruncated(Compressed compression) {
        byte[] stored = compression.of(CONTENT);

        for (int length = Compression.MAGIC_LENGTH; length < stored.length; length++) {
            Expansion expansion = Expansion.of(Arrays.copyOf(stored, length));

            assertThat(expansion.fault())
                    .as("%d of %d bytes", length, stored.length)
                    .isEqualTo(Fault.TRUNCATED);
            assertThat(expansion.message())
                    .isEqualTo("the archive ends too early: its "
                            + compression.name().toLowerCase(Locale.ROOT) + " data is not complete.");
            assertThat(new String(CONTENT, UTF_8)).startsWith(new String(expansion.content(), UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("whose second part ends too early delivers the first in full")
    void deliversWhatIsComplete(Compressed compression) {
        byte[] stored = compression.of(CONTENT);
        byte[] first = Compressed.concatenation(stored, Arrays.copyOf(stored, stored.length / 2));

        Expansion expansion = Expansion.of(first);

        assertThat(expansion.fault()).isEqualTo(Fault.TRUNCATED);
        assertThat(expansion.content()).startsWith(CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that is damaged says so")
    void isCorrupt(Compressed compression) {
        byte[] stored = compression.of(CONTENT);
        stored[stored.length / 2] ^= 0x55;

        Expansion expansion = Expansion.of(stored);

        assertThat(expansion.fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED);
        assertThat(expansion.message()).startsWith("the archive ");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that has something else behind it is damaged, and delivers all before")
    void hasSomethingBehind(Compressed compression) {
        byte[] stored = Compressed.concatenation(compression.of(CONTENT), "something else".getBytes(UTF_8));

        Expansion expansion = Expansion.of(stored);

        assertThat(expansion.fault()).isEqualTo(Fault.CORRUPT);
        assertThat(expansion.content()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("may expand up to the limit, and is given up behind it")
    void isLimited(Compressed compression) {
        byte[] stored = compression.of(CONTENT);

        assertThat(Expansion.of(stored, new ExpansionLimits(CONTENT.length, 1 << 30))
                        .fault())
                .isNull();

        Expansion expansion = Expansion.of(stored, new ExpansionLimits(CONTENT.length - 1, 1 << 30));
        assertThat(expansion.fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
        assertThat(expansion.message())
                .isEqualTo(
                        "the archive expands to more than 1049 bytes; MboxOptions.withLargestExpansion allows more.");
    }

    @Test
    @DisplayName("that is plain is as large as it is")
    void isNotLimitedIfPlain() {
        assertThat(Expansion.of(CONTENT, new ExpansionLimits(1, 1)).fault()).isNull();
    }

    @Test
    @DisplayName("in xz that declares a huge dictionary is given up before that is set aside")
    void isLimitedInXzMemory() throws IOException {
        byte[] stored = xz(1536L << 20);

        Expansion expansion = Expansion.of(stored, new ExpansionLimits(1 << 30, 64 << 20));

        assertThat(expansion.fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
        assertThat(expansion.message())
                .matches("Expanding the archive takes 15\\d+ KiB of memory, more than the 65536 KiB that are allowed;"
                        + " a larger heap or MboxOptions.withLargestDecoder allows more.");
    }

    @Test
    @DisplayName("in xz that declares a huge dictionary is read if it is a file, since its content needs none")
    void isFittedInXz() throws IOException {
        byte[] stored = xz(1536L << 20);
        Path file = Files.write(directory.resolve("large-dictionary"), stored);

        Expansion expansion = Expansion.of(() -> RawArchive.ofFile(file), new ExpansionLimits(1 << 30, 1 << 20));

        assertThat(expansion.fault()).isNull();
        assertThat(expansion.content()).isEqualTo(CONTENT);
    }

    @Test
    @DisplayName("in zstd that declares a huge window is given up before that is set aside")
    void isLimitedInZstdMemory() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (20 << 3), 1, 0, 0};

        assertThat(Expansion.of(frame, new ExpansionLimits(1 << 30, 1 << 30)).fault())
                .isNull();

        Expansion expansion = Expansion.of(frame, new ExpansionLimits(1 << 30, 1 << 29));
        assertThat(expansion.fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
        assertThat(expansion.message())
                .isEqualTo("Expanding the archive takes more memory than is allowed;"
                        + " a larger heap or MboxOptions.withLargestDecoder allows more.");
    }

    @Test
    @DisplayName("never gets more memory for its decompressor than three quarters of the heap")
    void isLimitedByTheHeap() {
        assertThat(new ExpansionLimits(1, 1000).within(400)).isEqualTo(new ExpansionLimits(1, 300));
        assertThat(new ExpansionLimits(1, 200).within(400)).isEqualTo(new ExpansionLimits(1, 200));
    }

    @Test
    @DisplayName("on a broken disk is not called damaged")
    void isNotBlamedForTheDisk() {
        byte[] stored = Compressed.XZ.of(CONTENT);
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(stored, 0, 20), new BrokenInput("disk"));

        Expansion expansion = Expansion.of(() -> RawArchive.ofStream(in), Expansion.GENEROUS);

        assertThat(expansion.fault()).isEqualTo(Fault.IO);
        assertThat(expansion.message()).isEqualTo("Reading the archive failed: disk.");
    }

    @Test
    @DisplayName("stops when cancelled, also inside a decompressor that gives nothing out")
    void isCancelled() {
        CancellationToken token = CancellationToken.create();
        InputStream endless = new EndlessInput(Compressed.GZIP.of(new byte[0]), new Countdown(10, token::cancel));

        try (ExpandedArchive archive =
                ExpandedArchive.open(Expansion.ID, () -> RawArchive.ofStream(endless), Expansion.GENEROUS, token)) {
            assertThatThrownBy(() -> archive.read(new byte[10], 0, 10)).isInstanceOf(CancelledException.class);
        }
    }

    private byte[] expandFile(byte[] stored) throws IOException {
        Path file = Files.write(directory.resolve("archive"), stored);
        Expansion expansion = Expansion.of(() -> RawArchive.ofFile(file), Expansion.GENEROUS);
        assertThat(expansion.message()).isNull();
        return expansion.content();
    }

    private static byte[] expand(byte[] stored) {
        Expansion expansion = Expansion.of(stored);
        assertThat(expansion.message()).isNull();
        return expansion.content();
    }

    /** With a header that asks for a large dictionary; it is written with a small one, to save memory here. */
    private static byte[] xz(long dictionary) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LZMA2Options options = new LZMA2Options(0);
        try (XZOutputStream out = new XZOutputStream(bytes, options)) {
            out.write(CONTENT);
        }
        byte[] stored = bytes.toByteArray();
        return XzHeaders.withDictionary(stored, 12, dictionary);
    }
}
