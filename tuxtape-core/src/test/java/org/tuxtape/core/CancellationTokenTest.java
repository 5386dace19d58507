package org.tuxtape.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CancellationTokenTest {

    @Test
    void aNewTokenIsNotCancelled() {
        CancellationToken token = CancellationToken.create();

        assertThat(token.isCancelled()).isFalse();
        assertThatCode(token::throwIfCancelled).doesNotThrowAnyException();
    }

    @Test
    void aRequestIsFinalAndAskingAgainChangesNothing() {
        CancellationToken token = CancellationToken.create();

        token.cancel();
        token.cancel();

        assertThat(token.isCancelled()).isTrue();
        assertThatExceptionOfType(CancelledException.class).isThrownBy(token::throwIfCancelled);
        assertThat(token.isCancelled()).isTrue();
    }

    @Test
    void tokensAreIndependentOfEachOther() {
        CancellationToken one = CancellationToken.create();
        CancellationToken other = CancellationToken.create();

        one.cancel();

        assertThat(other.isCancelled()).isFalse();
    }

    @Test
    void aRequestIsSeenByOtherThreads() throws InterruptedException {
        CancellationToken token = CancellationToken.create();
        Thread worker = new Thread(() -> {
            while (!token.isCancelled()) {
                Thread.onSpinWait();
            }
        });
        worker.setDaemon(true);
        worker.start();

        token.cancel();
        worker.join(10_000);

        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void theTokenThatNobodyMeansToCancelRefuses() {
        CancellationToken never = CancellationToken.never();

        assertThatIllegalStateException().isThrownBy(never::cancel).withMessageContaining("CancellationToken.create()");
        assertThat(never.isCancelled()).isFalse();
        assertThatCode(never::throwIfCancelled).doesNotThrowAnyException();
    }
}
