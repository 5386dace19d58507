package org.tuxtape.livepatch.sysfs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

@Timeout(60)
class KernelLogTest {
    @TempDir
    Path root;

    private static String record(int sequence) {
        return "6," + sequence + ",1000,-;message " + sequence + "\n SUBSYSTEM=test\n DEVICE=+test:x\n";
    }

    private static List<String> texts(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::text).toList();
    }

    /** A device that gives a record per read, and says at once when there is none. */
    @Nested
    class ADeviceThatNeverWaits {
        private final Queue<String> records = new ArrayDeque<>();

        private KernelLogReader reader() {
            return new PolledLog(Path.of("kmsg"), new ReadableByteChannel() {
                @Override
                public int read(ByteBuffer target) throws IOException {
                    String record = records.poll();
                    if (record == null) {
                        return -1;
                    }
                    if (record.equals("EPIPE")) {
                        throw new IOException("Broken pipe");
                    }
                    target.put(record.getBytes(StandardCharsets.US_ASCII));
                    return record.length();
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            });
        }

        @Test
        void isReadToItsEndWithEveryCall() {
            KernelLogReader reader = reader();
            records.addAll(List.of(record(5), record(6)));
            assertThat(texts(reader.next())).containsExactly("message 5", "message 6");
            assertThat(reader.next()).isEmpty();
            records.add(record(7));
            assertThat(texts(reader.next())).containsExactly("message 7");
            assertThat(reader.lost()).isZero();
        }

        @Test
        void tellsByANumberThatIsMissingWhatWasOverwritten() {
            KernelLogReader reader = reader();
            // The fault: the log went round twice, and the kernel says so by failing a read each time.
            records.addAll(List.of(record(5), "EPIPE", record(9), record(10), "EPIPE", "EPIPE", record(20)));
            assertThat(texts(reader.next())).containsExactly("message 5", "message 9", "message 10", "message 20");
            assertThat(reader.lost()).isEqualTo(3 + 9);
        }

        @Test
        void failsWhenEveryReadDoes() {
            KernelLogReader reader = reader();
            // The fault: a device that cannot be read at all.
            Stream.generate(() -> "EPIPE").limit(100).forEach(records::add);
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(
                            KernelAccessException.class,
                            e -> assertThat(e.file()).isEqualTo("kmsg"));
        }
    }

    /** How a device is read. */
    enum Way {
        BY_THE_C_LIBRARY,
        BY_A_THREAD;

        KernelLogReader open(Path device) throws IOException {
            return this == BY_THE_C_LIBRARY
                    ? new PolledLog(device, new NonBlockingDevice(device))
                    : BlockingLog.open(device);
        }
    }

    /** A named pipe waits at its end as {@code /dev/kmsg} does. */
    @Nested
    class ADeviceThatWaits {
        private Path pipe;
        private FileChannel writer;

        @BeforeEach
        void openForWriting() throws Exception {
            pipe = root.resolve("kmsg");
            int failed = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            assumeThat(failed).as("named pipes need mkfifo").isZero();
            // For both, since opening a pipe for one waits for someone who opens it for the other.
            writer = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        private void write(String records) throws IOException {
            writer.write(ByteBuffer.wrap(records.getBytes(StandardCharsets.US_ASCII)));
        }

        @ParameterizedTest
        @EnumSource
        void isReadToItsEndWithoutWaitingThere(Way way) throws IOException {
            try (KernelLogReader reader = way.open(pipe)) {
                assertThat(reader.next()).isEmpty();
                for (int round = 0; round < 5; round++) {
                    write(record(2 * round) + record(2 * round + 1));
                    assertThat(texts(reader.next()))
                            .containsExactly("message " + 2 * round, "message " + (2 * round + 1));
                    assertThat(reader.next()).isEmpty();
                }
                write(record(20));
                assertThat(reader.next()).hasSize(1);
                assertThat(reader.lost()).isEqualTo(10);
            }
        }

        @ParameterizedTest
        @EnumSource
        void isReadWhollyWhereItHoldsMoreThanIsReadAhead(Way way) throws Exception {
            int many = 5000;
            try (KernelLogReader reader = way.open(pipe)) {
                // The writer waits while the pipe and the reader's queue are full, so it is not this thread.
                Thread kernel = new Thread(() -> {
                    try {
                        for (int i = 0; i < many; i++) {
                            write(record(i));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                kernel.start();
                int read = 0;
                while (read < many) {
                    read += reader.next().size();
                }
                kernel.join();
                assertThat(reader.next()).isEmpty();
                assertThat(reader.lost()).isZero();
            }
        }

        @ParameterizedTest
        @EnumSource
        void isClosedWhileItWaitsAndWhileItHasReadAhead(Way way) throws Exception {
            KernelLogReader waiting = way.open(pipe);
            waiting.next();
            waiting.close();
            assertThatThrownBy(waiting::next).isInstanceOf(KernelAccessException.class);

            KernelLogReader full = way.open(pipe);
            for (int i = 0; i < 1500; i++) {
                write("6," + i + ",0,-;x\n");
            }
            full.close();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("tuxtape-kernel-log")) {
                    thread.join();
                }
            }
        }
    }

    @Test
    void aPlainFileWithRecordsIsReadAsItGrows() throws IOException {
        Path kmsg = Files.writeString(root.resolve("kmsg"), record(1) + "6,2,1000,-;mess");
        try (KernelLogReader reader = KernelLog.open(new KernelFiles(root, root, kmsg))) {
            assertThat(texts(reader.next())).containsExactly("message 1");
            Files.writeString(kmsg, "age 2\n", StandardOpenOption.APPEND);
            assertThat(texts(reader.next())).containsExactly("message 2");
        }
    }

    @Test
    void aLogThatIsNotThereOrIsNoneIsNamed() {
        Path missing = root.resolve("kmsg");
        assertThatThrownBy(() -> KernelLog.open(new KernelFiles(root, root, missing)))
                .isInstanceOf(KernelAccessException.class)
                .hasMessage("The kernel log " + missing + " does not exist.");
        assertThatThrownBy(() -> KernelLog.parse(missing)).isInstanceOf(KernelAccessException.class);
        try (KernelLogReader directory = KernelLog.open(new KernelFiles(root, root, root))) {
            assertThatThrownBy(directory::next).isInstanceOf(KernelAccessException.class);
        }
    }

    @Test
    void aConsolesLinesEndInManyWaysAndMayBeCutOff() throws IOException {
        Path saved = Files.writeString(
                root.resolve("serial.txt"),
                "Loading...\r[    1.000000] one\r\r\n\r\n[    1.500000] two\n~ # [    2.000000] three\r\n[    2.5000");
        try (Stream<LogEntry> log = KernelLog.parse(saved)) {
            assertThat(log.map(entry -> entry.sinceBoot().toMillis() + " " + entry.text()))
                    .containsExactly("0 Loading...", "1000 one", "1500 two", "2000 three", "2000 [    2.5000");
        }
    }

    @Test
    void aLineWithoutAnEndTakesNoMoreThanItsShare() throws IOException {
        Path saved = Files.writeString(root.resolve("long.txt"), "x".repeat(100_000) + "\n[    1.000000] next\n");
        try (Stream<LogEntry> log = KernelLog.parse(saved)) {
            assertThat(log.map(entry -> entry.text().length())).containsExactly(LogLines.LONGEST, 4);
        }
    }

    @Test
    void theLogOfThisMachineIsReadInBothWaysAlike() throws IOException {
        Path kmsg = KernelFiles.ofThisMachine().kmsg();
        assumeThat(opens(kmsg)).as("this process may read /dev/kmsg").isTrue();
        try (KernelLogReader reader = Way.BY_THE_C_LIBRARY.open(kmsg);
                KernelLogReader another = Way.BY_A_THREAD.open(kmsg)) {
            List<LogEntry> log = reader.next();
            List<LogEntry> again = another.next();
            assumeThat(log).as("the kernel has said something").isNotEmpty();
            // The second may see what came since, and may miss what was overwritten since.
            assertThat(again).containsAll(log.subList(log.size() / 2, log.size()));
            assertThat(log).extracting(LogEntry::sinceBoot).allMatch(time -> time.compareTo(Duration.ZERO) >= 0);
        }
    }

    private static boolean opens(Path file) {
        try (FileChannel opened = FileChannel.open(file)) {
            return opened.isOpen();
        } catch (IOException e) {
            return false;
        }
    }
}
