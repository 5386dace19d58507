package org.tuxtape.testkit.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tuxtape.testkit.internal.files.Node;

/** What the kernel has printed, as {@code /dev/kmsg} gives it; the oldest gives way. */
final class LogBuffer implements Node.Records {
    static final int ERROR = 3;
    static final int WARNING = 4;
    static final int NOTICE = 5;
    static final int INFO = 6;

    private final Instant boot;
    private final int capacity;
    private final List<String> records = new ArrayList<>();
    private long oldest;

    LogBuffer(Instant boot, int capacity) {
        this.boot = boot;
        this.capacity = capacity;
    }

    void print(Instant now, int level, String text) {
        long microseconds = Duration.between(boot, now).toNanos() / 1000;
        records.add(level + "," + next() + "," + microseconds + ",-;" + escaped(text) + "\n");
        while (records.size() > capacity) {
            records.remove(0);
            oldest++;
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b == '\\' || b == 127) {
                escaped.append(String.format("\\x%02x", b));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }

    @Override
    public long oldest() {
        return oldest;
    }

    @Override
    public long next() {
        return oldest + records.size();
    }

    @Override
    public String get(long number) {
        return records.get((int) (number - oldest));
    }
}
