package org.tuxtape.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
    private static final Event EVENT = new Event.Noted("read a.mbox", "Something.");

    @Test
    void theStandardContextIsNeverCancelledAndTellsNobody() {
        Context standard = Context.standard();

        assertThat(standard.cancellation()).isSameAs(CancellationToken.never());
        assertThat(standard.clock().getZone()).isEqualTo(ZoneOffset.UTC);
        assertThatCode(() -> standard.tell(EVENT)).doesNotThrowAnyException();
    }

    @Test
    void theStandardClockStartsWithTheSystemsTimeAndRunsSteadily() {
        Instant before = Instant.now();
        Clock clock = Context.standard().clock();
        Instant first = clock.instant();

        assertThat(first).isBetween(before, Instant.now());
        assertThat(clock.instant()).isAfterOrEqualTo(first);
        assertThat(clock.withZone(ZoneOffset.MAX).getZone()).isEqualTo(ZoneOffset.MAX);
    }

    @Test
    void eachWithReplacesOnePartAndKeepsTheOthers() {
        CancellationToken token = CancellationToken.create();
        EventListener listener = event -> {};
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

        Context context = Context.standard().with(token).with(listener).with(clock);

        assertThat(context)
                .isEqualTo(
                        new Context(token, listener, clock, Context.standard().sleeper()));
    }

    @Test
    void everyEventGoesToTheListener() {
        List<Event> heard = new ArrayList<>();

        Context.standard().with(heard::add).tell(EVENT);

        assertThat(heard).containsExactly(EVENT);
    }

    @Test
    void aListenerThatThrowsDoesNotDisturbTheCaller() {
        List<Event> heard = new ArrayList<>();
        Context context = Context.standard().with((EventListener) event -> {
            heard.add(event);
            throw new IllegalStateException("The listener is broken.");
        });

        assertThatCode(() -> {
                    context.tell(EVENT);
                    context.tell(EVENT);
                })
                .doesNotThrowAnyException();
        assertThat(heard).containsExactly(EVENT, EVENT);
    }

    @Test
    void noPartMayBeMissing() {
        Context standard = Context.standard();

        assertThatNullPointerException().isThrownBy(() -> standard.with((CancellationToken) null));
        assertThatNullPointerException().isThrownBy(() -> standard.with((EventListener) null));
        assertThatNullPointerException().isThrownBy(() -> standard.with((Clock) null));
    }
}
