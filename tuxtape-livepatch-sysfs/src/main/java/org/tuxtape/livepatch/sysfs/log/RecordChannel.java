package org.tuxtape.livepatch.sysfs.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;

/**
 * Reads {@code /dev/kmsg}, which gives one record per read, and fails a read with {@code EPIPE} after records were
 * overwritten; the next one goes on at the oldest that there is.
 */
final class RecordChannel {
    /** How many messages a reader collects before it returns them: more than a usual kernel keeps. */
    static final int MOST_AT_ONCE = 200_000;

    /** How often in a row reading may fail before that is no longer a log that overtakes its reader. */
    private static final int FAILURES = 16;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LogLines.LONGEST);
    private final LogLines lines = new LogLines();
    private int failures;

    RecordChannel(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads once; {@link #take} gives what that brought.
     *
     * @return whether there may be more; {@code false} if there is nothing now
     * @throws IOException if the channel was closed, or cannot be read at all
     */
    boolean fill() throws IOException {
        buffer.clear();
        try {
            boolean more = channel.read(buffer) > 0;
            failures = 0;
            return more;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // The JDK does not tell the number of the error. What was lost shows in the numbers of the messages.
            if (++failures == FAILURES) {
                throw e;
            }
            buffer.clear();
            return true;
        } finally {
            buffer.flip();
        }
    }

    /**
     * Gives the messages that are complete.
     *
     * @param sink gets them in their order
     */
    void take(Consumer<? super LogEntry> sink) {
        lines.feed(buffer, sink);
    }
}
