package org.tuxtape.livepatch.sysfs.internal.transition;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.Cancelled;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.text.Stanza;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.internal.kernel.LivepatchTree;
import org.tuxtape.livepatch.sysfs.internal.kernel.Phase;
import org.tuxtape.livepatch.sysfs.internal.transition.Tasks.Sight;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;

/**
 * One transition that the kernel has begun, until it has ended, was turned around, was forced or is left alone.
 *
 * <p>The kernel tells nobody when it ends, so one attribute is read forty times a second, which costs next to nothing. The
 * tasks are many, so they are looked at seldom, and never for more than a tenth of the time.
 */
public final class Transition {
    /** How often the end of a transition is looked for. */
    public static final Duration POLL = Duration.ofMillis(25);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int REST_AFTER_LOOK = 9;
    private static final int MOST_NOTED = 16;
    private static final String SIGNALING = "signaling remaining tasks";
    private static final Logger LOG = LoggerFactory.getLogger(Transition.class);

    /**
     * What holds for every transition of a controller.
     *
     * @param files the kernel's files
     * @param tree its livepatches
     * @param observer told how far a transition is
     * @param audit where forcing is written down; without it nothing is forced
     * @param grace how long the way back, or a forced transition, may take
     */
    public record Rules(
            KernelFiles files,
            LivepatchTree tree,
            Consumer<TransitionProgress> observer,
            Optional<AuditLog> audit,
            Duration grace) {}

    /**
     * What is being done.
     *
     * @param name the livepatch
     * @param goal where its tasks shall go
     * @param started when it was asked for
     */
    public record Request(LivepatchName name, TransitionDirection goal, Instant started) {}

    private final Rules rules;
    private final LivepatchTree tree;
    private final Tasks tasks;
    private final LivepatchName name;
    private final TransitionDirection goal;
    private final Instant started;
    private final Context context;
    private final TaskEvents events;
    private final LogTail log;

    private final Set<Integer> noted = new HashSet<>();
    private Instant nextLook = Instant.MIN;
    private Sight sight = Sight.NONE;
    private boolean looked;
    private int signals;

    /**
     * Takes up a transition.
     *
     * @param rules what holds for all of them
     * @param request what this one is
     * @param context the caller's
     * @param events told what is seen
     * @param log what the kernel has logged since the request
     */
    public Transition(Rules rules, Request request, Context context, TaskEvents events, LogTail log) {
        this.rules = rules;
        this.tree = rules.tree();
        this.tasks = new Tasks(rules.files());
        this.name = request.name();
        this.goal = request.goal();
        this.started = request.started();
        this.context = context;
        this.events = events;
        this.log = log;
    }

    /**
     * Looks once who has not switched over.
     *
     * @param files the kernel's files
     * @param direction where the tasks are going
     * @param loaded the livepatches whose functions they may sleep on
     * @return the first of them
     */
    public static List<BlockingTask> blocking(
            KernelFiles files, TransitionDirection direction, List<Livepatch> loaded) {
        return new Tasks(files).look(direction, loaded, () -> true).blocking();
    }

    /**
     * Waits for the end, and does what the policy says if it does not come in time.
     *
     * @param policy the policy
     * @param began whether the caller has begun it: if he wants to stop it is turned around, else left running
     * @return how it ended; a module that was loaded for it is still there
     */
    public TransitionOutcome seeThrough(TransitionPolicy policy, boolean began) {
        try {
            if (hasEnded(goal, policy.deadline(), started, context::pause)) {
                return ended(false, List.of());
            }
        } catch (CancelledException e) {
            look(goal);
            if (!began) {
                return tree.inTransition(name) ? new StillRunning(goal, sight.blocking()) : ended(false, List.of());
            }
            return reverse("the caller wants to stop", Cancelled::new);
        }
        look(goal);
        if (policy instanceof TransitionPolicy.LeaveRunning) {
            return tree.inTransition(name) ? new StillRunning(goal, sight.blocking()) : ended(false, List.of());
        }
        if (policy instanceof TransitionPolicy.Force force) {
            return force(force.permit());
        }
        return reverse("the deadline has passed", Reversed::new);
    }

    private boolean hasEnded(TransitionDirection direction, Duration within, Instant from, Consumer<Duration> pause) {
        while (true) {
            Instant now = context.clock().instant();
            boolean isLast = Duration.between(from, now).compareTo(within) >= 0;
            try {
                if (!tree.inTransition(name)) {
                    return true;
                }
                if (!isLast && !now.isBefore(nextLook)) {
                    look(direction);
                }
            } catch (KernelAccessException e) {
                // One failed read of forty per second, say for want of a file descriptor, says nothing of the
                // transition.
                if (isLast) {
                    throw e;
                }
                LOG.debug("{} is looked at again.", name, e);
            }
            if (isLast) {
                return false;
            }
            pause.accept(POLL);
        }
    }

    private void look(TransitionDirection direction) {
        Instant before = context.clock().instant();
        sight = tasks.look(direction, tree.loaded(), () -> tree.inTransition(name));
        events.start(sight.count() == 0 ? OptionalLong.empty() : OptionalLong.of(sight.count()));
        if (direction == goal) {
            events.advance(sight.count() - sight.remaining());
        }
        noteSignals();
        if (looked) {
            noteBlocking();
        }
        looked = true;
        tell(direction);
        Instant after = context.clock().instant();
        Duration rest = Duration.between(before, after).multipliedBy(REST_AFTER_LOOK);
        nextLook = after.plus(rest.compareTo(BETWEEN_LOOKS) > 0 ? rest : BETWEEN_LOOKS);
    }

    private void noteSignals() {
        long more =
                log.lines().stream().filter(line -> line.contains(SIGNALING)).count();
        if (more > 0) {
            signals += (int) more;
            events.note("The kernel signals the tasks that have not switched over.");
        }
    }

    /** Not at the first look, when most tasks have had no time to switch over. */
    private void noteBlocking() {
        for (BlockingTask task : sight.blocking()) {
            if (noted.size() < MOST_NOTED && noted.add(task.tid())) {
                events.note(task.describe() + " has not switched over.");
            }
        }
    }

    private void tell(TransitionDirection direction) {
        Duration elapsed = Duration.between(started, context.clock().instant());
        try {
            rules.observer()
                    .accept(new TransitionProgress(
                            name,
                            direction,
                            elapsed,
                            sight.count() == 0 ? OptionalInt.empty() : OptionalInt.of(sight.count()),
                            sight.remaining(),
                            sight.blocking(),
                            signals));
        } catch (RuntimeException e) {
            LOG.warn("The observer of {} failed.", name, e);
        }
    }

    private TransitionOutcome ended(boolean forced, List<String> remarks) {
        List<BlockingTask> blocking = sight.blocking();
        events.start(OptionalLong.empty());
        Phase phase = tree.phase(name);
        if (phase.isTransition()) {
            events.note("Somebody else has begun the next transition of " + name + ".");
            return new StillRunning(direction(phase), blocking);
        }
        if (phase.isOut() == (goal == TransitionDirection.PATCHING)) {
            events.note(name + (phase.isOut() ? " is not in force" : " is in force again")
                    + ": somebody else has turned its transition around.");
            return new Reversed(blocking);
        }
        events.finish();
        sight = new Sight(sight.count(), 0, List.of());
        tell(goal);
        Duration took = Duration.between(started, context.clock().instant());
        return new Completed(took, forced, remarks);
    }

    private TransitionOutcome reverse(String why, Function<List<BlockingTask>, TransitionOutcome> reversed) {
        List<BlockingTask> blocking = sight.blocking();
        List<LivepatchName> others = othersInForce();
        // Once it has ended, the same write would begin the next one instead of turning this one around.
        if (!tree.inTransition(name)) {
            return ended(false, List.of());
        }
        try {
            tree.enable(name, goal == TransitionDirection.UNPATCHING);
            if (goal == TransitionDirection.PATCHING && isOneOut(others)) {
                return putBack();
            }
            events.note("The transition of " + name + " is turned around, since " + why + ".");
        } catch (KernelRefusal refusal) {
            events.note("The kernel does not turn it around: " + refusal.getMessage());
            Phase phase = tree.phase(name);
            if (!phase.isTransition()) {
                return ended(false, List.of());
            }
            if (direction(phase) == goal) {
                return new StillRunning(goal, blocking);
            }
        }
        TransitionDirection back =
                goal == TransitionDirection.PATCHING ? TransitionDirection.UNPATCHING : TransitionDirection.PATCHING;
        try (Undisturbed waits = new Undisturbed(context)) {
            nextLook = context.clock().instant().plus(BETWEEN_LOOKS);
            if (!hasEnded(back, rules.grace(), context.clock().instant(), waits::pause)) {
                look(back);
                return new StillRunning(back, sight.blocking());
            }
        }
        boolean isBack = tree.phase(name).isOut() == (goal == TransitionDirection.PATCHING);
        return isBack ? reversed.apply(blocking) : ended(false, List.of());
    }

    /** The livepatches that go out of force in the moment in which this one's transition ends, if it replaces them. */
    private List<LivepatchName> othersInForce() {
        return tree.loaded().stream()
                .filter(livepatch -> livepatch.enabled() && !livepatch.name().equals(name))
                .map(Livepatch::name)
                .toList();
    }

    private boolean isOneOut(List<LivepatchName> names) {
        return names.stream().anyMatch(other -> tree.phase(other).isOut());
    }

    /**
     * Takes back a write that came a moment too late: the livepatch had replaced others, so that it was disabled and
     * nothing would be in force.
     */
    private TransitionOutcome putBack() {
        try {
            tree.enable(name, true);
        } catch (KernelRefusal refusal) {
            LOG.debug("Refused.", refusal);
        }
        try (Undisturbed waits = new Undisturbed(context)) {
            hasEnded(
                    TransitionDirection.PATCHING, rules.grace(), context.clock().instant(), waits::pause);
        }
        Phase phase = tree.phase(name);
        if (phase.isOut()) {
            throw new KernelAccessException(
                    rules.files().sys().resolve("kernel").resolve("livepatch"),
                    name + " is no longer in force, and neither are those that it had replaced: its transition ended as"
                            + " it was to be turned around, and it could not be enabled again.");
        }
        return phase.isTransition()
                ? new StillRunning(direction(phase), sight.blocking())
                : ended(
                        false,
                        List.of(
                                "It was about to be turned around when its transition ended, so it was left in force."));
    }

    private TransitionOutcome force(ForcePermit permit) {
        Instant now = context.clock().instant();
        if (permit.until().isBefore(now)) {
            return reverse("the permit to force it has ended", Reversed::new);
        }
        if (!tree.inTransition(name)) {
            return ended(false, List.of());
        }
        try {
            rules.audit().orElseThrow().append(entry(permit, now));
        } catch (IOException | RuntimeException e) {
            LOG.error("The audit log cannot be written, so {} is not forced.", name, e);
            return reverse("forcing it cannot be written to the audit log", Reversed::new);
        }
        List<LivepatchName> others = othersInForce();
        LOG.warn("Forcing {} ({}) for {}: {}", name, goal, permit.who(), permit.why());
        try {
            tree.force(name);
        } catch (KernelRefusal refusal) {
            return reverse("the kernel does not force it: " + refusal.getMessage(), Reversed::new);
        }
        events.note("The transition of " + name + " is forced.");
        try (Undisturbed waits = new Undisturbed(context)) {
            if (!hasEnded(goal, rules.grace(), now, waits::pause)) {
                return new StillRunning(goal, sight.blocking());
            }
        }
        List<String> remarks = new ArrayList<>();
        remarks.add("It was forced for " + permit.who() + ": tasks may run old and new functions side by side.");
        if (goal == TransitionDirection.UNPATCHING) {
            remarks.add("Its module cannot be removed until the next boot.");
        } else if (isOneOut(others)) {
            remarks.add("The modules of livepatches that it replaced cannot be removed until the next boot.");
        }
        return ended(true, remarks);
    }

    private Stanza entry(ForcePermit permit, Instant now) {
        return Stanza.empty()
                .with("Time", now.toString())
                .with("Action", "force")
                .with("Livepatch", name.text())
                .with("Direction", goal.name())
                .with("Who", KernelText.oneLine(permit.who()))
                .with("Why", KernelText.oneLine(permit.why()))
                .with("Permit-Until", permit.until().toString())
                .with(
                        "Blocking",
                        sight.blocking().stream().map(BlockingTask::describe).toList());
    }

    private static TransitionDirection direction(Phase phase) {
        return phase == Phase.PATCHING ? TransitionDirection.PATCHING : TransitionDirection.UNPATCHING;
    }
}
