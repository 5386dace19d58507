package org.tuxtape.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.mail.MboxSource;

/** One year of announcements, read to the end: by tuxtape, and only decompressed and counted by lines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1"})
public class ReadArchive {
    private Path compressed = Path.of("");
    private Path plain = Path.of("");

    /** Finds the archive and unpacks it. */
    @Setup
    public void open() {
        compressed = Inputs.archive();
        plain = Inputs.plainArchive();
    }

    /**
     * Reads the plain archive and understands every message.
     *
     * @return the number of elements
     */
    @Benchmark
    public int announcementsOfPlainMbox() {
        return read(plain);
    }

    /**
     * Reads the archive as it is kept and understands every message.
     *
     * @return the number of elements
     */
    @Benchmark
    public int announcementsOfXz() {
        return read(compressed);
    }

    /**
     * The floor: reads the plain archive and counts its lines.
     *
     * @return their number
     * @throws IOException if the archive cannot be read
     */
    @Benchmark
    public int linesOfPlainMbox() throws IOException {
        try (InputStream in = Files.newInputStream(plain)) {
            return countLines(in);
        }
    }

    /**
     * The floor: decompresses the archive and counts its lines.
     *
     * @return their number
     * @throws IOException if the archive cannot be read
     */
    @Benchmark
    public int linesOfXz() throws IOException {
        try (InputStream in = new XZInputStream(new BufferedInputStream(Files.newInputStream(compressed)))) {
            return countLines(in);
        }
    }

    private static int read(Path archive) {
        int elements = 0;
        try (CveStream events = MboxSource.of(archive).open(Cursor.START, Context.standard())) {
            while (events.hasNext()) {
                events.next();
                elements++;
            }
        }
        return elements;
    }

    private static int countLines(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int lines = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            for (int i = 0; i < length; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }
}
