package org.tuxtape.testkit.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.livepatch.PatchedFunction;

/**
 * What {@code kernel/livepatch/core.c} and {@code transition.c} do, as of Linux 6.12. Each call brings its time; what
 * happens by itself has happened up to then, see {@link #settle}.
 */
final class LivepatchCore {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int TRIES_BEFORE_SIGNALS = 15;
    private static final int PATCHED = 1;
    private static final int UNPATCHED = 0;

    private static final class Transition {
        private final Patch patch;
        private int target;
        private int tries;
        private Instant nextTry;

        Transition(Patch patch, int target, Instant now) {
            this.patch = patch;
            this.target = target;
            this.nextTry = now;
        }

        String direction() {
            return target == PATCHED ? "patching" : "unpatching";
        }
    }

    private final LogBuffer log;
    private final TaskList tasks;
    private final Symbols symbols;
    private final Duration removal;
    private final List<Patch> patches = new ArrayList<>();
    private final List<Patch> freed = new ArrayList<>();
    private @Nullable Transition transition;
    private boolean ftraceOff;

    LivepatchCore(LogBuffer log, TaskList tasks, Symbols symbols, Duration removal) {
        this.log = log;
        this.tasks = tasks;
        this.symbols = symbols;
        this.removal = removal;
    }

    /** Lets happen what happens by itself: the kernel looks again once a second, and removes what was freed. */
    void settle(Instant now) {
        for (Transition running = transition; running != null && !now.isBefore(running.nextTry); running = transition) {
            tryComplete(running, running.nextTry);
        }
        freed.removeIf(patch -> patch.isFreedSince(now.minus(removal)));
    }

    /** Returns what sysfs shows, in the order of the stack; what was freed comes last. */
    List<Patch> shown() {
        List<Patch> shown = new ArrayList<>(patches);
        shown.addAll(freed);
        return shown;
    }

    int stackOrder(Patch patch) {
        int place = patches.indexOf(patch);
        return place < 0 ? patches.size() : place + 1;
    }

    boolean isInTransition(Patch patch) {
        return transition != null && transition.patch == patch;
    }

    void turnFtrace(boolean on) throws KernelError {
        if (!on && patches.stream().anyMatch(patch -> !patch.patched().isEmpty())) {
            throw new KernelError("EBUSY", "ftrace is in use");
        }
        ftraceOff = !on;
    }

    boolean isFtraceOff() {
        return ftraceOff;
    }

    /** See klp_enable_patch. */
    void enable(Patch patch, Instant now) throws KernelError {
        if (patch.isReplacing()) {
            patches.forEach(old -> patch.addNops(old.own()));
        }
        for (String object : patch.objects().keySet()) {
            if (symbols.isLoaded(object)) {
                resolve(patch, object, now);
            }
        }
        if (transition != null) {
            throw new KernelError("EBUSY", "another transition is running");
        }
        notice(now, "enabling patch '" + patch.name() + "'");
        if (ftraceOff) {
            refuseWithoutFtrace(patch, now);
        }
        patch.objects().keySet().stream().filter(symbols::isLoaded).forEach(patch.patched()::add);
        patches.add(patch);
        Transition begun = new Transition(patch, PATCHED, now);
        transition = begun;
        tasks.init(PATCHED, patch::changes);
        start(begun, now);
        patch.enabled = true;
        tryComplete(begun, now);
    }

    /** A function that is patched already has its handler, and needs no other. */
    private void refuseWithoutFtrace(Patch patch, Instant now) throws KernelError {
        for (String object : patch.objects().keySet()) {
            SortedSet<PatchedFunction> unhandled = patch.functions(object);
            patches.forEach(other -> unhandled.removeAll(other.functions(object)));
            if (symbols.isLoaded(object) && !unhandled.isEmpty()) {
                String function = unhandled.first().name();
                print(now, LogBuffer.ERROR, "failed to register ftrace handler for function '" + function + "' (-16)");
                warn(now, "failed to patch object '" + object + "'");
                warn(now, "failed to enable patch '" + patch.name() + "'");
                notice(now, "'" + patch.name() + "': unpatching complete");
                throw new KernelError("EBUSY", "ftrace is off");
            }
        }
    }

    private void resolve(Patch patch, String object, Instant now) throws KernelError {
        for (PatchedFunction function : patch.functions(object)) {
            String fault = symbols.whyNot(function, patch.wantsUnique(function));
            if (!fault.isEmpty()) {
                print(now, LogBuffer.ERROR, fault);
                throw new KernelError("EINVAL", fault);
            }
        }
    }

    /** See enabled_store. */
    void store(Patch patch, boolean enable, Instant now) throws KernelError {
        Transition running = transition;
        if (patch.enabled == enable) {
            throw new KernelError("EINVAL", "it is so already");
        }
        if (running != null && running.patch == patch) {
            patch.enabled = enable;
            running.target = 1 - running.target;
            start(running, now);
            return;
        }
        if (enable) {
            throw new KernelError("EINVAL", "what was disabled is not enabled again");
        }
        if (running != null) {
            throw new KernelError("EBUSY", "another transition is running");
        }
        Transition begun = new Transition(patch, UNPATCHED, now);
        transition = begun;
        tasks.init(UNPATCHED, patch::changes);
        start(begun, now);
        patch.enabled = false;
        tryComplete(begun, now);
    }

    /** See klp_force_transition: the end is then seen at the next look. */
    void force(Patch patch, Instant now) throws KernelError {
        Transition running = transition;
        if (running == null || running.patch != patch) {
            throw new KernelError("EINVAL", "its transition is not running");
        }
        warn(now, "forcing remaining tasks to the patched state");
        tasks.force(now);
        if (running.target == UNPATCHED) {
            patch.forced = true;
        } else if (patch.isReplacing()) {
            patches.stream().filter(other -> other != patch).forEach(other -> other.forced = true);
        }
    }

    private void start(Transition running, Instant now) {
        notice(now, "'" + running.patch.name() + "': starting " + running.direction() + " transition");
        running.tries = 0;
        tasks.start(running.target, now);
    }

    private void tryComplete(Transition running, Instant now) {
        if (!tasks.allSwitched(now)) {
            if (running.tries == TRIES_BEFORE_SIGNALS) {
                notice(now, "signaling remaining tasks");
            }
            running.tries++;
            running.nextTry = now.plus(RETRY);
            return;
        }
        Patch patch = running.patch;
        List<Patch> replaced = new ArrayList<>();
        if (running.target == PATCHED && patch.isReplacing()) {
            replaced.addAll(patches);
            replaced.remove(patch);
            patch.discardNops();
        }
        tasks.end();
        notice(now, "'" + patch.name() + "': " + running.direction() + " complete");
        transition = null;
        replaced.forEach(old -> {
            old.enabled = false;
            free(old, now);
        });
        if (!patch.enabled) {
            free(patch, now);
        }
    }

    private void free(Patch patch, Instant now) {
        patches.remove(patch);
        patch.free(now);
        freed.add(patch);
    }

    /** See klp_module_coming. */
    void moduleComing(String module, Instant now) throws KernelError {
        for (Patch patch : patches) {
            if (!patch.objects().containsKey(module)) {
                continue;
            }
            String about = "patch '" + patch.name() + "' for module '" + module + "'";
            try {
                resolve(patch, module, now);
            } catch (KernelError error) {
                warn(now, "failed to initialize " + about + " (-22)");
                warn(
                        now,
                        "patch '" + patch.name() + "' failed for module '" + module + "', refusing to load module '"
                                + module + "'");
                patches.forEach(other -> other.patched().remove(module));
                throw error;
            }
            notice(now, "applying patch '" + patch.name() + "' to loading module '" + module + "'");
            patch.patched().add(module);
        }
    }

    /** See klp_module_going. */
    void moduleGoing(String module, Instant now) {
        for (Patch patch : patches) {
            if (patch.patched().remove(module)) {
                notice(now, "reverting patch '" + patch.name() + "' on unloading module '" + module + "'");
            }
        }
    }

    private void notice(Instant now, String text) {
        print(now, LogBuffer.NOTICE, text);
    }

    private void warn(Instant now, String text) {
        print(now, LogBuffer.WARNING, text);
    }

    private void print(Instant now, int level, String text) {
        log.print(now, level, "livepatch: " + text);
    }
}
