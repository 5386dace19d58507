package org.tuxtape.kpatch.internal.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log file that cannot grow for ever: the head is written at once, the tail when it is closed, and what was between is
 * counted. A file that cannot be written, for example on a full disk, is {@linkplain #fault said} and disturbs nobody.
 * For one thread.
 */
public final class BoundedLog implements LineSink, AutoCloseable {
    private final OutputStream file;
    private final Deque<byte[]> tail = new ArrayDeque<>();
    private final long longestTail;
    private long headLeft;
    private long tailBytes;
    private long lostLines;
    private long lostBytes;
    private boolean torn;
    private boolean closed;
    private @Nullable String fault;

    private BoundedLog(OutputStream file, long head, long tail) {
        this.file = file;
        this.headLeft = head;
        this.longestTail = tail;
    }

    /**
     * Begins a log, and removes what the file held before.
     *
     * @param file where to
     * @param head how many bytes of the beginning to keep, from 0
     * @param tail how many bytes of the end to keep, from 0; they are in memory until the log is closed
     * @return the log
     * @throws IOException if the file cannot be written at all
     */
    public static BoundedLog open(Path file, long head, int tail) throws IOException {
        if (head < 0 || tail < 0) {
            throw new IllegalArgumentException("A log keeps " + head + " and " + tail + " bytes.");
        }
        return new BoundedLog(Files.newOutputStream(file), head, tail);
    }

    @Override
    public void line(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (tail.isEmpty() && lostLines == 0 && bytes.length <= headLeft && write(bytes)) {
            headLeft -= bytes.length;
            return;
        }
        headLeft = 0;
        tail.addLast(bytes);
        tailBytes += bytes.length;
        while (tailBytes > longestTail) {
            byte[] lost = tail.removeFirst();
            tailBytes -= lost.length;
            lostBytes += lost.length;
            lostLines++;
        }
    }

    /**
     * Tells why the file is not what it should be.
     *
     * @return what the system said when it could not be written, for example {@code No space left on device}; empty if
     *     all is well
     */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** Writes the tail. Closing again changes nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (lostLines > 0) {
                write(("[" + lostLines + " lines, " + lostBytes + " bytes left out]\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            tail.forEach(this::write);
        } catch (IOException e) {
            keep(e);
        }
    }

    private boolean write(byte[] bytes) {
        try {
            if (torn) {
                file.write('\n');
                torn = false;
            }
            file.write(bytes);
            return true;
        } catch (IOException e) {
            torn = true;
            keep(e);
            return false;
        }
    }

    private void keep(IOException e) {
        if (fault == null) {
            fault = Objects.requireNonNullElse(e.getMessage(), e.toString());
        }
    }
}
