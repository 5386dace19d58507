package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;

/**
 * Puts many fixes into one module.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Composer {

    /**
     * Composes a patch.
     *
     * @param wanted what it shall be, with all fixes that shall be in; each of them builds by itself
     * @param builder builds it
     * @param context cancellation, listener and clock
     * @return what is in, what is not, and the module; every fix that was wanted is one or the other
     * @throws org.tuxtape.core.TuxtapeException if the builder's own infrastructure is broken
     */
    Composition compose(BuildRequest wanted, PatchBuilder builder, Context context);

    /**
     * Returns the simplest composer: it builds all together, once. Where that fails nothing is in, for the same reason.
     *
     * @return a composer that isolates nothing
     */
    static Composer allTogether() {
        return (wanted, builder, context) -> {
            List<CveId> all = wanted.fixes().stream().map(Fix::cve).distinct().toList();
            BuildOutcome outcome = builder.build(wanted, context);
            return outcome instanceof BuildOutcome.Built
                    ? new Composition(outcome, all, List.of())
                    : new Composition(outcome, List.of(), leftOut(all, outcome));
        };
    }

    private static List<LeftOut> leftOut(List<CveId> all, BuildOutcome outcome) {
        Optional<BuildDiagnosis> diagnosis =
                outcome instanceof BuildOutcome.Failed failed ? Optional.of(failed.diagnosis()) : Optional.empty();
        String reason = "The build of all fixes together gave no module.";
        return all.stream().map(cve -> new LeftOut(cve, reason, diagnosis)).toList();
    }
}
