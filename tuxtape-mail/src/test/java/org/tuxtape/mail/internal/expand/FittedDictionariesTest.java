package org.tuxtape.mail.internal.expand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.DeltaOptions;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.SeekableFileInputStream;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

@DisplayName("Dictionaries of an xz file")
class FittedDictionariesTest {
    private static final byte[] CONTENT =
            "some content that repeats itself\n".repeat(3000).getBytes(UTF_8);
    private static final int LARGE = 64 << 20;
    private static final int SMALL_LIMIT_KIB = 1024;

    @TempDir
    Path directory;

    @Test
    @DisplayName("are made as small as the content of their block, in every block of every stream")
    void areFitted() throws IOException {
        byte[] stream = blocks(LARGE);
        byte[] file = Compressed.concatenation(stream, new byte[8], stream);

        assertThat(expand(fitted(file))).isEqualTo(Compressed.concatenation(CONTENT, CONTENT));
    }

    @Test
    @DisplayName("are made small behind other filters as well")
    void areFittedBehindFilters() throws IOException {
        byte[] file = filtered(new DeltaOptions(3), options(8 << 20));

        assertThat(expand(fitted(file))).isEqualTo(CONTENT);
    }

    @Test
    @DisplayName("are made small also where the headers tell the sizes of their blocks")
    void areFittedBehindSizes() {
        ByteBuffer header = header(0xc0, 0x85, 0x01, 0xff, 0x7f, 0x21, 1, 30, 0, 0);

        FittedDictionaries.fit(header, 5000);

        assertThat(header).isEqualTo(header(0xc0, 0x85, 0x01, 0xff, 0x7f, 0x21, 1, 1, 0, 0));
    }

    @Test
    @DisplayName("that are small already stay as they are")
    void areNeverEnlarged() {
        ByteBuffer header = header(0, 0x21, 1, 3, 0, 0);

        FittedDictionaries.fit(header, 1 << 30);

        assertThat(header).isEqualTo(header(0, 0x21, 1, 3, 0, 0));
    }

    @Test
    @DisplayName("stay as they are in headers of another shape")
    void areLeftInOtherHeaders() {
        List<ByteBuffer> headers = List.of(
                header(0x04, 0x21, 1, 30, 0, 0),
                header(0, 0x21, 2, 30, 0, 0),
                header(0, 0x22, 1, 30, 0, 0),
                header(0, 0xa1, 1, 30, 0, 0),
                header(0, 0x21, 1, 41, 0, 0),
                header(0x80, 0xff, 0xff, 0xff, 0xff, 0xff),
                ByteBuffer.wrap(new byte[] {0, 0, 0}),
                ByteBuffer.wrap(new byte[] {2, 0, 0x21, 1, 30, 0, 0, 0, 1, 2, 3, 4}));
        for (ByteBuffer header : headers) {
            ByteBuffer before = ByteBuffer.allocate(header.capacity())
                    .put(header.duplicate())
                    .flip();

            FittedDictionaries.fit(header, 5000);

            assertThat(header).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("are fitted as far as possible where the index lies about where the blocks are")
    void surviveALyingIndex() throws IOException {
        byte[] file = blocks(LARGE);
        Path path = Files.write(directory.resolve("file.xz"), file);
        SeekableXZInputStream lying = new SeekableXZInputStream(new SeekableFileInputStream(path.toFile())) {
            @Override
            public long getBlockCompPos(int block) {
                return 12L + block;
            }
        };
        try (InputStream in = new FittedDictionaries(new ByteArrayInputStream(file), lying)) {
            assertThat(in.readAllBytes()).hasSameSizeAs(file);
        }
    }

    @Test
    @DisplayName("do not matter to a reader that takes single bytes")
    void areReadByteByByte() throws IOException {
        byte[] file = blocks(LARGE);
        try (InputStream in = fitted(file)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int octet; (octet = in.read()) >= 0; ) {
                bytes.write(octet);
            }

            assertThat(expand(new ByteArrayInputStream(bytes.toByteArray()))).isEqualTo(CONTENT);
        }
    }

    private InputStream fitted(byte[] file) throws IOException {
        Path path = Files.write(directory.resolve("file.xz"), file);
        return new FittedDictionaries(
                new ByteArrayInputStream(file), new SeekableXZInputStream(new SeekableFileInputStream(path.toFile())));
    }

    private static byte[] expand(InputStream in) throws IOException {
        try (XZInputStream xz = new XZInputStream(in, SMALL_LIMIT_KIB)) {
            return xz.readAllBytes();
        }
    }

    private static byte[] filtered(FilterOptions... filters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(bytes, filters)) {
            out.write(CONTENT);
        }
        return bytes.toByteArray();
    }

    /** The content in three blocks, each of which declares a dictionary that it does not need. */
    private static byte[] blocks(int dictionary) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int third = CONTENT.length / 3;
        int[] starts = new int[3];
        try (XZOutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
            for (int i = 0; i < starts.length; i++) {
                out.flush();
                starts[i] = bytes.size();
                out.write(CONTENT, i * third, i == 2 ? CONTENT.length - 2 * third : third);
                out.endBlock();
            }
        }
        byte[] file = bytes.toByteArray();
        for (int start : starts) {
            file = XzHeaders.withDictionary(file, start, dictionary);
        }
        return file;
    }

    private static LZMA2Options options(int dictionary) throws IOException {
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(dictionary);
        return options;
    }

    /** A header with these bytes between its size and its checksum. */
    private static ByteBuffer header(int... content) {
        int size = (1 + content.length + 3) / 4 * 4;
        byte[] header = new byte[size + 4];
        header[0] = (byte) (size / 4);
        for (int i = 0; i < content.length; i++) {
            header[i + 1] = (byte) content[i];
        }
        return ByteBuffer.wrap(XzHeaders.sealed(header));
    }
}
