package org.tuxtape.agent;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.core.TuxtapeException;

/**
 * One run of an agent.
 *
 * @param outcome what it did
 * @param report what was reported at its end; empty if there was nothing to report, since another agent is at work, or the
 *     kernel cannot be identified
 * @param reportFault why a report did not arrive; empty if all did. It changes nothing of what was done
 * @since 0.1
 */
public record AgentRun(AgentOutcome outcome, Optional<NodeReport> report, Optional<TuxtapeException> reportFault) {

    /** Rejects {@code null}. */
    public AgentRun {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(reportFault, "reportFault");
    }
}
