package org.tuxtape.agent;

import java.util.Optional;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.NodeState;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.kernel.KernelIdentity;

/** Tells the fleet what this machine does. That it cannot is written down, and changes nothing of what is done. */
final class Reporter {
    private static final String AGENT = "tuxtape-agent" + version();

    private final Pass.Parts parts;
    private final KernelIdentity kernel;
    private final Context context;
    private Optional<TuxtapeException> fault = Optional.empty();

    Reporter(Pass.Parts parts, KernelIdentity kernel, Context context) {
        this.parts = parts;
        this.kernel = kernel;
        this.context = context;
    }

    private static String version() {
        Module module = Agent.class.getModule();
        return Optional.ofNullable(module.getDescriptor())
                .flatMap(descriptor -> descriptor.rawVersion())
                .map(version -> " " + version)
                .orElse("");
    }

    /** What kept the first report that did not arrive. */
    Optional<TuxtapeException> fault() {
        return fault;
    }

    /** To be said before a load, since a machine that goes down with it says nothing any more. */
    void trying(PatchRef patch) {
        send(report(NodeState.TRYING, Optional.of(patch), Optional.empty()));
    }

    /** Says how it ended. */
    Optional<NodeReport> ended(AgentOutcome outcome) {
        Optional<NodeReport> report = Optional.empty();
        try {
            report = report(outcome);
            report.ifPresent(this::send);
        } catch (CancelledException e) {
            throw e;
        } catch (TuxtapeException e) {
            fault = fault.or(() -> Optional.of(e));
        }
        return report;
    }

    private Optional<NodeReport> report(AgentOutcome outcome) {
        if (outcome instanceof AgentOutcome.Current current) {
            return Optional.of(
                    current.patch().isPresent() ? patched(current.patch().get()) : unpatched());
        }
        if (outcome instanceof AgentOutcome.Taken taken) {
            return Optional.of(patched(taken.patch()));
        }
        if (outcome instanceof AgentOutcome.TakenBack) {
            return Optional.of(unpatched());
        }
        if (outcome instanceof AgentOutcome.TurnedDown down) {
            return troubled(NodeState.TURNED_DOWN, Optional.of(down.patch()), down);
        }
        if (outcome instanceof AgentOutcome.NotLoaded not) {
            return troubled(NodeState.NOT_LOADED, Optional.of(not.patch()), not);
        }
        if (outcome instanceof AgentOutcome.Held held) {
            return troubled(NodeState.FROZEN, held.wanted(), held);
        }
        if (outcome instanceof AgentOutcome.StillIn
                || outcome instanceof AgentOutcome.Foreign
                || outcome instanceof AgentOutcome.Failed) {
            return troubled(NodeState.FAILED, Optional.empty(), outcome);
        }
        return Optional.empty();
    }

    private NodeReport patched(PatchRef patch) {
        return report(NodeState.PATCHED, Optional.of(patch), Optional.empty());
    }

    private NodeReport unpatched() {
        return report(NodeState.UNPATCHED, Optional.empty(), Optional.empty());
    }

    private Optional<NodeReport> troubled(NodeState state, Optional<PatchRef> subject, AgentOutcome outcome) {
        return Optional.of(report(state, subject, Optional.of(outcome.reason())));
    }

    /** What is in force is looked up again: a state that does not fit it any more is a failure of its own. */
    private NodeReport report(NodeState state, Optional<PatchRef> subject, Optional<String> error) {
        Optional<PatchRef> inForce = InForce.of(parts.controller().loaded(), parts.store(), parts.kernel())
                .top()
                .map(InForce::ref);
        boolean fits = switch (state) {
            case PATCHED -> inForce.equals(subject);
            case UNPATCHED -> inForce.isEmpty();
            default -> true;
        };
        Checkup checkup = state == NodeState.TRYING ? Checkup.NONE : checkup(inForce);
        Optional<String> surprise =
                fits ? Optional.empty() : Optional.of("Somebody changes the livepatches meanwhile.");
        return new NodeReport(
                parts.options().node(),
                kernel,
                inForce,
                subject,
                fits ? state : NodeState.FAILED,
                checkup.health(),
                error.or(() -> surprise).or(checkup::complaint),
                context.clock().instant(),
                AGENT);
    }

    private Checkup checkup(Optional<PatchRef> inForce) {
        return Checkup.of(
                parts.options().probes(),
                inForce.map(PatchRef::name),
                parts.kernel().files(),
                context);
    }

    private void send(NodeReport report) {
        try {
            parts.reports().send(report, context);
        } catch (CancelledException e) {
            throw e;
        } catch (TuxtapeException e) {
            fault = fault.or(() -> Optional.of(e));
        }
    }
}
