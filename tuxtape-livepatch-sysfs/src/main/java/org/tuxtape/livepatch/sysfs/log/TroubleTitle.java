package org.tuxtape.livepatch.sysfs.log;

import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.BUG;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.GENERAL_PROTECTION;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.HARD_LOCKUP;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.HUNG_TASK;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.KERNEL_BUG;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.OOPS;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.PANIC;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.RCU_STALL;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.SANITIZER;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.SOFT_LOCKUP;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind.WARNING;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the kernel begins to tell of trouble: kernel/{panic,watchdog,hung_task}.c, kernel/rcu, mm/{kasan,kfence},
 * arch/x86/kernel/dumpstack.c and arch/arm64/kernel/traps.c. Messages that speak of a program's own faults begin
 * otherwise.
 *
 * @param kind the class of trouble
 * @param start how the message begins
 */
record TroubleTitle(KernelEvent.TroubleKind kind, Pattern start) {

    /** The first that fits counts. */
    private static final List<TroubleTitle> ALL = List.of(
            title(WARNING, "WARNING: "),
            title(SOFT_LOCKUP, "(?:watchdog: )?BUG: soft lockup "),
            title(HARD_LOCKUP, "(?:NMI )?(?:watchdog: )?(?:CPU\\d{1,6}: )?Watchdog detected hard LOCKUP "),
            title(SANITIZER, "BUG: K(?:ASAN|MSAN|CSAN|FENCE): |UBSAN: "),
            title(KERNEL_BUG, "kernel BUG at "),
            title(GENERAL_PROTECTION, "(?:Oops: )?general protection fault"),
            title(OOPS, "BUG: unable to handle |BUG: kernel NULL pointer dereference|Unable to handle kernel "),
            title(
                    OOPS,
                    "Oops[: ]|Internal error: |PANIC: double fault|[a-z][\\w -]{2,40}: [0-9a-f]{4} \\[#\\d{1,6}\\]"),
            title(BUG, "BUG: "),
            title(HUNG_TASK, "INFO: task .* blocked .*for more than "),
            title(RCU_STALL, "(?:rcu: )?INFO: \\S+ (?:self-)?detected (?:expedited )?stalls?\\b"),
            title(PANIC, "Kernel panic - not syncing"));

    /** The second title of what began with another one, for example of a page fault. */
    private static final Pattern DEATH = Pattern.compile("Oops[: ]|Internal error: |.{0,80}\\[#\\d{1,6}\\]");

    /** Messages that begin with the name of a task: programs choose theirs, and may choose it to look like trouble. */
    private static final Pattern OF_A_TASK = Pattern.compile(
            ".{0,15}(?:\\[\\d{1,7}]: |\\(\\d{1,7}\\): | invoked oom-killer: |: page allocation failure)");

    private static TroubleTitle title(KernelEvent.TroubleKind kind, String start) {
        return new TroubleTitle(kind, Pattern.compile(start));
    }

    /**
     * Reads a message.
     *
     * @param text the message without space around it
     * @return the class of trouble that it begins to tell of; empty if none
     */
    static Optional<KernelEvent.TroubleKind> kind(String text) {
        if (OF_A_TASK.matcher(text).lookingAt()) {
            return Optional.empty();
        }
        return ALL.stream()
                .filter(title -> title.start.matcher(text).lookingAt())
                .map(TroubleTitle::kind)
                .findFirst();
    }

    /**
     * Tells whether a title belongs to what began just before, if that has no trace yet.
     *
     * @param text the message without space around it
     * @return whether it says that a task dies
     */
    static boolean isDeath(String text) {
        return DEATH.matcher(text).lookingAt();
    }
}
