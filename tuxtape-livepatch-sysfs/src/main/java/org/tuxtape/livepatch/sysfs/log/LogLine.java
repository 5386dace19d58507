package org.tuxtape.livepatch.sysfs.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a log in any of the forms that the kernel and its usual tools give it. Times are below 32 years, so that
 * they fit into nanoseconds.
 */
final class LogLine {
    private static final int INFORMATIONAL = 6;
    private static final int KERNEL = 0;
    private static final int USER = 1;

    /** {@code prefix,sequence,microseconds,flags[,key=value]*;text}, see devkmsg_read in kernel/printk/printk.c. */
    private static final Pattern RECORD = Pattern.compile(
            "(?<prefix>\\d{1,6}),(?<sequence>\\d{1,18}),(?<micros>\\d{1,15}),(?<more>[^;]{0,200});(?<text>.*)");

    private static final Pattern CALLER = Pattern.compile("(?:^|,)caller=([TC]\\d{1,10})(?:,|$)");

    /** An optional {@code <6>} or {@code kern  :info  : }, the time, the caller, what journalctl adds, and the text. */
    private static final Pattern STAMPED = Pattern.compile("(?:<(?<prefix>\\d{1,6})>|(?<facility>[a-z0-9]{1,8}) *:"
            + "(?<level>[a-z]{1,6}) *: ?)?"
            + "\\[ {0,12}(?<seconds>\\d{1,9})\\.(?<micros>\\d{6})\\]"
            + "(?: ?\\[ {0,12}(?<caller>[TC]\\d{1,10})\\])?"
            + "(?: \\S{1,255} kernel:)? ?(?<text>.*)");

    private static final Pattern STAMP = Pattern.compile("\\[ {0,12}\\d{1,9}\\.\\d{6}\\]");

    private static final Pattern PREFIXED = Pattern.compile("<(?<prefix>\\d{1,6})>(?<text>.*)");

    /** The date instead of the time: what journalctl and syslog give by default, and {@code dmesg -T}. */
    private static final Pattern DATED = Pattern.compile(
            "(?:(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT\\S{8,40}) \\S{1,255} kernel:"
                    + "|\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}\\]) ?(?<text>.*)");

    /** The severities in their order, by the names of {@code dmesg -x}. */
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");

    private LogLine() {}

    /**
     * Reads a line as {@code /dev/kmsg} writes it.
     *
     * @param line without its end
     * @return the message; empty if the line is no such record
     */
    static Optional<LogEntry> record(String line) {
        Matcher record = RECORD.matcher(line);
        if (!record.matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(record.group("prefix"));
        Matcher caller = CALLER.matcher(record.group("more"));
        return Optional.of(new LogEntry(
                OptionalLong.of(Long.parseLong(record.group("sequence"))),
                Duration.of(Long.parseLong(record.group("micros")), ChronoUnit.MICROS),
                prefix & 7,
                prefix >> 3 == KERNEL,
                caller.find() ? Optional.of(caller.group(1)) : Optional.empty(),
                safe(unescaped(record.group("text")))));
    }

    /**
     * Reads a line as the usual tools and a console write it. Every line is a message.
     *
     * @param line without its end
     * @param before the time of the message before, for a line that bears none
     * @return the message
     */
    static LogEntry saved(String line, Duration before) {
        Matcher stamped = STAMPED.matcher(line);
        if (stamped.matches()) {
            return stamped(stamped);
        }
        // On a console the kernel writes behind what a program has left there, for example a prompt.
        Matcher stamp = STAMP.matcher(line);
        if (stamp.find() && stamped.region(stamp.start(), line.length()).matches()) {
            return stamped(stamped);
        }
        Matcher dated = DATED.matcher(line);
        if (dated.matches()) {
            return entry(before, INFORMATIONAL, Optional.empty(), dated.group("text"));
        }
        Matcher prefixed = PREFIXED.matcher(line);
        if (prefixed.matches()) {
            return entry(before, Integer.parseInt(prefixed.group("prefix")), Optional.empty(), prefixed.group("text"));
        }
        return entry(before, INFORMATIONAL, Optional.empty(), line);
    }

    private static LogEntry stamped(Matcher line) {
        int prefix = INFORMATIONAL;
        if (line.group("prefix") != null) {
            prefix = Integer.parseInt(line.group("prefix"));
        } else if (line.group("level") != null) {
            int level = LEVELS.indexOf(line.group("level"));
            int facility = "kern".equals(line.group("facility")) ? KERNEL : USER;
            prefix = facility << 3 | (level < 0 ? INFORMATIONAL : level);
        }
        Duration sinceBoot = Duration.ofSeconds(Long.parseLong(line.group("seconds")))
                .plus(Long.parseLong(line.group("micros")), ChronoUnit.MICROS);
        return entry(sinceBoot, prefix, Optional.ofNullable(line.group("caller")), line.group("text"));
    }

    private static LogEntry entry(Duration sinceBoot, int prefix, Optional<String> caller, String text) {
        return new LogEntry(OptionalLong.empty(), sinceBoot, prefix & 7, prefix >> 3 == KERNEL, caller, safe(text));
    }

    /** The kernel writes what is no printable ASCII, and the backslash, as {@code \xNN}. */
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '\\' && i + 3 < escaped.length && escaped[i + 1] == 'x') {
                int high = Character.digit(escaped[i + 2], 16);
                int low = Character.digit(escaped[i + 3], 16);
                if (high >= 0 && low >= 0) {
                    bytes.write(high << 4 | low);
                    i += 3;
                    continue;
                }
            }
            bytes.write(escaped[i]);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The log holds what programs and devices call themselves; none of it may move a cursor or turn a line around. */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            switch (Character.getType(safe.charAt(i))) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    safe.setCharAt(i, ' ');
                default -> {}
            }
        }
        return safe.toString();
    }
}
