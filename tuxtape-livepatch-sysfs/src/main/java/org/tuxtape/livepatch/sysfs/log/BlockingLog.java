package org.tuxtape.livepatch.sysfs.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the device {@code /dev/kmsg} where native code may not be called: a thread waits in the read, and whoever asks
 * looks whether it stays there. The thread has to be asleep as well, or a busy processor would look like the end of the
 * log; and for longer than a tick of the kernel, which wakes readers no sooner.
 *
 * <p>The queue is bounded: while nobody asks, the kernel keeps the messages, and its numbers say what it overwrote.
 */
final class BlockingLog implements KernelLogReader {
    private static final int QUEUED = 1024;

    /** Looks, a millisecond apart, at which the thread has to be found in one and the same read. */
    private static final int QUIET_LOOKS = 50;

    /** Looks without a message after which the thread is left alone until the next call, whatever it does. */
    private static final int MOST_LOOKS = 5000;

    private final Path file;
    private final FileChannel channel;
    private final Thread thread;
    private final BlockingQueue<LogEntry> queue = new ArrayBlockingQueue<>(QUEUED);
    private final SequenceGaps gaps = new SequenceGaps();
    private long lost;

    /** Odd while the thread is in a read, another number for each. What it read before is in the queue by then. */
    private volatile long phase;

    private volatile @Nullable Path threadStat;
    private volatile @Nullable IOException failure;

    private BlockingLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.thread = new Thread(this::readOn, "tuxtape-kernel-log");
        thread.setDaemon(true);
    }

    static BlockingLog open(Path file) throws IOException {
        BlockingLog log = new BlockingLog(file, FileChannel.open(file, StandardOpenOption.READ));
        log.thread.start();
        return log;
    }

    @Override
    public List<LogEntry> next() {
        List<LogEntry> entries = new ArrayList<>();
        try {
            collect(entries);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (entries.isEmpty() && failed != null) {
            throw KernelLog.unreadable(file, failed);
        }
        entries.forEach(entry -> lost += gaps.before(entry));
        return List.copyOf(entries);
    }

    @Override
    public long lost() {
        return lost;
    }

    /** Ends the thread too: closing wakes one that reads, and the interrupt one that waits for room in the queue. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            channel.close();
        } catch (IOException e) {
            throw KernelLog.unreadable(file, e);
        }
    }

    private void collect(List<LogEntry> entries) throws InterruptedException {
        int looks = 0;
        int quiet = 0;
        long before = phase;
        while (looks < MOST_LOOKS && quiet < QUIET_LOOKS && entries.size() < RecordChannel.MOST_AT_ONCE) {
            boolean ended = !thread.isAlive();
            long now = phase;
            quiet = now == before && now % 2 == 1 && isAsleep() ? quiet + 1 : 0;
            before = now;
            if (queue.drainTo(entries) > 0) {
                looks = 0;
                quiet = 0;
            } else if (ended) {
                return;
            } else {
                looks++;
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    /** Where the thread's state cannot be seen, it counts as asleep. */
    private boolean isAsleep() {
        Path stat = threadStat;
        if (stat == null) {
            return true;
        }
        try {
            // The state follows the name of the command, which stands in parentheses and may hold any character.
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return text.startsWith("S", text.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return true;
        }
    }

    private void readOn() {
        threadStat = statOfThisThread();
        RecordChannel records = new RecordChannel(channel);
        List<LogEntry> read = new ArrayList<>();
        long step = 0;
        try {
            boolean more = true;
            while (more) {
                phase = ++step;
                more = records.fill();
                phase = ++step;
                records.take(read::add);
                for (LogEntry entry : read) {
                    queue.put(entry);
                }
                read.clear();
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            // Closed: nobody waits for these messages any more.
        }
    }

    private static @Nullable Path statOfThisThread() {
        try {
            Path proc = Path.of("/proc");
            return proc.resolve(Files.readSymbolicLink(proc.resolve("thread-self")))
                    .resolve("stat");
        } catch (IOException e) {
            return null;
        }
    }
}
