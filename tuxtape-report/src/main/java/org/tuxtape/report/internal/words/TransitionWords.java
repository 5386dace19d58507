package org.tuxtape.report.internal.words;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.TransitionOutcome;

/** How a livepatch came into force, or out of it. */
final class TransitionWords {
    private TransitionWords() {}

    static Sentences of(TransitionOutcome outcome) {
        if (outcome instanceof TransitionOutcome.Completed done) {
            String forced = done.forced() ? ", by force" : "";
            return with("Done in " + Times.text(done.took()) + forced + ".", done.remarks().stream());
        }
        if (outcome instanceof TransitionOutcome.AlreadySo) {
            return Sentences.of("It was so already.");
        }
        if (outcome instanceof TransitionOutcome.Reversed reversed) {
            return with("Turned around at the deadline.", tasks(reversed.blocking()));
        }
        if (outcome instanceof TransitionOutcome.StillRunning running) {
            String direction =
                    running.direction().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return with("The transition still runs: " + direction + ".", tasks(running.blocking()));
        }
        if (outcome instanceof TransitionOutcome.Refused refused) {
            String errno = refused.obstacle().errno();
            return Sentences.of(
                    "Refused: " + refused.obstacle().reason() + (errno.isEmpty() ? "" : " (" + errno + ")"));
        }
        return outcome instanceof TransitionOutcome.Cancelled cancelled
                ? with("Cancelled.", tasks(cancelled.blocking()))
                : Sentences.of();
    }

    private static Stream<String> tasks(List<BlockingTask> blocking) {
        return blocking.stream().map(task -> task.describe() + ".");
    }

    private static Sentences with(String first, Stream<String> more) {
        return Sentences.of(Stream.concat(Stream.of(first), more).toList());
    }
}
