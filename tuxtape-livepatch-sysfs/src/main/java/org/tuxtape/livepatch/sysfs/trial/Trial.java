package org.tuxtape.livepatch.sysfs.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;

/**
 * Loads a livepatch, watches the machine, and takes the livepatch back if it does harm. Immutable; safe for use by several
 * threads, one trial at a time.
 *
 * <pre>{@code
 * Trial trial = Trial.of(controller, store, () -> KernelLog.open(KernelFiles.ofThisMachine()))
 *         .probing("web server", HealthProbe.command(List.of("curl", "-fsS", "http://localhost/"), Duration.ofSeconds(5)));
 * TrialOutcome outcome = trial.run(module, "operator", Context.standard());
 * }</pre>
 *
 * <p>Nothing passes unseen: a trial whose log cannot be read is broken off, and a probe that throws is unhealthy. Whatever
 * a trial throws, it has tried to take the livepatch back. One that was in force before the trial is taken back only if
 * it was found bad: a trial that is broken off leaves the kernel and the store as they were. A wish to cancel, or an interrupt, ends the watching and not
 * the way back. That way does not turn around at its deadline: a bad livepatch is not put in force again because a task
 * sleeps in it.
 *
 * @since 0.1
 */
public final class Trial {
    private final LivepatchController controller;
    private final PatchStore store;
    private final Supplier<KernelLogReader> log;
    private final TrialPolicy policy;
    private final Map<String, HealthProbe> probes;

    private Trial(
            LivepatchController controller,
            PatchStore store,
            Supplier<KernelLogReader> log,
            TrialPolicy policy,
            Map<String, HealthProbe> probes) {
        this.controller = Objects.requireNonNull(controller, "controller");
        this.store = Objects.requireNonNull(store, "store");
        this.log = Objects.requireNonNull(log, "log");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    }

    /**
     * Returns a trial without probes by the {@linkplain TrialPolicy#standard() careful policy}.
     *
     * @param controller loads and takes back
     * @param store remembers
     * @param log opens the kernel's log, once for each trial
     * @return the trial
     */
    public static Trial of(LivepatchController controller, PatchStore store, Supplier<KernelLogReader> log) {
        return new Trial(controller, store, log, TrialPolicy.standard(), Map.of());
    }

    /**
     * Replaces the policy.
     *
     * @param newPolicy the new one
     * @return a trial that differs in it
     */
    public Trial with(TrialPolicy newPolicy) {
        return new Trial(controller, store, log, newPolicy, probes);
    }

    /**
     * Adds a probe.
     *
     * @param name what it looks at; one of that name is replaced
     * @param probe the probe, asked at every look by the thread of the trial
     * @return a trial that differs in it
     */
    public Trial probing(String name, HealthProbe probe) {
        Map<String, HealthProbe> more = new LinkedHashMap<>(probes);
        more.put(name, Objects.requireNonNull(probe, "probe"));
        return new Trial(controller, store, log, policy, more);
    }

    /**
     * Adds a livepatch to the store, loads it, and watches it for as long as the policy wants. One that is in force
     * already is watched only.
     *
     * @param module the livepatch
     * @param who the person or program that tries it, not blank
     * @param context cancellation, listener and clock
     * @return how it ended
     * @throws StoreException if the store cannot be read or changed, or another trial is running
     */
    public TrialOutcome run(LivepatchModule module, String who, Context context) {
        StoreLock lock = store.lockLoading("which has " + module.manifest().name() + " on trial");
        try {
            return of(store.add(module, who), who, context).run(log);
        } finally {
            lock.close();
        }
    }

    /**
     * Turns a livepatch down, whatever its state, and takes it out of the kernel if it is there: it was withdrawn where it
     * came from. A process that dies meanwhile is followed by {@link #goOn}, as in a trial. What the livepatch has replaced
     * is not brought back.
     *
     * @param patch the livepatch, as the store has it
     * @param who the person or program that takes it back, not blank
     * @param why the reason, not blank
     * @param context clock and listener; neither a wish to cancel nor an interrupt shortens the way back
     * @return how it ended; the patch keeps its load marker if it could not be taken back
     * @throws StoreException if the store cannot be read or changed, or another trial is running
     */
    public TrialOutcome.TurnedDown withdraw(StoredPatch patch, String who, String why, Context context) {
        StoreLock lock =
                store.lockLoading("which takes back " + patch.manifest().name());
        try {
            TrialRun run = of(store.refresh(patch), who, context);
            return run.withdraw(why);
        } finally {
            lock.close();
        }
    }

    /**
     * Clears up after a process that died in the middle of a trial, while the machine ran on. What was turned down and is
     * still in the kernel is taken back, then what is on trial is tried anew. To be called by a program that tries
     * livepatches when it starts. One that fails does not keep the others from being seen to; what was thrown first is
     * thrown in the end, with the others suppressed in it.
     *
     * @param context cancellation, listener and clock
     * @return how each of them ended, those that were turned down before at the head
     * @throws StoreException if the store cannot be read or changed, or another trial is running
     */
    public List<TrialOutcome> goOn(Context context) {
        StoreLock lock = store.lockLoading("which goes on with what another process has left");
        try {
            List<StoredPatch> left = store.contents().patches().stream()
                    .filter(StoredPatch::marked)
                    .toList();
            List<TrialOutcome> outcomes = new ArrayList<>();
            List<RuntimeException> failures = new ArrayList<>();
            for (PatchState state : List.of(PatchState.TURNED_DOWN, PatchState.ON_TRIAL)) {
                for (StoredPatch patch : left) {
                    if (patch.state() == state) {
                        goOn(of(patch, patch.by(), context), state, outcomes, failures);
                    }
                }
            }
            failures.stream().reduce(Trial::joined).ifPresent(failure -> {
                throw failure;
            });
            return outcomes;
        } finally {
            lock.close();
        }
    }

    private void goOn(TrialRun run, PatchState state, List<TrialOutcome> outcomes, List<RuntimeException> failures) {
        try {
            outcomes.add(state == PatchState.TURNED_DOWN ? run.takeBackWhatWasTurnedDown() : run.run(log));
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private static RuntimeException joined(RuntimeException first, RuntimeException next) {
        if (next != first) {
            first.addSuppressed(next);
        }
        return first;
    }

    private TrialRun of(StoredPatch patch, String who, Context context) {
        return new TrialRun(controller, store, policy, probes, patch, who, context);
    }
}
