package org.tuxtape.livepatch.sysfs.log;

/** Finds the messages that are missing by the numbers of those that are there. */
final class SequenceGaps {
    private long expected = -1;

    /**
     * Takes the next message.
     *
     * @param entry the message
     * @return how many are missing before it; 0 also for the first one, and where numbers are not kept or start again
     */
    long before(LogEntry entry) {
        if (entry.sequence().isEmpty()) {
            return 0;
        }
        long sequence = entry.sequence().getAsLong();
        long missing = expected < 0 ? 0 : Math.max(0, sequence - expected);
        expected = sequence + 1;
        return missing;
    }
}
