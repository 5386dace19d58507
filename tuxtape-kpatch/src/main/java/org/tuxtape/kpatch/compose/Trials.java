package org.tuxtape.kpatch.compose;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;

/** The builds that are made: none twice, no more than allowed, and none once something ended them. */
final class Trials {
    /** What no fix is to blame for. More builds would only meet it again. */
    private static final Set<BuildFailure> OF_THE_PLACE = EnumSet.of(
            BuildFailure.MISSING_TOOL,
            BuildFailure.MISSING_DEBUG_INFO,
            BuildFailure.KERNEL_MISMATCH,
            BuildFailure.CONFIG_UNSUPPORTED,
            BuildFailure.COMPILER_MISMATCH,
            BuildFailure.TOO_LARGE,
            BuildFailure.TIMEOUT,
            BuildFailure.NO_SPACE);

    private final PatchBuilder builder;
    private final BuildRequest wanted;
    private final List<Fix> candidates;
    private final int most;
    private final Context context;
    private final Map<Choice, BuildOutcome> made = new HashMap<>();
    private int builds;
    private boolean cancelled;
    private Optional<BuildOutcome.Failed> failure = Optional.empty();

    Trials(PatchBuilder builder, BuildRequest wanted, List<Fix> candidates, int most, Context context) {
        this.builder = builder;
        this.wanted = wanted;
        this.candidates = candidates;
        this.most = most;
        this.context = context;
    }

    static String task(BuildRequest wanted) {
        return "compose " + wanted.name();
    }

    static boolean isGood(BuildOutcome outcome) {
        return outcome instanceof BuildOutcome.Built || outcome instanceof BuildOutcome.NoChange;
    }

    /** Builds at least one fix, unless that was done before. Empty if no more builds are made. */
    Optional<BuildOutcome> of(Choice choice) {
        BuildOutcome known = made.get(choice);
        if (known != null || isOver()) {
            return Optional.ofNullable(known);
        }
        BuildOutcome outcome = build(choice);
        if (outcome instanceof BuildOutcome.Cancelled) {
            cancelled = true;
            return Optional.empty();
        }
        if (outcome instanceof BuildOutcome.Failed failed
                && OF_THE_PLACE.contains(failed.diagnosis().failure())) {
            failure = Optional.of(failed);
            return Optional.empty();
        }
        made.put(choice, outcome);
        return Optional.of(outcome);
    }

    private boolean isOver() {
        cancelled |= context.cancellation().isCancelled();
        return cancelled || failure.isPresent() || builds >= most;
    }

    private BuildOutcome build(Choice choice) {
        builds++;
        note("Build " + builds + ": " + choice.size() + " of " + candidates.size() + " fixes.");
        BuildOutcome outcome;
        try {
            outcome = builder.build(request(choice), context);
        } catch (CancelledException e) {
            return new BuildOutcome.Cancelled();
        }
        context.tell(new Event.Advanced(task(wanted), builds));
        if (outcome instanceof BuildOutcome.Failed failed) {
            note("It failed: " + failed.diagnosis().failure() + ". "
                    + failed.diagnosis().remedy());
        }
        return outcome;
    }

    private BuildRequest request(Choice choice) {
        return new BuildRequest(wanted.name(), wanted.kernel(), fixes(choice), wanted.replacement());
    }

    private void note(String message) {
        context.tell(new Event.Noted(task(wanted), message));
    }

    List<Fix> fixes(Choice choice) {
        return choice.places().mapToObj(candidates::get).toList();
    }

    int builds() {
        return builds;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Returns the failure that lies in no fix and ended the builds. */
    Optional<BuildOutcome.Failed> failure() {
        return failure;
    }
}
