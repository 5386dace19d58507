package org.tuxtape.livepatch.sysfs.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes messages of bytes that come in pieces. Never holds more than one line. */
final class LogLines {
    /** The longest line that is kept; a record of the kernel is shorter. */
    static final int LONGEST = 16 * 1024;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private Duration before = Duration.ZERO;
    private boolean afterRecord;

    /**
     * Takes the next bytes.
     *
     * @param bytes read to their limit
     * @param sink gets each message whose line has ended
     */
    void feed(ByteBuffer bytes, Consumer<? super LogEntry> sink) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' || next == '\r') {
                end(sink);
            } else if (length < LONGEST) {
                line[length++] = next;
            }
        }
    }

    /**
     * Ends the line, as the end of a log does.
     *
     * @param sink gets its message, if it is one
     */
    void end(Consumer<? super LogEntry> sink) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        // A record is followed by lines " KEY=value" about the device that it is about.
        if (text.isBlank() || (afterRecord && text.startsWith(" "))) {
            return;
        }
        Optional<LogEntry> record = LogLine.record(text);
        afterRecord = record.isPresent();
        LogEntry entry = record.orElseGet(() -> LogLine.saved(text, before));
        before = entry.sinceBoot();
        sink.accept(entry);
    }
}
