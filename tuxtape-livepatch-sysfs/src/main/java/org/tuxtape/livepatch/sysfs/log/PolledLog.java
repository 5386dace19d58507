package org.tuxtape.livepatch.sysfs.log;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a log whose channel says at once when there is nothing new. */
final class PolledLog implements KernelLogReader {
    private final Path file;
    private final ReadableByteChannel channel;
    private final RecordChannel records;
    private final SequenceGaps gaps = new SequenceGaps();
    private long lost;

    PolledLog(Path file, ReadableByteChannel channel) {
        this.file = file;
        this.channel = channel;
        this.records = new RecordChannel(channel);
    }

    @Override
    public List<LogEntry> next() {
        List<LogEntry> entries = new ArrayList<>();
        try {
            while (entries.size() < RecordChannel.MOST_AT_ONCE && records.fill()) {
                records.take(entries::add);
            }
        } catch (IOException e) {
            throw KernelLog.unreadable(file, e);
        }
        entries.forEach(entry -> lost += gaps.before(entry));
        return List.copyOf(entries);
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw KernelLog.unreadable(file, e);
        }
    }
}
