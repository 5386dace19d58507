package org.tuxtape.testkit.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.ManualClock;

/**
 * A kernel's livepatches in memory, with the rules of a recent kernel: one transition at a time, a livepatch that was
 * disabled or replaced is no longer shown while its module stays, and what was taken out by force is never removed.
 *
 * <p>A transition ends at once unless a test {@linkplain #stall stalls} it. A stalled one waits for its deadline by
 * advancing the {@link ManualClock} of its context; with any other clock the deadline counts as passed at once. A
 * permit to force that ends before the deadline is worth nothing: the transition is reversed.
 *
 * <p>Strict: to disable or unload what nobody ever tried to load is an {@link AssertionError}. Safe for use by several
 * threads.
 *
 * @see <a href="https://docs.kernel.org/livepatch/livepatch.html">Livepatch</a>
 * @since 0.1
 */
public final class FakeLivepatchController implements LivepatchController {
    private static final Obstacle BUSY =
            new Obstacle(Cause.TRANSITION_RUNNING, "EBUSY", "Another transition is running.");

    private final KernelRelease release;
    private final Set<String> objects = new HashSet<>(Set.of("vmlinux"));
    private final Map<LivepatchName, LoadedModule> modules = new LinkedHashMap<>();
    private final Set<LivepatchName> known = new HashSet<>();
    private final Map<LivepatchName, List<BlockingTask>> stalled = new HashMap<>();
    private final Map<LivepatchName, Obstacle> refused = new HashMap<>();
    private boolean relaxed;

    private FakeLivepatchController(KernelRelease release) {
        this.release = release;
    }

    /**
     * Returns the controller of a kernel on which no livepatch and no module is loaded.
     *
     * @param release the kernel; it refuses livepatches made for another one
     * @return a new controller
     */
    public static FakeLivepatchController of(KernelRelease release) {
        return new FakeLivepatchController(release);
    }

    /**
     * Loads an ordinary module, which livepatches then patch.
     *
     * @param objectName its name as the kernel spells it
     * @return this controller
     */
    public synchronized FakeLivepatchController withObject(String objectName) {
        objects.add(objectName);
        return this;
    }

    /**
     * Keeps the transitions of a livepatch from ending, there and back.
     *
     * @param name the livepatch
     * @param tasks what does not switch over, at least one
     * @return this controller
     */
    public synchronized FakeLivepatchController stall(LivepatchName name, BlockingTask... tasks) {
        if (tasks.length == 0) {
            throw new IllegalArgumentException("A transition is stalled by a task.");
        }
        stalled.put(name, List.of(tasks));
        return this;
    }

    /**
     * Lets all stalled tasks switch over, which ends a transition that was left running.
     *
     * @return this controller
     */
    public synchronized FakeLivepatchController resume() {
        stalled.clear();
        shown().filter(LoadedModule::inTransition).toList().forEach(module -> complete(module, false));
        return this;
    }

    /**
     * Makes the kernel refuse to load a livepatch.
     *
     * @param name the livepatch
     * @param errno the error number's name, for example {@code ENOMEM}
     * @return this controller
     */
    public synchronized FakeLivepatchController refuse(LivepatchName name, String errno) {
        refused.put(name, new Obstacle(Cause.OTHER, errno, "Set up to be refused."));
        return this;
    }

    /**
     * Answers that all is as asked already where what nobody tried to load is disabled or unloaded, instead of
     * throwing an {@link AssertionError}.
     *
     * @return this controller
     */
    public synchronized FakeLivepatchController relaxed() {
        relaxed = true;
        return this;
    }

    @Override
    public synchronized List<Livepatch> loaded() {
        List<Livepatch> livepatches = new ArrayList<>();
        shown().forEach(module -> livepatches.add(module.asLivepatch(livepatches.size() + 1, objects)));
        return List.copyOf(livepatches);
    }

    @Override
    public synchronized LoadPlan plan(LivepatchModule module) {
        Manifest manifest = module.manifest();
        LoadedModule candidate = new LoadedModule(manifest);
        SortedSet<PatchedFunction> before = new TreeSet<>();
        shown().forEach(other -> before.addAll(other.functionsIn(objects)));
        SortedSet<PatchedFunction> own = candidate.functionsIn(objects);
        boolean replaces = manifest.replacement() == Replacement.REPLACE_ALL;
        return new LoadPlan(
                manifest.name(),
                without(own, before),
                without(own, without(own, before)),
                replaces ? without(before, own) : new TreeSet<>(),
                replaces ? shown().map(other -> other.manifest().name()).toList() : List.of(),
                manifest.functions().stream()
                        .map(function -> function.object().moduleName())
                        .filter(object -> !objects.contains(object))
                        .distinct()
                        .toList(),
                obstacles(manifest),
                List.of());
    }

    private static SortedSet<PatchedFunction> without(
            SortedSet<PatchedFunction> functions, SortedSet<PatchedFunction> others) {
        SortedSet<PatchedFunction> rest = new TreeSet<>(functions);
        rest.removeAll(others);
        return rest;
    }

    private List<Obstacle> obstacles(Manifest manifest) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!manifest.release().equals(release)) {
            obstacles.add(new Obstacle(Cause.OTHER_KERNEL, "ENOEXEC", "It was made for " + manifest.release() + "."));
        }
        if (modules.containsKey(manifest.name())) {
            obstacles.add(new Obstacle(Cause.NAME_TAKEN, "EEXIST", "A module of this name is loaded."));
        }
        if (isBusy()) {
            obstacles.add(BUSY);
        }
        Obstacle setUp = refused.get(manifest.name());
        if (setUp != null) {
            obstacles.add(setUp);
        }
        return obstacles;
    }

    @Override
    public synchronized TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
        Manifest manifest = module.manifest();
        known.add(manifest.name());
        LoadedModule present = modules.get(manifest.name());
        if (present != null && present.isEnabled() && present.manifest().equals(manifest)) {
            return new TransitionOutcome.AlreadySo();
        }
        List<Obstacle> obstacles = obstacles(manifest);
        if (!obstacles.isEmpty()) {
            return new TransitionOutcome.Refused(obstacles.get(0));
        }
        if (context.cancellation().isCancelled()) {
            return new TransitionOutcome.Cancelled(List.of());
        }
        LoadedModule loading = new LoadedModule(manifest);
        modules.put(manifest.name(), loading);
        return seeThrough("load " + manifest.name(), loading, policy, context);
    }

    @Override
    public synchronized TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
        LoadedModule module = find(name);
        if (module == null || !module.isShown()) {
            return new TransitionOutcome.AlreadySo();
        }
        if (isBusy() && !module.inTransition()) {
            return new TransitionOutcome.Refused(BUSY);
        }
        if (context.cancellation().isCancelled()) {
            return new TransitionOutcome.Cancelled(List.of());
        }
        if (module.isEnabling()) {
            // What blocks its way in has never left the old code, and so does not block the way back.
            module.takenOut(false);
            return new TransitionOutcome.Completed(Duration.ZERO, false, List.of());
        }
        module.disabling();
        return seeThrough("disable " + name, module, policy, context);
    }

    @Override
    public synchronized TransitionOutcome unload(LivepatchName name, Context context) {
        LoadedModule module = find(name);
        if (module == null) {
            return new TransitionOutcome.AlreadySo();
        }
        if (!module.isRemovable()) {
            return new TransitionOutcome.Refused(new Obstacle(Cause.IN_USE, "EWOULDBLOCK", "The module is in use."));
        }
        if (context.cancellation().isCancelled()) {
            return new TransitionOutcome.Cancelled(List.of());
        }
        modules.remove(name);
        return new TransitionOutcome.Completed(Duration.ZERO, false, List.of());
    }

    private @Nullable LoadedModule find(LivepatchName name) {
        if (!relaxed && !known.contains(name)) {
            throw Strict.unexpected("a change of " + name);
        }
        return modules.get(name);
    }

    private TransitionOutcome seeThrough(String task, LoadedModule module, TransitionPolicy policy, Context context) {
        context.tell(new Event.Started(task, OptionalLong.empty(), "tasks"));
        List<BlockingTask> blocking = stalled.getOrDefault(module.manifest().name(), List.of());
        for (BlockingTask sleeper : blocking) {
            context.tell(new Event.Noted(task, sleeper.name() + " (" + sleeper.tid() + ") has not switched over."));
        }
        TransitionOutcome outcome = end(module, blocking, policy, context);
        boolean cancelled = outcome instanceof TransitionOutcome.Cancelled;
        context.tell(new Event.Ended(task, cancelled ? Event.End.CANCELLED : Event.End.COMPLETED));
        return outcome;
    }

    private TransitionOutcome end(
            LoadedModule module, List<BlockingTask> blocking, TransitionPolicy policy, Context context) {
        if (blocking.isEmpty()) {
            complete(module, false);
            return new TransitionOutcome.Completed(Duration.ZERO, false, List.of());
        }
        if (context.cancellation().isCancelled()) {
            reverse(module);
            return new TransitionOutcome.Cancelled(blocking);
        }
        Instant deadline = context.clock().instant().plus(policy.deadline());
        if (context.clock() instanceof ManualClock clock) {
            clock.advance(policy.deadline());
        }
        if (policy instanceof TransitionPolicy.LeaveRunning) {
            return new TransitionOutcome.StillRunning(
                    module.isEnabling() ? TransitionDirection.PATCHING : TransitionDirection.UNPATCHING, blocking);
        }
        if (policy instanceof TransitionPolicy.Force force
                && !force.permit().until().isBefore(deadline)) {
            complete(module, true);
            return new TransitionOutcome.Completed(policy.deadline(), true, List.of());
        }
        reverse(module);
        return new TransitionOutcome.Reversed(blocking);
    }

    private void complete(LoadedModule module, boolean forced) {
        if (!module.isEnabling()) {
            module.takenOut(forced);
            return;
        }
        if (module.manifest().replacement() == Replacement.REPLACE_ALL) {
            shown().filter(other -> other != module).forEach(replaced -> replaced.takenOut(forced));
        }
        module.enabled();
    }

    private void reverse(LoadedModule module) {
        if (module.isEnabling()) {
            modules.remove(module.manifest().name());
        } else {
            module.enabled();
        }
    }

    private Stream<LoadedModule> shown() {
        return modules.values().stream().filter(LoadedModule::isShown);
    }

    private boolean isBusy() {
        return shown().anyMatch(LoadedModule::inTransition);
    }
}
