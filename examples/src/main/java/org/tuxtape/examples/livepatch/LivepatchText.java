package org.tuxtape.examples.livepatch;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;

/** What the commands print, for people. */
final class LivepatchText {
    static final String IN_FORCE = "in force";
    static final String OUT_OF_FORCE = "out of force";
    static final String REMOVED = "removed";

    private final StringBuilder text = new StringBuilder();

    private LivepatchText() {}

    static String of(MachineState machine, List<BlockingTask> blocking, List<CveProtection> cves) {
        LivepatchText page = new LivepatchText();
        page.machine(machine);
        for (Livepatch livepatch : machine.livepatches()) {
            page.livepatch(livepatch, blocking);
        }
        for (LivepatchName leftover : machine.leftovers()) {
            page.line("%s: not in force any more, its module is still loaded", leftover);
        }
        if (!cves.isEmpty()) {
            page.line("");
        }
        cves.forEach(page::protection);
        return page.toString();
    }

    private void machine(MachineState machine) {
        String taint = machine.taint().letters();
        line(
                "Kernel %s%s%s",
                machine.release(),
                taint.isEmpty() ? "" : ", tainted " + taint,
                machine.lockdown().map(lockdown -> ", lockdown " + lockdown).orElse(""));
        if (machine.livepatches().isEmpty()) {
            line("No livepatch is in force.");
        }
    }

    private void livepatch(Livepatch livepatch, List<BlockingTask> blocking) {
        boolean replaces =
                livepatch.replacement().filter(Replacement.REPLACE_ALL::equals).isPresent();
        line("%s: %s%s", livepatch.name(), state(livepatch), replaces ? ", replaces those before it" : "");
        for (PatchedObject object : livepatch.objects()) {
            line("  %-12s %-10s %s", object.objectName(), state(object), names(object.functions()));
        }
        if (livepatch.inTransition()) {
            tasks(blocking);
        }
    }

    private static String state(Livepatch livepatch) {
        if (livepatch.inTransition()) {
            return livepatch.enabled() ? "tasks are switching over" : "tasks are switching back";
        }
        return livepatch.enabled() ? "in force" : "not in force";
    }

    private static String state(PatchedObject object) {
        return object.patched()
                .map(patched -> patched ? "patched" : "not loaded")
                .orElse("unknown");
    }

    private void protection(CveProtection protection) {
        String by = protection.by().map(name -> " by " + name).orElse("");
        String missing = String.join(", ", protection.missing());
        line(
                "%-16s %s",
                protection.cve(),
                switch (protection.state()) {
                    case FIXED -> "fixed" + by;
                    case WAITING_FOR_OBJECT -> "not yet fixed" + by + ": waits until " + missing + " is loaded";
                    case UNKNOWN -> "unknown: claimed" + by + ", and this kernel does not say what is patched";
                    case IN_TRANSITION -> "not yet fixed" + by + ": tasks are switching";
                    case NOT_FIXED -> "not fixed";
                });
    }

    static String of(LoadPlan plan) {
        LivepatchText page = new LivepatchText();
        page.line(
                "%s: %s",
                plan.name(), plan.isClear() ? "nothing is known to be in the way" : "the kernel would refuse it");
        plan.obstacles().forEach(page::obstacle);
        page.functions("patched", plan.patched());
        page.functions("kept", plan.kept());
        page.functions("reverted", plan.reverted());
        plan.replaced().forEach(name -> page.line("  %-12s %s", "replaces", name));
        plan.absent()
                .forEach(object -> page.line("  %-12s %s is not loaded; it is patched when it is", "absent", object));
        plan.remarks().forEach(remark -> page.line("  %-12s %s", "remark", remark));
        return page.toString();
    }

    private void functions(String title, Collection<PatchedFunction> functions) {
        SortedMap<KernelObject, List<PatchedFunction>> objects = functions.stream()
                .collect(Collectors.groupingBy(PatchedFunction::object, TreeMap::new, Collectors.toList()));
        objects.forEach((object, each) -> line("  %-12s %-12s %s", title, object, names(each)));
    }

    private static String names(Collection<PatchedFunction> functions) {
        // As the kernel does, the place is shown only where it tells functions of one name apart.
        return functions.stream()
                .map(function -> function.sympos() > 1 ? function.name() + "," + function.sympos() : function.name())
                .collect(Collectors.joining(" "));
    }

    private void obstacle(Obstacle obstacle) {
        line("  %-12s %s: %s", obstacle.errno(), Words.of(obstacle.cause()), obstacle.reason());
    }

    /** Says how a change ended; {@code done} is what was asked for, one of the constants. */
    static String of(LivepatchName name, String done, TransitionOutcome outcome) {
        LivepatchText page = new LivepatchText();
        if (outcome instanceof TransitionOutcome.Completed completed) {
            page.line("%s is %s after %s%s.", name, done, Words.of(completed.took()), forced(completed));
            completed.remarks().forEach(remark -> page.line("  %s", remark));
        } else if (outcome instanceof TransitionOutcome.AlreadySo) {
            // A name that was misspelt is not there either, and was never removed.
            page.line(
                    done.equals(REMOVED)
                            ? "%s is not loaded; nothing was done."
                            : "%s is %s already; nothing was done.",
                    name,
                    done);
        } else if (outcome instanceof TransitionOutcome.Reversed reversed) {
            page.line("%s is not %s: the deadline passed, and all is as it was before.", name, done);
            page.tasks(reversed.blocking());
        } else if (outcome instanceof TransitionOutcome.StillRunning running) {
            page.line(
                    "%s is not %s yet: tasks are switching %s.",
                    name, done, running.direction() == TransitionDirection.PATCHING ? "over" : "back");
            page.tasks(running.blocking());
        } else if (outcome instanceof TransitionOutcome.Refused refused) {
            page.line("%s is not %s: refused.", name, done);
            page.obstacle(refused.obstacle());
        } else if (outcome instanceof TransitionOutcome.Cancelled cancelled) {
            page.line("%s is not %s: stopped on request, and all is as it was before.", name, done);
            page.tasks(cancelled.blocking());
        }
        return page.toString();
    }

    static String of(LoadProof proof) {
        LivepatchText page = new LivepatchText();
        LivepatchName name = proof.manifest().name();
        page.line("%s: %s", name, proof.isGiven() ? "proven" : "NOT PROVEN");
        page.steps(of(name, IN_FORCE, proof.loaded()));
        proof.inForce().forEach(page::protection);
        proof.disabled().ifPresent(outcome -> page.steps(of(name, OUT_OF_FORCE, outcome)));
        proof.removed().ifPresent(outcome -> page.steps(of(name, REMOVED, outcome)));
        proof.afterwards().forEach(page::protection);
        return page.toString();
    }

    private void steps(String lines) {
        lines.lines().forEach(line -> line("  %s", line));
    }

    private static String forced(TransitionOutcome.Completed completed) {
        return completed.forced() ? ", by force" : "";
    }

    private void tasks(List<BlockingTask> tasks) {
        tasks.forEach(task -> line("  %-12s %s", "waits for", task.describe()));
    }

    /** Returns one line. */
    static String line(TransitionProgress progress) {
        List<BlockingTask> blocking = progress.blocking();
        String who = blocking.isEmpty() ? "" : ": " + blocking.get(0).describe();
        String others = blocking.size() < 2 ? "" : " and others";
        String left = progress.tasks().isEmpty()
                ? "tasks that may not be seen"
                : progress.remaining() + " of " + progress.tasks().getAsInt() + " tasks";
        return Console.harmless(String.format(
                Locale.ROOT,
                "%s%s, %s left after %d s%s%s",
                progress.name(),
                progress.direction() == TransitionDirection.PATCHING ? "" : " going back",
                left,
                progress.elapsed().toSeconds(),
                who,
                others));
    }

    /** Returns one line, and one more for each function of a trace. */
    static String of(KernelEvent event) {
        LivepatchText page = new LivepatchText();
        double time = event.sinceBoot().toNanos() / 1e9;
        if (event instanceof KernelEvent.Livepatching step) {
            page.line("[%12.6f] %-16s %s", time, Words.of(step.kind()), step.text());
        } else if (event instanceof KernelEvent.Trouble trouble) {
            page.line("[%12.6f] %-16s %s", time, Words.of(trouble.kind()), trouble.title());
            trouble.trace().forEach(function -> page.line("%32s%s", "", function));
        } else if (event instanceof KernelEvent.Lost lost) {
            page.line(
                    "[%12.6f] %-16s %d messages were overwritten before they were read", time, "lost", lost.messages());
        }
        return page.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Returns the text without the last line feed. */
    @Override
    public String toString() {
        return Console.harmless(text).stripTrailing();
    }
}
