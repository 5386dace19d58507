package org.tuxtape.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.Offer;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.ReportSink;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoreException;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome;

/** One run, from the first look to the outcome. For one thread. */
final class Pass {
    private static final String SELF = "tuxtape-agent";

    private final Parts parts;
    private final AgentDirectory directory;
    private final Context context;
    private final Trial trial;
    private final Brake brake;
    private AgentStep step = AgentStep.START;

    /** There as soon as it is known which kernel runs. */
    private Optional<Reporter> reporter = Optional.empty();

    /** What an agent is made of. */
    record Parts(
            LivepatchController controller,
            PatchStore store,
            RunningKernel kernel,
            ArchiveClient archive,
            ReportSink reports,
            AgentOptions options,
            Agent.Watch watch) {}

    Pass(Parts parts, AgentDirectory directory, Context context) {
        this.parts = parts;
        this.directory = directory;
        this.context = context;
        this.brake = new Brake(parts.kernel, parts.options.freeze(), parts.options.windows());
        Trial made = Trial.of(parts.controller, parts.store, () -> KernelLog.open(parts.kernel.files()))
                .with(parts.options.trial());
        for (Map.Entry<String, HealthProbe> probe : parts.options.probes().entrySet()) {
            made = made.probing(probe.getKey(), probe.getValue());
        }
        this.trial = made;
    }

    private void begin(AgentStep next) {
        step = next;
        parts.watch.before(next);
    }

    AgentRun run() {
        AgentOutcome outcome = guarded(this::work);
        Optional<NodeReport> report = reporter.flatMap(known -> known.ended(outcome));
        return new AgentRun(outcome, report, reporter.flatMap(Reporter::fault));
    }

    private AgentOutcome work() {
        begin(AgentStep.START);
        KernelIdentity kernel = parts.kernel.identity();
        Reporter known = new Reporter(parts, kernel, context);
        reporter = Optional.of(known);
        Optional<String> held = brake.holdsAll();
        if (held.isEmpty()) {
            begin(AgentStep.CLEAR_UP);
            directory.clear();
            trial.goOn(context);
            removeLeftovers();
        }
        Prospect prospect = look(kernel);
        if (!prospect.inForce().foreign().isEmpty()) {
            return foreign(prospect.inForce().foreign());
        }
        if (held.isPresent()) {
            return new AgentOutcome.Held(prospect.missing(), Optional.empty(), held.get());
        }
        turnDownWhatIsWithdrawn(prospect);
        return act(prospect, known);
    }

    AgentOutcome rehearse() {
        return guarded(() -> {
            begin(AgentStep.START);
            Prospect prospect = look(parts.kernel.identity());
            if (!prospect.inForce().foreign().isEmpty()) {
                return foreign(prospect.inForce().foreign());
            }
            return planned(prospect);
        });
    }

    private AgentOutcome planned(Prospect prospect) {
        Optional<PatchRef> missing = prospect.missing();
        Optional<AgentOutcome> held = brake.holdsAll()
                .<AgentOutcome>map(reason -> new AgentOutcome.Held(missing, Optional.empty(), reason))
                .or(() -> prospect.offer() instanceof Offer.Take take ? heldByWindow(take.patch()) : Optional.empty())
                .or(() -> missing.flatMap(this::turnedDown));
        if (held.isPresent()) {
            return held.get();
        }
        Optional<LoadPlan> plan = Optional.empty();
        if (missing.isPresent()) {
            plan = Optional.of(plan(fetch(prospect, missing.get())));
            directory.clear();
        }
        return new AgentOutcome.Planned(prospect.offer(), plan);
    }

    /** Runs what may fail: what was thrown says how far it came. */
    private AgentOutcome guarded(Supplier<AgentOutcome> work) {
        try {
            return work.get();
        } catch (CancelledException e) {
            throw e;
        } catch (StoreException e) {
            return e.fault() == StoreException.Fault.LOCKED
                    ? new AgentOutcome.Busy(String.valueOf(e.getMessage()))
                    : new AgentOutcome.Failed(step, e);
        } catch (TuxtapeException e) {
            return new AgentOutcome.Failed(step, e);
        }
    }

    private static AgentOutcome foreign(List<LivepatchName> livepatches) {
        return new AgentOutcome.Foreign(
                livepatches,
                livepatches.stream().map(LivepatchName::text).collect(Collectors.joining(", "))
                        + " did not come through this machine's store, and is left alone; unload it, and the next run"
                        + " takes what is offered.");
    }

    private Prospect look(KernelIdentity kernel) {
        begin(AgentStep.UPDATE);
        Prospect.Archive seen = Prospect.Archive.of(parts.archive.update(context), kernel, context);
        begin(AgentStep.CHOOSE);
        InForce inForce = InForce.of(parts.controller.loaded(), parts.store, parts.kernel);
        return Prospect.of(seen, inForce, parts.options.node(), context.clock().instant());
    }

    /** So that none of them is loaded at the next boot, whatever comes of this run. */
    private void turnDownWhatIsWithdrawn(Prospect prospect) {
        for (StoredPatch patch : parts.store.contents().patches()) {
            if (patch.state() != PatchState.TURNED_DOWN) {
                prospect.whyWithdrawn(InForce.ref(patch)).ifPresent(why -> parts.store.turnDown(patch, SELF, why));
            }
        }
    }

    private AgentOutcome act(Prospect prospect, Reporter known) {
        Offer offer = prospect.offer();
        if (offer instanceof Offer.Take take) {
            return heldByWindow(take.patch()).orElseGet(() -> take(prospect, take.patch(), known));
        }
        if (offer instanceof Offer.Replace replace) {
            return replace(prospect, replace, known);
        }
        if (offer instanceof Offer.Unload unload) {
            return takeBack(prospect, unload.withdrawn(), "");
        }
        if (offer instanceof Offer.LeaveForeign foreign) {
            return new AgentOutcome.Foreign(List.of(foreign.foreign().name()), foreign.reason());
        }
        if (offer instanceof Offer.Keep keep) {
            return turnedDown(keep.patch())
                    .orElseGet(() -> new AgentOutcome.Current(Optional.of(keep.patch()), keep.reason()));
        }
        return new AgentOutcome.Current(Optional.empty(), offer.reason());
    }

    private Optional<AgentOutcome> heldByWindow(PatchRef patch) {
        Optional<Instant> opens = brake.holdsNewUntil(context.clock().instant());
        return opens.map(until ->
                new AgentOutcome.Held(Optional.of(patch), opens, "No maintenance window is open until " + until + "."));
    }

    private Optional<StoredPatch> stored(PatchRef patch) {
        return parts.store.contents().patches().stream()
                .filter(other -> other.manifest().sha256().equals(patch.sha256()))
                .findFirst();
    }

    private Optional<AgentOutcome> turnedDown(PatchRef patch) {
        return stored(patch)
                .filter(known -> known.state() == PatchState.TURNED_DOWN)
                .map(known -> new AgentOutcome.TurnedDown(
                        patch,
                        !inForceNow().has(known),
                        "It is turned down here by " + known.by() + ": " + known.why()));
    }

    private InForce inForceNow() {
        return InForce.of(parts.controller.loaded(), parts.store, parts.kernel);
    }

    private LivepatchModule fetch(Prospect prospect, PatchRef patch) {
        begin(AgentStep.FETCH);
        return prospect.archive().fetch(patch, directory.modules(), context);
    }

    private LoadPlan plan(LivepatchModule module) {
        begin(AgentStep.PLAN);
        return parts.controller.plan(module);
    }

    private AgentOutcome take(Prospect prospect, PatchRef patch, Reporter known) {
        Optional<AgentOutcome> turnedDown = turnedDown(patch);
        if (turnedDown.isPresent()) {
            return turnedDown.get();
        }
        LivepatchModule module = fetch(prospect, patch);
        LoadPlan plan = plan(module);
        if (!plan.isClear()) {
            return new AgentOutcome.NotLoaded(patch, plan.obstacles().get(0).reason());
        }
        known.trying(patch);
        begin(AgentStep.TRY);
        // What was accepted once and is not in force shall be tried like any other.
        stored(patch).filter(old -> old.state() == PatchState.ACCEPTED).ifPresent(parts.store::forget);
        TrialOutcome outcome = trial.run(module, SELF, context);
        context.cancellation().throwIfCancelled();
        directory.clear();
        removeLeftovers();
        return ended(patch, outcome, prospect.offer().reason());
    }

    private static AgentOutcome ended(PatchRef patch, TrialOutcome outcome, String reason) {
        if (outcome instanceof TrialOutcome.Passed passed) {
            return new AgentOutcome.Taken(patch, Optional.empty(), passed.watched(), reason);
        }
        if (outcome instanceof TrialOutcome.TurnedDown down) {
            return new AgentOutcome.TurnedDown(patch, down.takenBack().isClean(), down.reason());
        }
        if (outcome instanceof TrialOutcome.BrokenOff broken) {
            return new AgentOutcome.NotLoaded(patch, broken.reason());
        }
        return new AgentOutcome.NotLoaded(patch, outcome.patch().why());
    }

    /**
     * The other one first, so that nothing runs unpatched meanwhile. The withdrawn one goes, whatever comes of that.
     */
    private AgentOutcome replace(Prospect prospect, Offer.Replace replace, Reporter known) {
        AgentOutcome instead = guarded(() -> take(prospect, replace.patch(), known));
        if (instead instanceof AgentOutcome.Busy) {
            return instead;
        }
        AgentOutcome back =
                takeBack(prospect, replace.withdrawn(), " What was to come in its place did not: " + instead.reason());
        return back instanceof AgentOutcome.TakenBack && instead instanceof AgentOutcome.Taken taken
                ? new AgentOutcome.Taken(
                        taken.patch(), Optional.of(replace.withdrawn()), taken.watched(), taken.reason())
                : back;
    }

    private AgentOutcome takeBack(Prospect prospect, PatchRef withdrawn, String remark) {
        begin(AgentStep.TAKE_BACK);
        String why = prospect.whyWithdrawn(withdrawn).orElse(prospect.offer().reason());
        StoredPatch patch = stored(withdrawn).orElseThrow();
        TrialOutcome.TurnedDown outcome = trial.withdraw(patch, SELF, why, context);
        return outcome.takenBack().isClean()
                ? new AgentOutcome.TakenBack(withdrawn, why + remark)
                : new AgentOutcome.StillIn(withdrawn, "The kernel has not let go of it yet. " + why);
    }

    /** A module whose livepatch was replaced stays loaded, and would be in the way of its own return. */
    private void removeLeftovers() {
        Set<LivepatchName> shown =
                parts.controller.loaded().stream().map(Livepatch::name).collect(Collectors.toSet());
        parts.store.contents().patches().stream()
                .map(patch -> patch.manifest().name())
                .distinct()
                .filter(name -> !shown.contains(name))
                .forEach(name -> parts.controller.unload(name, context));
    }
}
