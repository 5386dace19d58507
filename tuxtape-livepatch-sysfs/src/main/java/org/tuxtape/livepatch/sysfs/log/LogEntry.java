package org.tuxtape.livepatch.sysfs.log;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One message of the kernel's log.
 *
 * @param sequence its number, which rises by one per message; empty in saved logs that do not keep it
 * @param sinceBoot when it was written, by the kernel's own clock; where a saved log does not keep it, the time of the
 *     message before, at first zero
 * @param level its severity, 0 (emergency) to 7 (debug); 6 where a saved log does not keep it
 * @param fromKernel whether the kernel wrote it; {@code false} where the log names another facility, which programs
 *     that write to {@code /dev/kmsg} always have
 * @param caller the task or processor that wrote it, for example {@code T123} or {@code C1}; empty for kernels without
 *     {@code CONFIG_PRINTK_CALLER}
 * @param text the message without its prefix, one line
 * @see <a href="https://www.kernel.org/doc/Documentation/ABI/testing/dev-kmsg">/dev/kmsg</a>
 * @since 0.1
 */
public record LogEntry(
        OptionalLong sequence,
        Duration sinceBoot,
        int level,
        boolean fromKernel,
        Optional<String> caller,
        String text) {

    /** Rejects {@code null} and a severity that there is not. */
    public LogEntry {
        Objects.requireNonNull(sequence, "sequence");
        Objects.requireNonNull(sinceBoot, "sinceBoot");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(text, "text");
        if (level < 0 || level > 7) {
            throw new IllegalArgumentException("Not a severity: " + level + ".");
        }
    }

    /**
     * A message of the kernel whose writer is not known.
     *
     * @param sequence its number; empty if not kept
     * @param sinceBoot when it was written
     * @param level its severity, 0 to 7
     * @param text the message without its prefix, one line
     */
    public LogEntry(OptionalLong sequence, Duration sinceBoot, int level, String text) {
        this(sequence, sinceBoot, level, true, Optional.empty(), text);
    }
}
