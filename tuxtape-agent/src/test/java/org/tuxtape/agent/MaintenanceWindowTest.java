package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static MaintenanceWindow window(String text) {
        return MaintenanceWindow.parse(text, ZoneOffset.UTC);
    }

    @Test
    void itIsReadAsPeopleWriteIt() {
        assertThat(window("Sat,Sun 02:00-05:00 Europe/Berlin"))
                .isEqualTo(new MaintenanceWindow(
                        EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        LocalTime.of(2, 0),
                        Duration.ofHours(3),
                        BERLIN));
        assertThat(window("22:30-01:00").length()).isEqualTo(Duration.ofMinutes(150));
        assertThat(window("22:30-01:00").days()).hasSize(7);
        assertThat(window("00:00-00:00").length()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02:00", "Sam 02:00-05:00", "02:00-25:00", "02:00-05:00 Nowhere/Land", "always"})
    void whatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> window(text));
    }

    // 2026-01-01 is a Thursday.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            02:00-05:00     | 2026-01-01T01:59:59Z | false
            02:00-05:00     | 2026-01-01T02:00:00Z | true
            02:00-05:00     | 2026-01-01T04:59:59Z | true
            02:00-05:00     | 2026-01-01T05:00:00Z | false
            Thu 22:00-04:00 | 2026-01-02T03:00:00Z | true
            Thu 22:00-04:00 | 2026-01-01T03:00:00Z | false
            Fri 00:00-00:00 | 2026-01-02T23:59:59Z | true
            02:00-05:00 Europe/Berlin | 2026-01-01T01:30:00Z | true
            """)
    void itIsOpenFromItsBeginningUntilItsEnd(String text, Instant now, boolean isOpen) {
        assertThat(window(text).isOpen(now)).isEqualTo(isOpen);
    }

    /** In Berlin the clock jumped from 2 to 3 on 2026-03-29, and goes back from 3 to 2 on 2026-10-25. */
    @Test
    void itIsAsLongAsEverWhenTheClockJumps() {
        MaintenanceWindow window = window("02:30-03:30 Europe/Berlin");
        Instant spring = Instant.parse("2026-03-29T01:30:00Z");
        assertThat(window.opensAfter(Instant.parse("2026-03-29T00:00:00Z"))).isEqualTo(spring);
        assertThat(window.isOpen(spring.plusSeconds(3599))).isTrue();
        assertThat(window.isOpen(spring.plusSeconds(3600))).isFalse();
        Instant autumn = Instant.parse("2026-10-25T00:30:00Z");
        assertThat(window.opensAfter(Instant.parse("2026-10-24T12:00:00Z"))).isEqualTo(autumn);
        assertThat(window.isOpen(autumn.plusSeconds(3599))).isTrue();
        assertThat(window.isOpen(autumn.plusSeconds(3600))).isFalse();
    }

    @Property
    void whereItIsShutItOpensWhenItSaysSo(
            @ForAll @IntRange(max = 400 * 24 * 60) int minutes,
            @ForAll DayOfWeek day,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(min = 1, max = 23 * 60) int length) {
        MaintenanceWindow window =
                new MaintenanceWindow(EnumSet.of(day), LocalTime.of(hour, 0), Duration.ofMinutes(length), BERLIN);
        Instant now = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minutes));

        Instant opens = window.opensAfter(now);

        assertThat(opens).isAfter(now).isBeforeOrEqualTo(now.plus(Duration.ofDays(8)));
        assertThat(window.isOpen(opens)).isTrue();
        assertThat(window.isOpen(opens.minusMillis(1))).isFalse();
    }
}
