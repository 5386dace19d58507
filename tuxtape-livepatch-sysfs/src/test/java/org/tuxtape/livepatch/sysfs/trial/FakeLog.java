package org.tuxtape.livepatch.sysfs.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;

/** A kernel's log that a test writes. */
final class FakeLog {
    private final List<LogEntry> entries = new ArrayList<>();
    private long sequence;
    private int open;

    /** Writes messages a second after the last one. */
    void say(String... lines) {
        for (String line : lines) {
            entries.add(new LogEntry(OptionalLong.of(sequence), Duration.ofSeconds(sequence), 4, line));
            sequence++;
        }
    }

    /** Overwrites messages before anybody has read them. */
    void lose(int messages) {
        sequence += messages;
    }

    int open() {
        return open;
    }

    KernelLogReader read() {
        open++;
        return new KernelLogReader() {
            private int next;
            private long expected;
            private long lost;

            @Override
            public List<LogEntry> next() {
                List<LogEntry> news = List.copyOf(entries.subList(next, entries.size()));
                next = entries.size();
                for (LogEntry entry : news) {
                    lost += entry.sequence().orElseThrow() - expected;
                    expected = entry.sequence().orElseThrow() + 1;
                }
                return news;
            }

            @Override
            public long lost() {
                return lost;
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
