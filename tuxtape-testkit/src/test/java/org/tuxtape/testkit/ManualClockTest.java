package org.tuxtape.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

    @Test
    void itMovesOnlyWhenItIsTold() {
        ManualClock clock = ManualClock.create();
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        clock.advance(Duration.ofMinutes(2));
        clock.advance(Duration.ofNanos(1));
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(120).plusNanos(1));
    }

    @Test
    void itStartsWhereItIsTold() {
        assertThat(ManualClock.at(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void itDoesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManualClock.create().advance(Duration.ofSeconds(-1)));
    }

    @Test
    void anotherZoneShowsTheSameTime() {
        ManualClock clock = ManualClock.create();
        Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
        clock.advance(Duration.ofHours(1));
        assertThat(tokyo.instant()).isEqualTo(clock.instant());
        assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
