package org.tuxtape.livepatch.sysfs.log;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * The kernel's log, as it grows and as others have saved it.
 *
 * <p>Read are the records of {@code /dev/kmsg}, and the lines of {@code dmesg} (also with {@code -x} or {@code -r}), of
 * {@code journalctl -k -o short-monotonic}, and of a serial console. Each line is looked at for itself, so a file may
 * mix them. A line of more than 16 KiB is cut there; control and format characters become spaces, and bytes that are no
 * UTF-8 the replacement character.
 *
 * @since 0.1
 */
public final class KernelLog {
    private KernelLog() {}

    /**
     * Opens the log of a running kernel, at the oldest message that it still has. A plain file with saved records may
     * stand in its place; it is read to its end, and on as it grows.
     *
     * @param files the kernel's files; the log is read from {@link KernelFiles#kmsg()}
     * @return its reader, to be closed. It calls the C library, since the JDK cannot read a device without waiting; where
     *     that is refused it holds a daemon thread, and each look takes it some 50 milliseconds
     * @throws KernelAccessException if there is no log, or this process may not read it: most systems ask for
     *     {@code CAP_SYSLOG}
     */
    public static KernelLogReader open(KernelFiles files) {
        Path kmsg = files.kmsg();
        try {
            // Whatever is no file of the real system answers at once. A real device makes its reader wait.
            if (kmsg.getFileSystem() != FileSystems.getDefault() || Files.isRegularFile(kmsg)) {
                return new PolledLog(kmsg, Files.newByteChannel(kmsg, StandardOpenOption.READ));
            }
            return ofDevice(kmsg);
        } catch (IOException e) {
            throw unreadable(kmsg, e);
        }
    }

    private static KernelLogReader ofDevice(Path kmsg) throws IOException {
        try {
            return new PolledLog(kmsg, new NonBlockingDevice(kmsg));
        } catch (LinkageError | RuntimeException e) {
            LoggerFactory.getLogger(KernelLog.class)
                    .info("Native code cannot be called here, so a thread reads the kernel's log.", e);
            return BlockingLog.open(kmsg);
        }
    }

    /**
     * Reads a saved log, lazily and in the order of the file.
     *
     * @param saved the file
     * @return its messages; the stream holds the file open until it is closed, and throws
     *     {@link KernelAccessException} if reading fails on the way
     * @throws KernelAccessException if there is no such file, or this process may not read it
     */
    public static Stream<LogEntry> parse(Path saved) {
        try {
            return SavedLog.read(saved, Files.newInputStream(saved));
        } catch (IOException e) {
            throw unreadable(saved, e);
        }
    }

    static KernelAccessException unreadable(Path log, IOException cause) {
        return new KernelAccessException(log, "The kernel log " + log + " " + reason(cause) + ".", cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (cause instanceof AccessDeniedException) {
            return "may not be read by this process";
        }
        return cause instanceof ClosedChannelException ? "is closed" : "cannot be read: " + cause.getMessage();
    }
}
