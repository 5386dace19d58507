package org.tuxtape.kpatch.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.disk.Digests;

/** That a digest was remembered shows where the memory has been told another one for the same file. */
class KnownDigestsTest {
    private static final String ANOTHER = "0".repeat(64);
    private static final int LARGE = 5 << 20;

    @TempDir
    Path root;

    private Path image;
    private Path memory;

    @BeforeEach
    void writeImage() throws IOException {
        image = Files.write(root.resolve("vmlinux"), new byte[LARGE]);
        memory = root.resolve("digests");
    }

    private String sha256() throws IOException {
        return new KnownDigests(root).sha256(image);
    }

    /** Files of tests are too young to be remembered: the line that an older one would have. */
    private void remember(String digest) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(image, BasicFileAttributes.class);
        Files.writeString(
                memory,
                digest + " " + basic.fileKey() + " " + basic.size() + " " + basic.lastModifiedTime() + " "
                        + Files.getAttribute(image, "unix:ctime") + "\n");
    }

    @Test
    void whatIsRememberedOfTheSameFileIsNotReadAgain() throws IOException {
        remember(ANOTHER);

        assertThat(sha256()).isEqualTo(ANOTHER);
    }

    @Test
    void aFileThatWasChangedIsReadAgainAlsoIfItHasItsOldTimeAndLength() throws IOException {
        FileTime before = Files.getLastModifiedTime(image);
        remember(ANOTHER);
        Files.write(image, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(image, before);

        assertThat(sha256()).isEqualTo(Digests.of(image)).isNotEqualTo(ANOTHER);
    }

    @Test
    void anotherFileInItsPlaceIsReadAgain() throws IOException {
        remember(ANOTHER);
        Path other = root.resolve("other");
        Files.copy(image, other, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(other, image, StandardCopyOption.REPLACE_EXISTING);

        assertThat(sha256()).isEqualTo(Digests.of(image));
    }

    /** The runtime's image is large, and was installed long ago. */
    @Test
    void aLargeFileThatHasBeenAtRestIsRemembered() throws IOException {
        Path quiet = Path.of(System.getProperty("java.home"), "lib", "modules");

        String digest = new KnownDigests(root).sha256(quiet);

        assertThat(digest).isEqualTo(Digests.of(quiet.toRealPath()));
        assertThat(memory).content().startsWith(digest + " ");
        assertThat(new KnownDigests(root).sha256(quiet)).isEqualTo(digest);
    }

    @Test
    void aFileThatWasChangedJustNowIsNotRemembered() throws IOException {
        sha256();

        assertThat(memory).doesNotExist();
    }

    /** The faults: a memory that is no text, and one in a directory that is not there. */
    @Test
    void aMemoryThatCannotBeReadOrWrittenIsNone() throws IOException {
        Files.write(memory, new byte[] {0, (byte) 0xff, 10, 10});
        assertThat(sha256()).isEqualTo(Digests.of(image));
        assertThat(new KnownDigests(root.resolve("nowhere")).sha256(image)).isEqualTo(Digests.of(image));
    }
}
