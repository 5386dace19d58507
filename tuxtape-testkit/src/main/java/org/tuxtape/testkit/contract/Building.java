package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildOutcome.NoChange;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Hanging;
import org.tuxtape.testkit.contract.PatchBuilderSubject.Slow;

/** Builds by a new builder each time, and never without end. */
final class Building {
    private static final Duration HANGING = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private Building() {}

    static BuildOutcome of(PatchBuilderSubject subject, BuildRequest request) {
        return of(subject, request, subject.context());
    }

    static BuildOutcome of(PatchBuilderSubject subject, BuildRequest request, Context context) {
        return within(subject.builder(), request, context);
    }

    /** Builds what takes too long. */
    static BuildOutcome tooLong(PatchBuilderSubject subject, Slow slow) {
        return within(slow.builder().get(), slow.request(), subject.context());
    }

    private static BuildOutcome within(PatchBuilder builder, BuildRequest request, Context context) {
        return assertTimeoutPreemptively(HANGING, () -> builder.build(request, context));
    }

    /** Builds what has to be built. */
    static LivepatchModule built(PatchBuilderSubject subject, BuildRequest request) {
        BuildOutcome outcome = of(subject, request);
        assertThat(outcome).isInstanceOf(Built.class);
        return ((Built) outcome).module();
    }

    /** Builds what hangs, and cancels it there. */
    static BuildOutcome cancelled(PatchBuilderSubject subject, Hanging hanging, Context context) {
        CancellationToken token = CancellationToken.create();
        Thread canceller = new Thread(() -> cancelWhere(hanging, token), "canceller");
        canceller.start();
        try {
            return of(subject, hanging.request(), context.with(token));
        } finally {
            canceller.interrupt();
        }
    }

    private static void cancelWhere(Hanging hanging, CancellationToken token) {
        try {
            while (!hanging.reached().getAsBoolean()) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            token.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the build has ended without it
        }
    }

    /** Returns the log that an outcome names. */
    static Optional<Path> log(BuildOutcome outcome) {
        if (outcome instanceof Built built) {
            return built.report().log();
        } else if (outcome instanceof Failed failed) {
            return failed.report().log();
        }
        return outcome instanceof NoChange noChange ? noChange.report().log() : Optional.empty();
    }
}
