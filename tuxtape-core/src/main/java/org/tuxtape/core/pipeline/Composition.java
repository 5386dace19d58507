package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchModule;

/**
 * What became of many fixes that were to be put into one module.
 *
 * @param outcome how it ended: the module with all that is in; that nothing is in; or how the build failed for a cause that
 *     lies in no fix
 * @param included what is in, in the order in which it is applied; of a composition that did not end, what was in so far
 * @param leftOut what is not in, in the same order
 * @since 0.1
 */
public record Composition(BuildOutcome outcome, List<CveId> included, List<LeftOut> leftOut) {

    /** Copies the lists. */
    public Composition {
        Objects.requireNonNull(outcome, "outcome");
        included = List.copyOf(included);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Returns the module.
     *
     * @return the module; empty if none was built
     */
    public Optional<LivepatchModule> module() {
        return outcome instanceof BuildOutcome.Built built ? Optional.of(built.module()) : Optional.empty();
    }
}
