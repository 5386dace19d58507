package org.tuxtape.livepatch.sysfs.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.BrokenOff;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.NotLoaded;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.NotTried;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.Passed;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TakenBack;
import org.tuxtape.livepatch.sysfs.trial.TrialOutcome.TurnedDown;

/**
 * One trial of one livepatch. The order of its steps is what survives a death in the middle: the marker is written before
 * the load, the verdict before the way back, and the marker goes last.
 */
final class TrialRun {
    private final LivepatchController controller;
    private final PatchStore store;
    private final TrialPolicy policy;
    private final Map<String, HealthProbe> probes;
    private final String who;
    private final Context context;
    private final LivepatchName name;
    private final boolean isResumed;
    private final PatchState former;
    private List<LivepatchName> before = List.of();
    private StoredPatch patch;

    /** It is not this trial that has loaded it, so only a verdict takes it out. */
    private boolean wasInForce;

    /** Why it is bad; from then on the trial ends in no other way, whatever fails. */
    private Optional<String> verdict = Optional.empty();

    TrialRun(
            LivepatchController controller,
            PatchStore store,
            TrialPolicy policy,
            Map<String, HealthProbe> probes,
            StoredPatch patch,
            String who,
            Context context) {
        this.controller = controller;
        this.store = store;
        this.policy = policy;
        this.probes = probes;
        this.patch = patch;
        this.who = who;
        this.context = context;
        this.name = patch.manifest().name();
        this.isResumed = patch.marked();
        this.former = patch.state() == PatchState.PASSED ? PatchState.PASSED : PatchState.ADDED;
    }

    /** Why the watching ended early. */
    private record Stop(boolean isItsFault, String reason) {}

    TrialOutcome run(Supplier<KernelLogReader> log) {
        if (patch.state() == PatchState.TURNED_DOWN || patch.state() == PatchState.ACCEPTED) {
            return new NotTried(patch);
        }
        String task = task();
        context.tell(new Event.Started(task, OptionalLong.of(policy.duration().toSeconds()), "seconds"));
        Event.End end = Event.End.FAILED;
        try (KernelLogReader reader = log.get()) {
            LogWatch watch = new LogWatch(reader, name, policy, shown().isPresent());
            before = inForce();
            wasInForce = !isResumed && before.contains(name);
            patch = store.begin(patch, who);
            TrialOutcome outcome = tryOut(task, watch);
            end = outcome instanceof BrokenOff ? Event.End.CANCELLED : Event.End.COMPLETED;
            return outcome;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    private String task() {
        return "trial of " + name;
    }

    /** The verdict was written, and the process died before it was carried out. */
    TurnedDown takeBackWhatWasTurnedDown() {
        before = inForce();
        return turnedDown(patch.why());
    }

    TurnedDown withdraw(String why) {
        before = inForce();
        patch = store.turnDown(patch, true, who, why);
        return turnedDown(why);
    }

    private TrialOutcome tryOut(String task, LogWatch log) {
        try {
            TransitionOutcome loaded = load();
            wasInForce = loaded instanceof TransitionOutcome.Refused
                    ? wasInForce
                    : !isResumed && loaded instanceof TransitionOutcome.AlreadySo;
            if (!BootReport.isInForce(loaded)) {
                return isOnItsWay(loaded)
                        ? brokenOff("Its transition was being reversed, and that did not come to an end.")
                        : notLoaded(loaded);
            }
            Instant start = context.clock().instant();
            Optional<Stop> stop = watch(task, log, start);
            if (stop.isEmpty()) {
                return passed(Duration.between(start, context.clock().instant()));
            }
            String reason = stop.get().reason();
            verdict = stop.filter(Stop::isItsFault).map(Stop::reason);
            context.tell(new Event.Noted(task, reason));
            return notPassed(reason);
        } catch (CancelledException e) {
            return notPassed("The caller wanted to stop.");
        } catch (RuntimeException | Error e) {
            leaveNothingBehind(e);
            throw e;
        }
    }

    private TransitionOutcome load() {
        if (isResumed) {
            awaitTransition();
            if (shown().filter(livepatch -> livepatch.enabled() && !livepatch.inTransition())
                    .isEmpty()) {
                // The other process died on the way back, or on a way in that does not end. Once out of force, a module
                // cannot be enabled again.
                takeOut(context);
            }
        }
        return controller.load(patch.module(), policy.transition(), context);
    }

    private boolean isOnItsWay(TransitionOutcome loaded) {
        return loaded instanceof TransitionOutcome.StillRunning
                || (isResumed && shown().filter(Livepatch::inTransition).isPresent());
    }

    private void awaitTransition() {
        Instant end = context.clock().instant().plus(policy.transition().deadline());
        while (shown().filter(Livepatch::inTransition).isPresent()
                && context.clock().instant().isBefore(end)) {
            context.pause(policy.interval());
        }
    }

    private Optional<Stop> watch(String task, LogWatch log, Instant start) {
        Instant end = start.plus(policy.duration());
        while (true) {
            Instant now = context.clock().instant();
            boolean isLast = !now.isBefore(end);
            Optional<Stop> stop = look(log, isLast);
            if (stop.isPresent()) {
                return stop;
            }
            Duration watched = Duration.between(start, isLast ? end : now);
            context.tell(new Event.Advanced(task, watched.toSeconds()));
            if (isLast) {
                return shown().filter(Livepatch::inTransition)
                        .map(running -> new Stop(false, "Its transition has not come to an end."));
            }
            Duration left = Duration.between(now, end);
            context.pause(left.compareTo(policy.interval()) < 0 ? left : policy.interval());
        }
    }

    private Optional<Stop> look(LogWatch log, boolean isLast) {
        StoredPatch now = store.refresh(patch);
        if (now.state() != PatchState.ON_TRIAL) {
            patch = now;
            return Optional.of(new Stop(now.state() == PatchState.TURNED_DOWN, now.why()));
        }
        if (shown().filter(Livepatch::enabled).isEmpty()) {
            return Optional.of(new Stop(false, "Somebody else took it out of force."));
        }
        Optional<Stop> stop = read(log, isLast);
        for (Map.Entry<String, HealthProbe> probe : probes.entrySet()) {
            if (stop.isEmpty()) {
                stop = ask(probe.getKey(), probe.getValue());
            }
        }
        return stop;
    }

    private static Optional<Stop> read(LogWatch log, boolean isLast) {
        try {
            return log.look(isLast).map(trouble -> new Stop(true, trouble));
        } catch (TuxtapeException e) {
            return Optional.of(new Stop(false, "The kernel's log cannot be read: " + e.getMessage()));
        }
    }

    private Optional<Stop> ask(String what, HealthProbe probe) {
        Health health;
        try {
            health = probe.check(context);
        } catch (RuntimeException e) {
            context.cancellation().throwIfCancelled();
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException();
            }
            health = new Health(false, "The probe failed: " + e);
        }
        return health.healthy() ? Optional.empty() : Optional.of(new Stop(true, what + ": " + health.reason()));
    }

    private TrialOutcome passed(Duration watched) {
        patch = policy.acceptWhenPassed()
                ? store.end(patch, PatchState.ACCEPTED, who, "It passed its trial, and the policy accepts it then.")
                : store.end(patch, PatchState.PASSED, who, "It was watched for " + watched + ", and all was well.");
        return new Passed(patch, watched);
    }

    private TrialOutcome notLoaded(TransitionOutcome outcome) {
        patch = store.end(patch, former, who, "It was not loaded. " + why(outcome));
        return new NotLoaded(patch, outcome);
    }

    private static String why(TransitionOutcome outcome) {
        if (outcome instanceof TransitionOutcome.Refused refused) {
            return refused.obstacle().reason();
        }
        if (outcome instanceof TransitionOutcome.Cancelled) {
            return "The caller wanted to stop.";
        }
        List<BlockingTask> blocking =
                outcome instanceof TransitionOutcome.Reversed reversed ? reversed.blocking() : List.of();
        String sentence = "Its transition did not come to an end in time, and was reversed";
        return blocking.isEmpty()
                ? sentence + "."
                : blocking.stream()
                        .map(BlockingTask::describe)
                        .collect(Collectors.joining(", ", sentence + "; in its way: ", "."));
    }

    private TrialOutcome notPassed(String reason) {
        return verdict.isPresent() ? turnedDown(verdict.get()) : brokenOff(reason);
    }

    private TrialOutcome brokenOff(String reason) {
        TakenBack takenBack = wasInForce ? leftInForce() : takeBack();
        patch = store.refresh(patch);
        if ((wasInForce || takenBack.isClean()) && patch.marked()) {
            patch = patch.state() == PatchState.ON_TRIAL
                    ? store.end(patch, former, who, reason)
                    : store.mark(patch, false);
        }
        return new BrokenOff(patch, reason, takenBack);
    }

    private static TakenBack leftInForce() {
        return new TakenBack(new TransitionOutcome.AlreadySo(), Optional.empty(), List.of(), new BootReport(List.of()));
    }

    private TurnedDown turnedDown(String reason) {
        try {
            writeDown(reason);
        } catch (StoreException e) {
            // What is in force does harm now, so that comes first. Then this is tried again.
            context.tell(new Event.Noted(task(), e.toString()));
        }
        TakenBack takenBack = takeBack();
        writeDown(reason);
        if (takenBack.isClean()) {
            patch = store.mark(patch, false);
        }
        return new TurnedDown(patch, reason, takenBack);
    }

    private void writeDown(String reason) {
        if (patch.state() != PatchState.TURNED_DOWN) {
            patch = store.turnDown(patch, who, reason);
        }
    }

    private void leaveNothingBehind(Throwable failure) {
        try {
            notPassed("The trial failed: " + failure);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private TakenBack takeBack() {
        try (Calm calm = new Calm()) {
            TakenOut out = takeOut(calm.context(context));
            List<LivepatchName> now = inForce();
            List<LivepatchName> missing = new ArrayList<>(before);
            missing.removeAll(now);
            missing.remove(name);
            boolean mayRestore = TakenBack.isDone(out.disabled) && before.containsAll(now);
            BootReport restored = new BootReport(List.of());
            if (mayRestore && !missing.isEmpty()) {
                restored = restore(missing::contains, calm.context(context));
            } else if (mayRestore && now.isEmpty() && isResumed && replacesAll()) {
                // What it had replaced is not known any more.
                restored = restore(any -> true, calm.context(context));
            }
            return new TakenBack(out.disabled, out.unloaded, missing, restored);
        }
    }

    /** A permit to force this livepatch is none for others. */
    private BootReport restore(Predicate<LivepatchName> wanted, Context calm) {
        TransitionPolicy gently =
                new TransitionPolicy.Reverse(policy.transition().deadline());
        return BootLoad.of(controller, store).restore(wanted, gently, calm);
    }

    private record TakenOut(TransitionOutcome disabled, Optional<TransitionOutcome> unloaded) {}

    private TakenOut takeOut(Context calm) {
        TransitionPolicy onlyOut =
                new TransitionPolicy.LeaveRunning(policy.transition().deadline());
        Instant end = calm.clock().instant().plus(onlyOut.deadline());
        TransitionOutcome disabled = controller.disable(name, onlyOut, calm);
        while (isKeptOutByAnother(disabled) && calm.clock().instant().isBefore(end)) {
            calm.pause(policy.interval());
            disabled = controller.disable(name, onlyOut, calm);
        }
        return new TakenOut(
                disabled, TakenBack.isDone(disabled) ? Optional.of(controller.unload(name, calm)) : Optional.empty());
    }

    private static boolean isKeptOutByAnother(TransitionOutcome disabled) {
        return disabled instanceof TransitionOutcome.Refused refused
                && refused.obstacle().cause() == Cause.TRANSITION_RUNNING;
    }

    private boolean replacesAll() {
        return patch.manifest().replacement() == Replacement.REPLACE_ALL;
    }

    private List<LivepatchName> inForce() {
        return controller.loaded().stream()
                .filter(Livepatch::enabled)
                .map(Livepatch::name)
                .toList();
    }

    private Optional<Livepatch> shown() {
        return controller.loaded().stream()
                .filter(livepatch -> livepatch.name().equals(name))
                .findFirst();
    }
}
