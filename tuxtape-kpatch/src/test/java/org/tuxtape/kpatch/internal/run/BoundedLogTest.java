package org.tuxtape.kpatch.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aShortLogIsKeptWhole() throws IOException {
        assertThat(written(directory.resolve("log"), 30, 0, 10)).isEqualTo("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    }

    @Test
    void ofALongOneHeadAndTailAreKeptAndTheRestIsCounted() throws IOException {
        assertThat(written(directory.resolve("log"), 6, 5, 10))
                .isEqualTo("0\n1\n2\n[5 lines, 10 bytes left out]\n8\n9\n");
    }

    @Test
    void theHeadCanBeReadWhileTheToolStillRuns() throws IOException {
        Path file = directory.resolve("log");
        try (BoundedLog log = BoundedLog.open(file, 100, 100)) {
            log.line("first");
            assertThat(file).hasContent("first\n");
        }
    }

    /** The fault: a device that is always full. */
    @Test
    void aFullDiskIsSaidAndDisturbsNobody() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
        BoundedLog log = BoundedLog.open(full, 100, 100);
        log.line("first");
        assertThat(log.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("No space left on device"));
        log.line("second");
        log.close();
        log.close();
        assertThat(log.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("No space left on device"));
    }

    @Property(tries = 50)
    void noLogIsLongerThanItsBounds(
            @ForAll @IntRange(max = 200) int head,
            @ForAll @IntRange(max = 200) int tail,
            @ForAll @IntRange(max = 300) int lines)
            throws IOException {
        Path file = Files.createTempFile("bounded", ".log");
        try {
            assertThat(written(file, head, tail, lines)).hasSizeLessThanOrEqualTo(head + tail + 60);
        } finally {
            Files.delete(file);
        }
    }

    private static String written(Path file, int head, int tail, int lines) throws IOException {
        try (BoundedLog log = BoundedLog.open(file, head, tail)) {
            for (int i = 0; i < lines; i++) {
                log.line(Integer.toString(i));
            }
        }
        return Files.readString(file);
    }
}
