package org.tuxtape.examples.build;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.compose.Composition;
import org.tuxtape.kpatch.compose.CompositionOutcome;
import org.tuxtape.kpatch.compose.CompositionPolicy;
import org.tuxtape.kpatch.compose.PatchComposer;

/** One module for all fixes. */
record CumulativeBuild(PatchBuilder builder, CompositionPolicy policy, Consumer<FixResult> results, Context context) {

    /** Builds what is worth it, and tells whether all is fine. */
    boolean run(
            FixOptions.Wishes wishes, Function<List<Fix>, BuildRequest> asking, LintGate gate, boolean despiteLint) {
        Screening screening = Screening.ofMany(gate, despiteLint);
        List<FixResult> screened = wishes.wanted().stream().map(screening::of).toList();
        Map<Fix, FixResult.Hopeful> hopeful = new HashMap<>();
        boolean allFine = true;
        for (FixResult result : screened) {
            if (result instanceof FixResult.Hopeful each) {
                hopeful.put(each.fix().fix(), each);
            } else {
                allFine &= tell(result);
            }
        }
        if (hopeful.isEmpty()) {
            return allFine;
        }
        BuildRequest request = asking.apply(screened.stream()
                .filter(FixResult.Hopeful.class::isInstance)
                .map(each -> ((FixResult.Hopeful) each).fix().fix())
                .toList());
        Instant begin = context.clock().instant();
        CompositionOutcome outcome = PatchComposer.over(builder)
                .inOrder(wishes.order())
                .against(gate.screen().source()::text)
                .with(policy)
                .compose(request, context);
        Duration took = Duration.between(begin, context.clock().instant());
        for (FixResult result : perFix(outcome.composition(), hopeful)) {
            allFine &= tell(result);
        }
        int most = policy.mostBuilds(request.fixes().size());
        return tell(new FixResult.Together(request.name(), outcome, most, took)) && allFine;
    }

    private boolean tell(FixResult result) {
        results.accept(result);
        return result.isFine();
    }

    private static List<FixResult> perFix(Composition composition, Map<Fix, FixResult.Hopeful> hopeful) {
        Stream<FixResult> in = composition.included().stream()
                .map(each -> new FixResult.Among(Objects.requireNonNull(hopeful.get(each.fix())), each));
        Stream<FixResult> out = composition.leftOut().stream()
                .map(each -> new FixResult.Out(Objects.requireNonNull(hopeful.get(each.fix())), each));
        return Stream.concat(in, out).toList();
    }
}
