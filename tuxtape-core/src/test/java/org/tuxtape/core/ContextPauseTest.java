package org.tuxtape.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextPauseTest {
    private final List<Duration> naps = new ArrayList<>();
    private final CancellationToken token = CancellationToken.create();
    private final Context context = Context.standard().with(token).sleepingBy(naps::add);

    @AfterEach
    void noInterruptIsLeftBehind() {
        Thread.interrupted();
    }

    @Test
    void aPauseIsSleptInNapsShortEnoughToHearAWishToStop() {
        context.pause(Duration.ofMillis(250).plusNanos(1));

        assertThat(naps)
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofMillis(50).plusNanos(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void noTimeIsNoPause(String duration) {
        context.pause(Duration.parse(duration));

        assertThat(naps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT1S"})
    void whoIsCancelledDoesNotSleepAndGoesNoFurther(String duration) {
        token.cancel();

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> context.pause(Duration.parse(duration)));
        assertThat(naps).isEmpty();
    }

    @Test
    void aWishToStopIsHeardAfterTheNapInWhichItCame() {
        Context cancelledInNap = context.sleepingBy(nap -> {
            naps.add(nap);
            token.cancel();
        });

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> cancelledInNap.pause(Duration.ofMinutes(1)));
        assertThat(naps).hasSize(1);
    }

    /** Injected fault: the thread is interrupted while it waits. */
    @Test
    void anInterruptIsAWishToStopAndIsNotSwallowed() {
        Context interrupted = context.sleepingBy(nap -> {
            throw new InterruptedException();
        });

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> interrupted.pause(Duration.ofMillis(1)));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void theSleeperOfThreadsHearsAnInterruptThatIsThereAlready() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Sleeper.ofThreads().sleep(Duration.ofDays(1)));
    }

    @Test
    void theSleeperOfThreadsTakesTheShortestOfTimes() throws InterruptedException {
        Sleeper.ofThreads().sleep(Duration.ofNanos(1));
        Sleeper.ofThreads().sleep(Duration.ofMillis(1).plusNanos(999_999));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
