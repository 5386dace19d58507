package org.tuxtape.livepatch.sysfs.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The messages of a file, read piece by piece. */
final class SavedLog extends AbstractSpliterator<LogEntry> {
    private final Path file;
    private final InputStream in;
    private final byte[] piece = new byte[8192];
    private final LogLines lines = new LogLines();
    private final Queue<LogEntry> read = new ArrayDeque<>();
    private boolean ended;

    private SavedLog(Path file, InputStream in) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.file = file;
        this.in = in;
    }

    static Stream<LogEntry> read(Path file, InputStream in) {
        return StreamSupport.stream(new SavedLog(file, in), false).onClose(() -> {
            try {
                in.close();
            } catch (IOException e) {
                throw KernelLog.unreadable(file, e);
            }
        });
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogEntry> action) {
        while (read.isEmpty() && !ended) {
            readOn();
        }
        LogEntry next = read.poll();
        if (next == null) {
            return false;
        }
        action.accept(next);
        return true;
    }

    private void readOn() {
        try {
            int count = in.read(piece);
            if (count < 0) {
                ended = true;
                lines.end(read::add);
            } else {
                lines.feed(ByteBuffer.wrap(piece, 0, count), read::add);
            }
        } catch (IOException e) {
            throw KernelLog.unreadable(file, e);
        }
    }
}
