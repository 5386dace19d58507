package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.CommitId;

/** Needs the real fixes and tar with xz; the system property {@code tuxtape.corpus} says where the fixes are. */
@DisplayName("The real fixes")
class DiffCorpusTest {
    private static final int MOST_WITHOUT_COMMIT = 2;

    private static final Map<Path, String> TEXTS = new TreeMap<>();

    @BeforeAll
    static void unpack(@TempDir Path directory) throws IOException, InterruptedException {
        Path archive = corpus().resolve("fixes-2024.tar.xz");
        assumeThat(archive)
                .as("skipped: the real fixes are not at " + corpus() + "; set the system property tuxtape.corpus")
                .isRegularFile();
        ProcessBuilder tar = new ProcessBuilder(
                        "tar", "-xJf", archive.toAbsolutePath().toString())
                .directory(directory.toFile())
                .inheritIO();
        tar.environment().put("LC_ALL", "C");
        assumeThat(tar.start().waitFor())
                .as("skipped: tar could not unpack " + archive)
                .isZero();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".patch")).toList()) {
                TEXTS.put(directory.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(TEXTS).hasSizeGreaterThan(2000);
    }

    private static Path corpus() {
        String property = System.getProperty("tuxtape.corpus");
        return property == null ? Path.of("..", "..", "shared", "corpus") : Path.of(property);
    }

    @Test
    @DisplayName("are read, and written byte for byte as they were")
    void areReadAndWritten() {
        TEXTS.forEach((path, text) -> {
            Diff diff = Diff.parse(text);
            String written = diff.toText();

            assertThat(diff.files()).as("%s", path).isNotEmpty();
            assertThat(diff.files())
                    .as("%s", path)
                    .allMatch(file -> file.path().inTree().isPresent());
            assertThat(text).as("%s", path).startsWith(written);
            assertThat(text.substring(written.length()))
                    .as("what follows the changes of %s", path)
                    .matches("(?s)(-- \n.*)?");
        });
    }

    @Test
    @DisplayName("say their commit and subject")
    void sayTheirCommit() {
        assertThat(TEXTS.values().stream()
                        .map(Diff::parse)
                        .filter(diff -> diff.commit().filter(CommitId::isFull).isEmpty()
                                || diff.subject().isEmpty()))
                .hasSizeLessThanOrEqualTo(MOST_WITHOUT_COMMIT);
    }

    @Test
    @DisplayName("are themselves when reversed twice, and read as reversed when reversed once")
    void areReversed() {
        TEXTS.forEach((path, text) -> {
            Diff diff = Diff.parse(text);

            assertThat(diff.reversed().reversed()).as("%s", path).isEqualTo(diff);
            assertThat(Diff.parse(diff.reversed().toText()).files())
                    .as("%s", path)
                    .isEqualTo(diff.reversed().files());
        });
    }
}
