package org.tuxtape.core.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.triage.VexStatus;

/**
 * Loads modules on a machine, asks its kernel what that changed, and takes out again what was a trial.
 *
 * @param before the verdict of the triage on a CVE
 */
record Machine(Loading loading, Function<CveId, VexStatus> before, Stopwatch stopwatch) {

    /** What a trial that was killed has left is taken out, so that the next one begins as that one did. */
    void sweep(Collection<LivepatchModule> modules) {
        List<Livepatch> loaded = controller().loaded();
        for (LivepatchModule module : modules) {
            if (loaded.stream().anyMatch(module.manifest()::describes)) {
                takeOut(module.manifest());
            }
        }
    }

    /** Goes through the stages of loading, and hands each over as it ends. */
    void bring(LivepatchModule module, Consumer<StageRun> stages) {
        Manifest manifest = module.manifest();
        StageRun load = stopwatch.run(Stage.LOAD, () -> new StageResult.Loaded(load(module)));
        stages.accept(load);
        boolean mayBeIn = !(load.result() instanceof StageResult.Loaded loaded) || mayBeIn(loaded.outcome());
        if (load.result().isPassed()) {
            stages.accept(stopwatch.finish(Stage.PROVE, () -> new StageResult.Proven(proofs(manifest))));
        }
        if (isTrial() && mayBeIn) {
            stages.accept(stopwatch.finish(Stage.UNLOAD, () -> takeOut(manifest)));
        }
    }

    private static boolean mayBeIn(TransitionOutcome outcome) {
        return outcome instanceof TransitionOutcome.Completed
                || outcome instanceof TransitionOutcome.AlreadySo
                || outcome instanceof TransitionOutcome.StillRunning;
    }

    private TransitionOutcome load(LivepatchModule module) {
        List<LivepatchName> others = isTrial() ? controller().plan(module).replaced() : List.of();
        if (!others.isEmpty()) {
            return new TransitionOutcome.Refused(new LoadPlan.Obstacle(
                    LoadPlan.Cause.INCOMPATIBLE,
                    "EBUSY",
                    "It would take " + others.get(0) + " out of force, and this is a trial. It was not tried."));
        }
        TransitionOutcome outcome = controller().load(module, loading.transition(), context());
        if (outcome instanceof TransitionOutcome.Refused refused
                && refused.obstacle().cause() == LoadPlan.Cause.NAME_TAKEN
                && isRemoved(controller().unload(module.manifest().name(), context()))) {
            return controller().load(module, loading.transition(), context());
        }
        return outcome;
    }

    private static boolean isRemoved(TransitionOutcome outcome) {
        return outcome instanceof TransitionOutcome.Completed;
    }

    /** A trial leaves nothing behind, so this does not end with its caller's patience. */
    private StageResult.Unloaded takeOut(Manifest manifest) {
        Context patient = context().with(CancellationToken.never());
        TransitionOutcome disabled = controller().disable(manifest.name(), loading.transition(), patient);
        boolean isOut =
                disabled instanceof TransitionOutcome.Completed || disabled instanceof TransitionOutcome.AlreadySo;
        Optional<TransitionOutcome> removed =
                isOut ? Optional.of(controller().unload(manifest.name(), patient)) : Optional.empty();
        return new StageResult.Unloaded(disabled, removed, proofs(manifest));
    }

    private List<Proof> proofs(Manifest manifest) {
        List<Livepatch> loaded = controller().loaded();
        Optional<Livepatch> shown = loaded.stream().filter(manifest::describes).findFirst();
        return CveProtection.of(loaded, List.of(manifest)).stream()
                .map(protection -> proof(protection, manifest, shown))
                .toList();
    }

    private Proof proof(CveProtection protection, Manifest manifest, Optional<Livepatch> shown) {
        SortedMap<String, Optional<Boolean>> patched = new TreeMap<>();
        Optional.ofNullable(manifest.fixes().get(protection.cve()))
                .ifPresent(fix ->
                        fix.objects().forEach(object -> patched.put(object.moduleName(), patched(object, shown))));
        boolean isFixed = protection.state() == CveProtection.State.FIXED;
        return new Proof(protection, patched, isFixed ? VexStatus.FIXED : before.apply(protection.cve()));
    }

    private static Optional<Boolean> patched(KernelObject object, Optional<Livepatch> shown) {
        return shown.flatMap(livepatch -> livepatch.objects().stream()
                .filter(part -> part.is(object))
                .findFirst()
                .flatMap(Livepatch.PatchedObject::patched));
    }

    private boolean isTrial() {
        return loading.purpose() == Loading.Purpose.TRIAL;
    }

    private LivepatchController controller() {
        return loading.controller();
    }

    private Context context() {
        return stopwatch.context();
    }
}
