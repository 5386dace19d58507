package org.tuxtape.core.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static WholeFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesThePlaceOfWhatStoodThere() throws IOException {
        Path file = folder.resolve("report");

        WholeFile.write(file, text("old"));
        WholeFile.write(file, text("new"));

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void isSeenByNobodyBeforeItIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("report"), "old");

        WholeFile.write(file, out -> {
            out.write(new byte[1 << 20]);
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasSize(1 << 20);
    }

    /** The fault: what is to be written ends in an exception, after more of it than is buffered. */
    @Test
    void whatBreaksOffLeavesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("report"), "old");
        IOException fault = new IOException("no more");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw fault;
                }))
                .isSameAs(fault);

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    /** The fault: the place is taken by a folder that is not empty. */
    @Test
    void aFolderIsNotReplaced() throws IOException {
        Path kept =
                Files.createFile(Files.createDirectory(folder.resolve("report")).resolve("kept"));

        assertThatThrownBy(() -> WholeFile.write(folder.resolve("report"), text("new")))
                .isInstanceOf(IOException.class);

        assertThat(kept).exists();
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(folder.resolve("report")));
    }

    @Test
    void aFolderThatIsMissingIsNotMade() {
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("missing/report"), text("new")))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** The fault: the thread is interrupted before. */
    @Test
    void anInterruptBreaksItNotOff() throws IOException {
        Path file = folder.resolve("report");

        Thread.currentThread().interrupt();
        WholeFile.write(file, text("new"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("new");
    }
}
