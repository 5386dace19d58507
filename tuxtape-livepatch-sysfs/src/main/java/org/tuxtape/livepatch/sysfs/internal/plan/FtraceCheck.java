package org.tuxtape.livepatch.sysfs.internal.plan;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/** Whether ftrace, through which functions are patched, is on and free. */
final class FtraceCheck {
    private final KernelFiles files;

    FtraceCheck(KernelFiles files) {
        this.files = files;
    }

    /**
     * Looks.
     *
     * @param functions as the running kernel spells them, of objects that are there
     * @param unknown whether there may be others
     * @param loaded whose functions have their handlers already
     * @param symbols the kernel's symbols, as far as they are known
     */
    void run(
            SortedSet<PatchedFunction> functions,
            boolean unknown,
            List<Livepatch> loaded,
            Optional<KernelSymbols> symbols,
            Findings findings) {
        // A function that has its handler already needs neither the switch nor a place of its own.
        SortedSet<PatchedFunction> unhandled = new TreeSet<>(functions);
        for (Livepatch livepatch : loaded) {
            livepatch.objects().forEach(object -> unhandled.removeAll(CheckedFile.asRunning(object.functions())));
        }
        boolean off = KernelText.readIfAllowed(
                        files.proc().resolve("sys").resolve("kernel").resolve("ftrace_enabled"))
                .filter("0"::equals)
                .isPresent();
        if (off && (unknown || !unhandled.isEmpty())) {
            findings.obstacle(
                    Cause.FTRACE_OFF,
                    "EBUSY",
                    "kernel.ftrace_enabled is 0, and functions are patched through ftrace: set it to 1.");
        }
        if (functions.isEmpty()) {
            return;
        }
        Tracing tracing = new Tracing(files, functions);
        for (PatchedFunction function : functions) {
            boolean oneName = symbols.filter(
                            known -> known.hasOneName(function.object().name(), function.name()))
                    .isPresent();
            look(function, unhandled.contains(function), oneName, tracing, findings);
        }
        if (!tracing.unknown().isEmpty()) {
            findings.remark("Not looked at, since not readable: " + String.join(" and ", tracing.unknown())
                    + ". A kprobe or another user of ftrace may be in the way.");
        }
    }

    private static void look(
            PatchedFunction function, boolean unhandled, boolean oneName, Tracing tracing, Findings findings) {
        String name = function.name();
        if (unhandled && tracing.isHeld(function)) {
            String who = tracing.hasProbeThroughFtrace(function) ? "A kprobe on " : "Another user of ftrace on ";
            findings.obstacle(
                    Cause.FUNCTION_HELD,
                    "EBUSY",
                    who + name + " decides where its calls go, and only one may: remove it.");
        } else if (tracing.isCalledDirectly(function)) {
            findings.remark(
                    "Something is called directly from the entry of " + name + ", as BPF programs are: the kernel"
                            + " asks its owner to share, and fails with EBUSY if that one does not.");
        }
        for (String probe : tracing.probes(function)) {
            findings.remark("The kprobe at " + probe + " stays on the original code, which then no longer runs.");
        }
        if (unhandled && tracing.isUnlisted(function)) {
            if (oneName) {
                findings.obstacle(
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        name + " has no place for ftrace, so it cannot be patched: patch its callers instead.");
            } else {
                findings.remark("ftrace does not list " + name
                        + " under this name: if it has no place for ftrace, it cannot be patched (EINVAL).");
            }
        }
    }
}
