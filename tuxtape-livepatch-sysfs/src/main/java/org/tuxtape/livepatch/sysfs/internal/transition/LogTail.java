package org.tuxtape.livepatch.sysfs.internal.transition;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;

/** What the kernel logs from now on. Where its log may not be read there are no lines, and nothing else changes. */
public final class LogTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private Optional<KernelLogReader> reader;

    private LogTail(Optional<KernelLogReader> reader) {
        this.reader = reader;
    }

    /**
     * Begins to read behind what is there.
     *
     * @param files the kernel's files
     * @return the tail
     */
    public static LogTail fromNow(KernelFiles files) {
        LogTail tail;
        try {
            tail = new LogTail(Optional.of(KernelLog.open(files)));
        } catch (TuxtapeException e) {
            LOG.debug("The kernel's log is not read.", e);
            return new LogTail(Optional.empty());
        }
        tail.lines();
        return tail;
    }

    /**
     * Reads on.
     *
     * @return the new messages; none from the first failure on
     */
    public List<String> lines() {
        try {
            return reader.stream()
                    .flatMap(open -> open.next().stream())
                    .filter(LogEntry::fromKernel)
                    .map(LogEntry::text)
                    .toList();
        } catch (TuxtapeException e) {
            LOG.debug("The kernel's log is read no further.", e);
            close();
            return List.of();
        }
    }

    @Override
    public void close() {
        Optional<KernelLogReader> open = reader;
        reader = Optional.empty();
        open.ifPresent(KernelLogReader::close);
    }
}
