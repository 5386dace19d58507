package org.tuxtape.livepatch.sysfs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Cancelled;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Refused;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.internal.kernel.LivepatchTree;
import org.tuxtape.livepatch.sysfs.internal.kernel.Machine;
import org.tuxtape.livepatch.sysfs.internal.kernel.Phase;
import org.tuxtape.livepatch.sysfs.internal.plan.CheckedFile;
import org.tuxtape.livepatch.sysfs.internal.plan.Preflight;
import org.tuxtape.livepatch.sysfs.internal.plan.Refusals;
import org.tuxtape.livepatch.sysfs.internal.transition.LogTail;
import org.tuxtape.livepatch.sysfs.internal.transition.Removal;
import org.tuxtape.livepatch.sysfs.internal.transition.TaskEvents;
import org.tuxtape.livepatch.sysfs.internal.transition.Transition;
import org.tuxtape.livepatch.sysfs.internal.transition.Undisturbed;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;

/**
 * Controls livepatches through {@code /sys/kernel/livepatch}.
 *
 * <p>It keeps nothing: every answer is read from the kernel, so that after a crash of the program a new controller sees
 * what there is and goes on, with {@link #watch} where a transition is still running. It gets along with others who change
 * the same kernel; what it finds changed under its hands decides the outcome.
 *
 * <p>Reading needs no privilege. Every change needs {@code CAP_SYS_MODULE} and a user who may write below
 * {@code /sys/kernel/livepatch}, in general root; without it is {@link TransitionOutcome.Refused}. Which tasks block a
 * transition only root may see; for anybody else a transition is watched without them.
 *
 * <p>Safe for use by several threads: readings run side by side, changes one after another. A change from within a
 * listener of a change is an {@link IllegalStateException}.
 *
 * @see <a href="https://docs.kernel.org/livepatch/livepatch.html">Livepatch</a>
 * @since 0.1
 */
public final class SysfsController implements LivepatchController {
    private static final String BY_SYSTEM_CALLS = "system calls";
    private static final Logger LOG = LoggerFactory.getLogger(SysfsController.class);

    private final KernelFiles files;
    private final LivepatchTree tree;
    private final Machine machine;
    private final Preflight preflight;
    private final Optional<ModuleLoading> loading;
    private final Transition.Rules rules;
    private final Removal removal;
    private final ReentrantLock lock = new ReentrantLock();

    private SysfsController(Builder builder) {
        files = builder.files;
        tree = new LivepatchTree(files);
        machine = new Machine(files, tree);
        preflight = new Preflight(files);
        loading = builder.loading;
        rules = new Transition.Rules(files, tree, builder.observer, builder.audit, builder.grace);
        removal = new Removal(tree, machine, builder.removalPatience);
    }

    /**
     * Returns a controller of the machine that this program runs on. It does not force: that needs an
     * {@linkplain Builder#audit audit log}.
     *
     * @return a new controller; nothing is read yet
     */
    public static SysfsController ofThisMachine() {
        return builder(KernelFiles.ofThisMachine()).build();
    }

    /**
     * Begins a controller with settings.
     *
     * @param files where the kernel shows itself
     * @return a builder
     */
    public static Builder builder(KernelFiles files) {
        return new Builder(files);
    }

    /** The settings of a controller. For one thread. */
    public static final class Builder {
        private final KernelFiles files;
        private Optional<ModuleLoading> loading;
        private Consumer<TransitionProgress> observer = progress -> {};
        private Optional<AuditLog> audit = Optional.empty();
        private Duration grace = Duration.ofSeconds(30);
        private Duration removalPatience = Duration.ofSeconds(5);

        private Builder(KernelFiles files) {
            this.files = Objects.requireNonNull(files, "files");
            boolean isThisMachine = files.equals(KernelFiles.ofThisMachine());
            this.loading = isThisMachine ? Optional.of(ModuleLoading.ofThisMachine()) : Optional.empty();
        }

        /**
         * Sets the way in which modules come and go. For the files of this machine that is
         * {@link ModuleLoading#ofThisMachine()}; for others there is none until it is set, and to load or unload is an
         * {@link IllegalStateException}.
         *
         * @param way the way
         * @return this builder
         */
        public Builder loading(ModuleLoading way) {
            loading = Optional.of(way);
            return this;
        }

        /**
         * Sets who is told how far a transition is: when it begins to be watched, at least every second unless its tasks
         * are very many, and when it has ended. Called in the thread that does the work; what it throws is logged and
         * otherwise ignored.
         *
         * @param listener who is told
         * @return this builder
         */
        public Builder observer(Consumer<TransitionProgress> listener) {
            observer = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets where forced transitions are written down. Without it a policy that forces is an
         * {@link IllegalStateException}.
         *
         * @param log the log
         * @return this builder
         */
        public Builder audit(AuditLog log) {
            audit = Optional.of(log);
            return this;
        }

        /**
         * Sets how long a transition that was turned around or forced may take before the call returns with
         * {@link TransitionOutcome.StillRunning}; 30 seconds unless it is set.
         *
         * @param duration above zero
         * @return this builder
         */
        public Builder grace(Duration duration) {
            grace = requirePositive(duration);
            return this;
        }

        /**
         * Sets how long a module that is to be removed may be in use before that is given up; 5 seconds unless it is set.
         * The kernel lets go of a livepatch's module a moment after its transition.
         *
         * @param duration above zero
         * @return this builder
         */
        public Builder removalPatience(Duration duration) {
            removalPatience = requirePositive(duration);
            return this;
        }

        private static Duration requirePositive(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("Not a time to wait: " + duration + ".");
            }
            return duration;
        }

        /**
         * Creates the controller.
         *
         * @return a new controller; nothing is read yet
         */
        public SysfsController build() {
            return new SysfsController(this);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws KernelAccessException if there is no sysfs, or it cannot be read
     */
    @Override
    public List<Livepatch> loaded() {
        return tree.loaded();
    }

    /**
     * Reads what the machine says of itself.
     *
     * @return its state
     * @throws KernelAccessException if a file that every kernel has cannot be read
     */
    public MachineState machine() {
        return machine.state();
    }

    /**
     * Looks who holds up the transition that is running now, without watching it.
     *
     * @return the first 256 tasks that have not switched over; empty if no transition is running, or they may not be read
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    public List<BlockingTask> blocking() {
        List<Livepatch> loaded = loaded();
        return loaded.stream()
                .filter(Livepatch::inTransition)
                .findFirst()
                .map(livepatch -> Transition.blocking(
                        files,
                        livepatch.enabled() ? TransitionDirection.PATCHING : TransitionDirection.UNPATCHING,
                        loaded))
                .orElse(List.of());
    }

    @Override
    public LoadPlan plan(LivepatchModule module) {
        return preflight.plan(module, loaded());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The kernel is asked even if the plan foresees that it refuses, since its word counts; but never to take a file
     * that {@link ModuleFiles#check} objects to. The kernel opens the file once more after that check, so it has to lie
     * where only root may write. A livepatch counts as in force already if one of its name with the same
     * functions is. If a transition ends in the very moment in which it is to be turned around, the livepatch is disabled
     * and removed again, unless it has replaced others: then it stays in force and is {@link TransitionOutcome.Completed}.
     *
     * <p>Whatever is thrown while the transition is running, the transition is turned around and the module removed before
     * it is passed on, as far as the kernel lets that happen within the grace; what fails meanwhile is suppressed in it.
     * A livepatch that every task runs by then stays in force. {@link TransitionOutcome.Reversed} leaves the module loaded
     * if the kernel does not let go of it; a note tells so, and {@link #removeLeftovers} removes it later.
     *
     * @throws IllegalStateException if the policy forces and there is no audit log, or there is no way of loading
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    @Override
    public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
        requireAudit(policy);
        ModuleLoading way = requireLoading();
        return change(
                "load " + module.manifest().name(), context, events -> load(way, module, policy, context, events));
    }

    private TransitionOutcome load(
            ModuleLoading way, LivepatchModule module, TransitionPolicy policy, Context context, TaskEvents events) {
        Instant started = context.clock().instant();
        LivepatchName name = module.manifest().name();
        List<Livepatch> before = loaded();
        if (before.stream().anyMatch(livepatch -> isInForce(livepatch, module))) {
            return new AlreadySo();
        }
        Optional<Obstacle> objection = ModuleFiles.check(module);
        if (objection.isPresent()) {
            return new Refused(objection.get());
        }
        LoadPlan plan = preflight.plan(module, before);
        context.cancellation().throwIfCancelled();
        try (LogTail log = LogTail.fromNow(files)) {
            boolean isNew = !machine.hasModule(name);
            TransitionOutcome outcome;
            try {
                way.load(module.file());
                outcome = transition(name, TransitionDirection.PATCHING, started, context, events, log)
                        .seeThrough(policy, true);
            } catch (KernelRefusal refusal) {
                return refused(refusal, name, log);
            } catch (RuntimeException | Error e) {
                if (isNew) {
                    takeBack(name, way, context, e);
                }
                throw e;
            }
            if (outcome instanceof Completed completed) {
                removal.awaitGone(plan.replaced(), context);
                return new Completed(completed.took(), completed.forced(), remarks(completed, plan, way));
            }
            return withoutModule(outcome, name, context, events);
        }
    }

    /** Takes a livepatch out that nobody watches any more, as quietly as it goes. */
    private void takeBack(LivepatchName name, ModuleLoading way, Context context, Throwable thrown) {
        Instant end = context.clock().instant().plus(rules.grace());
        try (Undisturbed waits = new Undisturbed(context)) {
            while (true) {
                try {
                    Phase phase = tree.phase(name);
                    if (phase == Phase.PATCHING) {
                        tree.enable(name, false);
                    } else if (phase == Phase.IN_FORCE) {
                        return;
                    } else if (phase.isOut()) {
                        if (machine.hasModule(name)) {
                            removal.remove(name, way, context, waits::pause).ifPresent(thrown::addSuppressed);
                        }
                        return;
                    }
                } catch (KernelRefusal | KernelAccessException e) {
                    LOG.debug("Tried again.", e);
                    if (!context.clock().instant().isBefore(end)) {
                        thrown.addSuppressed(e);
                    }
                }
                if (!context.clock().instant().isBefore(end)) {
                    return;
                }
                waits.pause(Transition.POLL);
            }
        } catch (RuntimeException | Error e) {
            thrown.addSuppressed(e);
        }
    }

    /** A livepatch made by hand need not tell its functions; then its name has to do. */
    private boolean isInForce(Livepatch livepatch, LivepatchModule module) {
        Set<PatchedFunction> shown = new TreeSet<>();
        livepatch.objects().forEach(object -> object.functions().forEach(function -> shown.add(function.asRunning())));
        Set<PatchedFunction> wanted = new TreeSet<>();
        module.manifest().functions().forEach(function -> wanted.add(function.asRunning()));
        return livepatch.name().equals(module.manifest().name())
                && livepatch.enabled()
                && !livepatch.inTransition()
                && (wanted.isEmpty() || shown.equals(wanted))
                && !isOtherBuild(module);
    }

    private boolean isOtherBuild(LivepatchModule module) {
        Optional<String> offered = CheckedFile.of(module).file().flatMap(ModuleFile::buildId);
        Optional<String> running = machine.buildId(module.manifest().name());
        return offered.isPresent() && running.isPresent() && !offered.equals(running);
    }

    private List<String> remarks(Completed completed, LoadPlan plan, ModuleLoading way) {
        List<String> remarks = new ArrayList<>(completed.remarks());
        if (!way.describe().equals(BY_SYSTEM_CALLS)) {
            remarks.add("The module was loaded by " + way.describe() + ".");
        }
        for (String object : plan.absent()) {
            remarks.add(object + " is not loaded; it is patched when it is.");
        }
        for (LivepatchName replaced : plan.replaced()) {
            if (machine.hasModule(replaced)) {
                remarks.add(replaced + " was replaced; its module is still loaded and can be removed.");
            }
        }
        return remarks;
    }

    /** Ends the way back of a load: a transition that was turned around leaves the module loaded. */
    private TransitionOutcome withoutModule(
            TransitionOutcome outcome, LivepatchName name, Context context, TaskEvents events) {
        if (outcome instanceof Reversed || outcome instanceof Cancelled) {
            try (Undisturbed waits = new Undisturbed(context)) {
                removal.remove(name, requireLoading(), context, waits::pause)
                        .ifPresent(refusal -> events.note("The module of " + name
                                + " is left over, since it cannot be removed: " + refusal.getMessage()));
            }
        }
        return outcome;
    }

    /**
     * {@inheritDoc}
     *
     * <p>One whose tasks are still switching over is turned around; one that is being disabled already is watched, and a
     * caller who then wants to stop changes nothing: its transition is still running.
     *
     * @throws IllegalStateException if the policy forces and there is no audit log
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    @Override
    public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
        requireAudit(policy);
        return change("disable " + name, context, events -> disable(name, policy, context, events));
    }

    private TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context, TaskEvents events) {
        Instant started = context.clock().instant();
        Phase phase = tree.phase(name);
        if (phase.isOut()) {
            return new AlreadySo();
        }
        context.cancellation().throwIfCancelled();
        try (LogTail log = LogTail.fromNow(files)) {
            boolean began = false;
            if (phase != Phase.UNPATCHING) {
                try {
                    tree.enable(name, false);
                    began = true;
                } catch (KernelRefusal refusal) {
                    Phase now = tree.phase(name);
                    if (now.isOut()) {
                        return new AlreadySo();
                    }
                    if (now != Phase.UNPATCHING) {
                        return refused(refusal, name, log);
                    }
                }
            }
            TransitionOutcome outcome = transition(name, TransitionDirection.UNPATCHING, started, context, events, log)
                    .seeThrough(policy, began);
            if (outcome instanceof Completed) {
                removal.awaitGone(List.of(name), context);
            }
            return outcome;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>It waits a few seconds for the kernel to let go of the module. A module that is no livepatch is refused.
     *
     * @throws IllegalStateException if there is no way of unloading
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    @Override
    public TransitionOutcome unload(LivepatchName name, Context context) {
        ModuleLoading way = requireLoading();
        return change("unload " + name, context, events -> {
            Instant started = context.clock().instant();
            Phase phase = tree.phase(name);
            if (phase == Phase.GONE && !machine.hasModule(name)) {
                return new AlreadySo();
            }
            if (phase == Phase.GONE && !machine.isLivepatch(name).orElse(false)) {
                return new Refused(new Obstacle(
                        Cause.NOT_A_LIVEPATCH, "EPERM", name + " is a module, but no livepatch; it is left alone."));
            }
            if (!phase.isOut()) {
                return new Refused(new Obstacle(
                        Cause.IN_USE,
                        "EWOULDBLOCK",
                        name + " is in force, or on its way; it has to be disabled before."));
            }
            context.cancellation().throwIfCancelled();
            try (LogTail log = LogTail.fromNow(files)) {
                Optional<KernelRefusal> refusal = removal.remove(name, way, context, context::pause);
                if (refusal.isPresent()) {
                    return refused(refusal.get(), name, log);
                }
            }
            List<String> remarks = way.describe().equals(BY_SYSTEM_CALLS)
                    ? List.of()
                    : List.of("The module was removed by " + way.describe() + ".");
            return new Completed(Duration.between(started, context.clock().instant()), false, remarks);
        });
    }

    /**
     * Removes the modules of all livepatches that were disabled or replaced.
     *
     * @param context cancellation, listener and clock
     * @return how the removal of each ended, by name; empty if there is none
     * @throws IllegalStateException if there is no way of unloading
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    public SortedMap<LivepatchName, TransitionOutcome> removeLeftovers(Context context) {
        SortedMap<LivepatchName, TransitionOutcome> outcomes = new TreeMap<>();
        machine().leftovers().forEach(name -> outcomes.put(name, unload(name, context)));
        return Collections.unmodifiableSortedMap(outcomes);
    }

    /**
     * Sees a transition through that somebody has begun: another program, or this one before it was killed. The deadline
     * counts from this call. At the deadline the policy decides, as for {@link #load} and {@link #disable}; a patching that
     * is turned around leaves no module behind. A caller who wants to stop changes nothing: the transition is still running.
     *
     * @param policy how long it may take from now on, and what happens then
     * @param context cancellation, listener and clock
     * @return how it ended; {@link TransitionOutcome.AlreadySo} if no transition is running
     * @throws IllegalStateException if the policy forces and there is no audit log, or there is no way of unloading
     * @throws KernelAccessException if the kernel's files cannot be read
     */
    public TransitionOutcome watch(TransitionPolicy policy, Context context) {
        requireAudit(policy);
        requireLoading();
        return change("watch", context, events -> {
            Instant started = context.clock().instant();
            Optional<Livepatch> running =
                    loaded().stream().filter(Livepatch::inTransition).findFirst();
            if (running.isEmpty()) {
                return new AlreadySo();
            }
            LivepatchName name = running.get().name();
            TransitionDirection goal =
                    running.get().enabled() ? TransitionDirection.PATCHING : TransitionDirection.UNPATCHING;
            try (LogTail log = LogTail.fromNow(files)) {
                TransitionOutcome outcome =
                        transition(name, goal, started, context, events, log).seeThrough(policy, false);
                return goal == TransitionDirection.PATCHING ? withoutModule(outcome, name, context, events) : outcome;
            }
        });
    }

    private Transition transition(
            LivepatchName name,
            TransitionDirection goal,
            Instant started,
            Context context,
            TaskEvents events,
            LogTail log) {
        return new Transition(rules, new Transition.Request(name, goal, started), context, events, log);
    }

    private TransitionOutcome change(String task, Context context, Function<TaskEvents, TransitionOutcome> change) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("A change cannot be made from within another: " + task + ".");
        }
        try (TaskEvents events = new TaskEvents(context, task)) {
            TransitionOutcome outcome;
            try {
                outcome = alone(context, () -> change.apply(events));
            } catch (CancelledException e) {
                outcome = new Cancelled(List.of());
            }
            events.end(outcome instanceof Cancelled ? Event.End.CANCELLED : Event.End.COMPLETED);
            return outcome;
        }
    }

    private TransitionOutcome alone(Context context, Supplier<TransitionOutcome> change) {
        while (!lock.tryLock()) {
            context.pause(Transition.POLL);
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private void requireAudit(TransitionPolicy policy) {
        if (policy instanceof TransitionPolicy.Force && rules.audit().isEmpty()) {
            throw new IllegalStateException("Nothing is forced without an audit log.");
        }
    }

    private ModuleLoading requireLoading() {
        return loading.orElseThrow(() -> new IllegalStateException("There is no way of loading modules."));
    }

    private static TransitionOutcome refused(KernelRefusal refusal, LivepatchName name, LogTail log) {
        LOG.debug("Refused.", refusal);
        Obstacle obstacle = Refusals.explain(refusal.errno(), name, log.lines());
        return new Refused(
                obstacle.cause() == Cause.OTHER
                        ? new Obstacle(Cause.OTHER, obstacle.errno(), obstacle.reason() + " " + refusal.getMessage())
                        : obstacle);
    }
}
