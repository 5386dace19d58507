package org.tuxtape.livepatch.sysfs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    private static final Duration STAMP = Duration.ofSeconds(12).plus(345_678, ChronoUnit.MICROS);

    @Test
    void aRecordOfTheDeviceHasASeverityANumberATimeAndAText() {
        assertThat(LogLine.record("4,1206,12345678,-;livepatch: enabling patch 'a'"))
                .contains(new LogEntry(OptionalLong.of(1206), STAMP, 4, "livepatch: enabling patch 'a'"));
    }

    @Test
    void aRecordMayNameItsCallerAndMoreThatIsNotKnownYet() {
        assertThat(LogLine.record("6,7,12345678,c,caller=T42,weather=fine;half a line"))
                .contains(new LogEntry(OptionalLong.of(7), STAMP, 6, true, Optional.of("T42"), "half a line"));
    }

    @Test
    void aRecordOfAnotherFacilityIsNotTheKernels() {
        assertThat(LogLine.record("10,7,12345678,-;BUG: says a program")).get().satisfies(entry -> {
            assertThat(entry.fromKernel()).isFalse();
            assertThat(entry.level()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a\\xc3\\xa4 b\\x5cc | aä b\\c",
                "no \\xzz escape, and \\x4 | no \\xzz escape, and \\x4",
                "two\\x0alines, \\x1b[31mred | two lines,  [31mred",
                "\\xff is no UTF-8 | \uFFFD is no UTF-8",
                "turned \\xe2\\x80\\xae around | turned   around"
            })
    void whatIsEscapedIsReadAsTextThatIsSafeToPrint(String written, String read) {
        assertThat(LogLine.record("6,1,0,-;" + written)).map(LogEntry::text).contains(read);
    }

    @ParameterizedTest
    @CsvSource({
        "'6,1,0;text'",
        "'six,1,0,-;text'",
        "'6,99999999999999999999,0,-;text'",
        "'6,1,9999999999999999,-;text'",
        "''",
        "' SUBSYSTEM=pci'"
    })
    void whatIsNoRecordIsNone(String line) {
        assertThat(LogLine.record(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "[   12.345678] text|6",
                "<4>[   12.345678] text|4",
                "kern  :err   : [   12.345678] text|3",
                "[   12.345678] myhost kernel: text|6",
                "login: [   12.345678] text|6",
            })
    void theUsualToolsAndAConsoleWriteTheSameMessageInManyWays(String line, int level) {
        assertThat(LogLine.saved(line, Duration.ZERO))
                .isEqualTo(new LogEntry(OptionalLong.empty(), STAMP, level, "text"));
    }

    @ParameterizedTest
    @CsvSource({"'[   12.345678][   T42]  f+0x1/0x2'", "'[   12.345678] [   T42]  f+0x1/0x2'"})
    void aCallerIsNoPartOfTheText(String line) {
        assertThat(LogLine.saved(line, Duration.ZERO))
                .isEqualTo(new LogEntry(OptionalLong.empty(), STAMP, 6, true, Optional.of("T42"), " f+0x1/0x2"));
    }

    @ParameterizedTest
    @CsvSource({"'<12>[   12.345678] hello'", "'user  :warn  : [   12.345678] hello'"})
    void aSavedLogMayTellWhatIsNotTheKernels(String line) {
        assertThat(LogLine.saved(line, Duration.ZERO).fromKernel()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 10:00:00 host kernel: hello",
                "Nov  3 10:00:00 host kernel: hello",
                "2026-11-23T10:00:00+0100 host kernel: hello",
                "2026-11-23T10:00:00.123456+01:00 host kernel: hello",
                "[Mon Nov 23 10:00:00 2026] hello",
            })
    void aDateIsNoPartOfTheTextAndNoTimeSinceBoot(String line) {
        assertThat(LogLine.saved(line, STAMP)).isEqualTo(new LogEntry(OptionalLong.empty(), STAMP, 6, "hello"));
    }

    @Test
    void aLineWithoutATimeIsAMessageOfTheTimeBefore() {
        assertThat(LogLine.saved("<3>cut off", STAMP))
                .isEqualTo(new LogEntry(OptionalLong.empty(), STAMP, 3, "cut off"));
        assertThat(LogLine.saved("cut off", STAMP)).isEqualTo(new LogEntry(OptionalLong.empty(), STAMP, 6, "cut off"));
    }

    @Property
    void aRecordIsReadAsItWasWritten(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long sequence,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long micros,
            @ForAll @IntRange(max = 7) int level,
            @ForAll boolean fromKernel,
            @ForAll @StringLength(max = 40) String any) {
        String text = safe(any);
        LogEntry entry = new LogEntry(
                OptionalLong.of(sequence),
                Duration.of(micros, ChronoUnit.MICROS),
                level,
                fromKernel,
                Optional.of("C1"),
                text);
        assertThat(LogLine.record(written(entry))).contains(entry);
    }

    @Property
    void anyLineIsAMessageOfOneSafeLine(@ForAll @StringLength(max = 200) String line) {
        LogEntry entry = LogLine.record(line).orElseGet(() -> LogLine.saved(line, STAMP));
        assertThat(entry.text()).isEqualTo(safe(entry.text()));
    }

    /** As the kernel writes it: what is no printable ASCII, and the backslash, as {@code \xNN}. */
    private static String written(LogEntry entry) {
        StringBuilder line = new StringBuilder();
        line.append(entry.level() + (entry.fromKernel() ? 0 : 8)).append(',');
        line.append(entry.sequence().orElseThrow()).append(',');
        line.append(entry.sinceBoot().toNanos() / 1000)
                .append(",-,caller=")
                .append(entry.caller().orElseThrow());
        line.append(';');
        for (byte b : entry.text().getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b >= 127 || b == '\\') {
                line.append("\\x%02x".formatted(b));
            } else {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static String safe(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cc}\\u2028\\u2029\\p{Cf}&&[\\x{0}-\\x{FFFF}]]", " ");
    }
}
