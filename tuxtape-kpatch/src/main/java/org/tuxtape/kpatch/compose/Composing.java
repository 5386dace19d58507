package org.tuxtape.kpatch.compose;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.compose.CompositionPolicy.Depth;

/** One call of a {@link PatchComposer}, step by step. */
final class Composing {
    private final BuildRequest wanted;
    private final List<Fix> candidates;
    private final SourceText source;
    private final Depth depth;
    private final Trials trials;
    private final Accusation accusation;
    private final Isolation isolation;
    private final Effects effects;
    private final Map<Integer, LeftOut.Reason> reasons = new TreeMap<>();

    Composing(
            PatchBuilder builder,
            Comparator<Fix> order,
            SourceText source,
            CompositionPolicy policy,
            BuildRequest asked,
            Context context) {
        this.source = source;
        depth = policy.depth();
        candidates = asked.fixes().stream().distinct().sorted(order).toList();
        wanted = new BuildRequest(
                asked.name(), asked.kernel(), asked.fixes().stream().distinct().toList(), asked.replacement());
        trials = new Trials(builder, wanted, candidates, policy.mostBuilds(candidates.size()), context);
        accusation = new Accusation(candidates, source);
        isolation = new Isolation(trials, accusation);
        effects = new Effects(trials, source);
    }

    CompositionOutcome run(Optional<Composition> before) {
        List<Fix> keptFixes = before.map(Composition::fixes).orElse(List.of());
        List<LeftOut> leftOut = before.map(Composition::leftOut).orElse(List.of());
        leftOut.stream().filter(Composing::isForGood).forEach(this::takeOver);
        candidatesThat(source::holds).places().forEach(place -> leaveOut(place, new LeftOut.AlreadyThere(List.of())));
        Choice open = Choice.upTo(candidates.size()).minus(Choice.of(reasons.keySet()));
        Choice kept = open.only(candidatesThat(keptFixes::contains)::contains);
        Choice aside =
                open.only(candidatesThat(leftOut.stream().map(LeftOut::fix).toList()::contains)::contains);
        isolation.begin(kept, open.minus(kept).minus(aside));
        isolation.retry(aside);
        for (Choice idle = idle(); !idle.isEmpty(); idle = idle()) {
            idle.places().forEach(place -> leaveOut(place, new LeftOut.NoChange(effects.reason())));
            isolation.drop(idle);
            isolation.retry(Choice.none());
        }
        Explanation explanation = new Explanation(trials, isolation, accusation, source, depth);
        isolation.out().places().forEach(place -> leaveOut(place, explanation.of(place)));
        return outcome();
    }

    /** Finds those that are in and change nothing, if the others build without them. */
    private Choice idle() {
        Choice in = isolation.in();
        if (outcomeOf(in) instanceof BuildOutcome.NoChange none) {
            effects.seeNothing(in, none);
            return in;
        }
        if (!source.isKnown() || !(outcomeOf(in) instanceof BuildOutcome.Built built)) {
            return Choice.none();
        }
        effects.see(in, built);
        Choice idle = depth == Depth.EXPLAIN ? effects.seek(in) : Choice.none();
        return outcomeOf(in.minus(idle)) instanceof BuildOutcome.Built ? idle : Choice.none();
    }

    private Choice candidatesThat(Predicate<Fix> wish) {
        return Choice.upTo(candidates.size()).only(place -> wish.test(candidates.get(place)));
    }

    /** Tells whether no other fix would change the reason. */
    private static boolean isForGood(LeftOut fix) {
        return fix.reason() instanceof LeftOut.Fails || fix.reason() instanceof LeftOut.NoChange;
    }

    private void takeOver(LeftOut fix) {
        candidatesThat(fix.fix()::equals).places().forEach(place -> leaveOut(place, fix.reason()));
    }

    private void leaveOut(int place, LeftOut.Reason reason) {
        reasons.put(place, reason);
    }

    private CompositionOutcome outcome() {
        Composition composition = composition();
        if (trials.isCancelled()) {
            return new CompositionOutcome.Cancelled(composition, trials.builds());
        }
        if (trials.failure().isPresent()) {
            return new CompositionOutcome.Failed(composition, trials.failure().get(), trials.builds());
        }
        return outcomeOf(isolation.in()) instanceof BuildOutcome.Built built
                ? new CompositionOutcome.Built(composition, built.module(), built.report(), trials.builds())
                : new CompositionOutcome.Empty(composition, trials.builds());
    }

    private @Nullable BuildOutcome outcomeOf(Choice choice) {
        return choice.isEmpty() ? null : trials.of(choice).orElse(null);
    }

    private Composition composition() {
        return new Composition(
                wanted,
                isolation
                        .in()
                        .places()
                        .mapToObj(place -> new Included(candidates.get(place), effects.of(place)))
                        .toList(),
                reasons.entrySet().stream()
                        .map(reason -> new LeftOut(candidates.get(reason.getKey()), reason.getValue()))
                        .toList());
    }
}
