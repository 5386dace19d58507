package org.tuxtape.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Event;
import org.tuxtape.core.Event.Advanced;
import org.tuxtape.core.Event.End;
import org.tuxtape.core.Event.Ended;
import org.tuxtape.core.Event.Noted;
import org.tuxtape.core.Event.Started;

final class RecordingListenerTest {
    private final RecordingListener listener = new RecordingListener();

    private static Started started(String task) {
        return new Started(task, OptionalLong.empty(), "files");
    }

    private void tell(Event... events) {
        for (Event event : events) {
            listener.on(event);
        }
    }

    private void assertViolated(String violation) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(listener::assertWellFormed)
                .withMessageContaining(violation);
    }

    @Test
    void tasksSideBySideAndOneAfterAnotherAreWellFormed() {
        tell(
                started("a"),
                started("b"),
                new Advanced("a", 1),
                new Noted("b", "Well."),
                new Advanced("a", 1),
                new Ended("a", End.COMPLETED),
                started("a"),
                new Advanced("a", 0),
                new Ended("b", End.FAILED),
                new Ended("a", End.CANCELLED));
        assertThatNoException().isThrownBy(listener::assertWellFormed);
        assertThat(listener.events()).hasSize(10);
        assertThat(listener.running()).isEmpty();
    }

    @Test
    void aTaskThatRunsHasNotEnded() {
        tell(started("a"));
        assertThat(listener.running()).containsExactly("a");
        assertViolated("The task 'a' has not ended.");
    }

    @Test
    void aTaskStartsOnce() {
        tell(started("a"), started("a"), new Ended("a", End.COMPLETED));
        assertViolated("came while the task was running");
    }

    @Test
    void nothingComesBeforeTheStart() {
        tell(new Noted("a", "Early."), started("a"), new Ended("a", End.COMPLETED));
        assertViolated("Noted[task=a, message=Early.] came while the task was not running.");
    }

    @Test
    void nothingComesAfterTheEnd() {
        tell(started("a"), new Ended("a", End.COMPLETED), new Advanced("a", 1));
        assertViolated("came while the task was not running");
    }

    @Test
    void nothingThatIsDoneIsUndone() {
        tell(started("a"), new Advanced("a", 2), new Advanced("a", 1), new Ended("a", End.COMPLETED));
        assertViolated("Advanced[task=a, done=1] fell from 2.");
    }
}
