package org.tuxtape.livepatch.sysfs.log;

import java.util.List;

/**
 * Reads a kernel's log as it grows. For one thread at a time.
 *
 * @since 0.1
 */
public interface KernelLogReader extends AutoCloseable {

    /**
     * Returns what has come since the last call, the first time since the oldest message that the kernel still has.
     *
     * @return the messages in their order; empty if there is nothing new. Never waits for new ones, and at most a moment
     *     for those that are there. Some 200,000 at most; the others come with the next call
     * @throws org.tuxtape.core.TuxtapeException if the log cannot be read
     */
    List<LogEntry> next();

    /**
     * Tells how many messages were overwritten before they could be read, as far as the numbers show it.
     *
     * @return zero or more, over all calls of {@link #next()}
     */
    long lost();

    /** Ends the reading; nothing stays open. */
    @Override
    void close();
}
