package org.tuxtape.livepatch.sysfs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Livepatching;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Lost;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Trouble;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind;

class KernelEventParserTest {
    private final KernelEventParser parser = new KernelEventParser();

    private static LogEntry entry(String text) {
        return entry(1000, "", text);
    }

    private static LogEntry entry(long millis, String caller, String text) {
        return new LogEntry(
                OptionalLong.empty(),
                Duration.ofMillis(millis),
                6,
                true,
                caller.isEmpty() ? Optional.empty() : Optional.of(caller),
                text);
    }

    /** What has become of the lines so far. */
    private List<KernelEvent> accept(String lines) {
        List<KernelEvent> events = new ArrayList<>();
        lines.lines().forEach(line -> events.addAll(parser.accept(entry(line))));
        return events;
    }

    private List<KernelEvent> all(String lines) {
        List<KernelEvent> events = accept(lines);
        events.addAll(parser.finish());
        return events;
    }

    private Trouble only(String lines) {
        List<KernelEvent> events = all(lines);
        assertThat(events).singleElement().isInstanceOf(Trouble.class);
        return (Trouble) events.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "livepatch: enabling patch 'lp_a' | ENABLING | lp_a",
                "livepatch: 'lp_a': initializing patching transition | TRANSITION | lp_a",
                "livepatch: 'lp_a': starting unpatching transition | TRANSITION | lp_a",
                "livepatch: 'lp_a': completing patching transition | TRANSITION | lp_a",
                "livepatch: 'lp_a': reversing transition from patching to unpatching | REVERSING | lp_a",
                "livepatch: 'lp_a': canceling patching transition, going to unpatch | REVERSING | lp_a",
                "livepatch: 'lp_a': patching complete | PATCHED | lp_a",
                "livepatch: 'lp_a': unpatching complete | UNPATCHED | lp_a",
                "livepatch: signaling remaining tasks | SIGNALING |",
                "livepatch: forcing remaining tasks to the patched state | OTHER |",
                "livepatch: klp_try_switch_task: cat:7 is sleeping on function f | OTHER |",
                "livepatch: applying patch 'lp_a' to loading module 'btrfs' | PATCHING_MODULE | lp_a",
                "livepatch: reverting patch 'lp_a' on unloading module 'btrfs' | OTHER | lp_a",
                "livepatch: patch 'lp_a' failed for module 'btrfs', refusing to load module 'btrfs' | FAILED | lp_a",
                "livepatch: failed to initialize patch 'lp_a' for module 'btrfs' (-22) | FAILED | lp_a",
                "livepatch: failed to apply patch 'lp_a' to module 'btrfs' (-16) | FAILED | lp_a",
                "livepatch: failed to enable patch 'lp_a' | FAILED | lp_a",
                "livepatch: failed to patch object 'vmlinux' | FAILED |",
                "livepatch: pre-patch callback failed for object 'vmlinux' | FAILED |",
                "livepatch: failed to find location for function 'f' | FAILED |",
                "livepatch: failed to set ftrace filter for function 'f' (-22) | FAILED |",
                "livepatch: failed to register ftrace handler for function 'f' (-16) | FAILED |",
                "livepatch: symbol 'f' not found in symbol table | FAILED |",
                "livepatch: symbol position 2 for symbol 'f' in object 'vmlinux' not found | FAILED |",
                "livepatch: unresolvable ambiguity for symbol 'f' in object 'vmlinux' | FAILED |",
                "livepatch: symbol f is not marked as a livepatch symbol | FAILED |",
                "livepatch: section .klp.rela. has an incorrectly formatted name | FAILED |",
                "livepatch: kallsyms size lookup failed for 'f' replacement | FAILED |",
                "livepatch: Failed to construct shadow variable <00000000, 1> (-12) | FAILED |",
                "livepatch: module lp_a is not marked as a livepatch module | FAILED | lp_a",
                "livepatch: Livepatch patch (lp_a) is not compatible with the already installed livepatches. "
                        + "| FAILED | lp_a",
                "livepatch: something that a later kernel says | OTHER |",
                "lp_a: tainting kernel with TAINT_LIVEPATCH | OTHER | lp_a",
                "lp_a: loading out-of-tree module taints kernel. | OTHER | lp_a",
                "lp_a: version magic '6.1 SMP ' should be '6.12 SMP ' | FAILED | lp_a",
                "lp-a: disagrees about version of symbol module_layout | FAILED | lp_a",
                "lp_a: Unknown symbol f (err -2) | FAILED | lp_a",
                "lp_a: module is marked as livepatch module, but livepatch support is disabled | FAILED | lp_a",
                "Module lp_a is blacklisted | FAILED | lp_a",
                "Loading of unsigned module is rejected | FAILED |",
                "Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7 | FAILED |",
                "Invalid ELF header magic: != ELF | FAILED |",
            })
    void whatIsSaidOfLivepatchesAndModulesIsOneEventAtOnce(String text, KernelEvent.Step step, String name) {
        assertThat(accept(text)).singleElement().isInstanceOfSatisfying(Livepatching.class, said -> {
            assertThat(said.kind()).isEqualTo(step);
            assertThat(said.livepatch().map(Object::toString)).isEqualTo(Optional.ofNullable(name));
            assertThat(said.text()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "WARNING: CPU: 1 PID: 7 at a/b.c:3 f+0x1/0x2 | WARNING",
                "WARNING: a/b.c:3 at f+0x1/0x2, CPU#1: cat/7 | WARNING",
                "WARNING: possible circular locking dependency detected | WARNING",
                "BUG: scheduling while atomic: cat/7/0x00000002 | BUG",
                "BUG: sleeping function called from invalid context at a/b.c:3 | BUG",
                "BUG: unable to handle page fault for address: ffffffffdeadbeef | OOPS",
                "BUG: kernel NULL pointer dereference, address: 0000000000000008 | OOPS",
                "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008 | OOPS",
                "Oops: stack segment: 0000 [#1] SMP | OOPS",
                "Oops: divide error: 0000 [#2] PREEMPT SMP | OOPS",
                "divide error: 0000 [#1] SMP | OOPS",
                "Oops: general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP"
                        + " | GENERAL_PROTECTION",
                "general protection fault: 0000 [#1] SMP | GENERAL_PROTECTION",
                "kernel BUG at a/b.c:3! | KERNEL_BUG",
                "BUG: KASAN: slab-use-after-free in f+0x1/0x2 | SANITIZER",
                "BUG: KFENCE: out-of-bounds read in f+0x1/0x2 | SANITIZER",
                "UBSAN: shift-out-of-bounds in a/b.c:3:7 | SANITIZER",
                "INFO: task cat:7 blocked for more than 120 seconds. | HUNG_TASK",
                "watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [cat:7] | SOFT_LOCKUP",
                "watchdog: Watchdog detected hard LOCKUP on cpu 1 | HARD_LOCKUP",
                "rcu: INFO: rcu_sched self-detected stall on CPU | RCU_STALL",
                "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks: | RCU_STALL",
                "rcu: INFO: rcu_sched detected expedited stalls on CPUs/tasks: { 1-... } | RCU_STALL",
                "Kernel panic - not syncing: Fatal exception | PANIC",
            })
    void troubleIsKnownByItsTitle(String title, TroubleKind kind) {
        assertThat(only(title).kind()).isEqualTo(kind);
        assertThat(only(title).title()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "traps: cat[7] general protection fault ip:55d0 sp:7ffe error:0 in cat[55d0+1000]",
                "cat[7]: segfault at 8 ip 000055d0 sp 00007ffe error 4",
                "BUG: x[4711]: segfault at 8 ip 000055d0 sp 00007ffe error 4",
                "kernel BUG at [7]: segfault at 8 ip 000055d0 sp 00007ffe error 4",
                "BUG: invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0",
                "WARNING: : page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL)",
                "[Firmware Bug]: TSC doesn't count",
                "Modules linked in: lp_a(OEK)",
                "INFO: lockdep is turned off.",
                "usb 1-1: WARNING: not of the kernel's core",
                "Call Trace:",
                " f+0x1/0x2 [lp_a]",
            })
    void whatOnlySoundsLikeTroubleIsNone(String text) {
        assertThat(all(text)).isEmpty();
    }

    @Test
    void aWarningEndsWithItsMarkAndBeginsWhereTheProcessorWas() {
        assertThat(accept("""
                ------------[ cut here ]------------
                WARNING: CPU: 0 PID: 76 at lp.c:4 shown+0x5/0x20 [lp_a]
                Modules linked in: lp_a(OK) other(O)
                CPU: 0 UID: 0 PID: 76 Comm: cat Tainted: G      D W  O  K    6.12.107 #1
                RIP: 0010:shown+0x5/0x20 [lp_a]
                Code: 0f 0b <0f> 0b
                Call Trace:
                 <TASK>
                 ? __warn+0x81/0x130
                 ? stale+0x1/0x2 [innocent]
                 seq_read_iter+0xff/0x400
                 caller+0x1/0x2 [btrfs 0123456789abcdef]
                 do_syscall_64+0x37/0xb0
                RIP: 0033:0x47cf2a
                 </TASK>
                ---[ end trace 0000000000000000 ]---
                """)).singleElement().isInstanceOfSatisfying(Trouble.class, warning -> {
            assertThat(warning.kind()).isEqualTo(TroubleKind.WARNING);
            assertThat(warning.sinceBoot()).isEqualTo(Duration.ofSeconds(1));
            assertThat(warning.trace())
                    .containsExactly(
                            "shown+0x5/0x20 [lp_a]",
                            "seq_read_iter+0xff/0x400",
                            "caller+0x1/0x2 [btrfs]",
                            "do_syscall_64+0x37/0xb0");
            assertThat(warning.modules()).containsExactly("btrfs", "lp_a");
        });
    }

    @Test
    void aDeathWithTwoTitlesIsOneTrouble() {
        Trouble oops = only("""
                BUG: kernel NULL pointer dereference, address: 0000000000000008
                #PF: supervisor write access in kernel mode
                Oops: Oops: 0002 [#1] SMP
                RIP: 0010:0x0
                Call Trace:
                 <TASK>
                 f+0x1/0x2 [lp_a]
                 </TASK>
                Modules linked in: lp_a(OK)
                ---[ end trace 0000000000000000 ]---
                RIP: 0010:0x0
                note: cat[7] exited with irqs disabled
                """);
        assertThat(oops.kind()).isEqualTo(TroubleKind.OOPS);
        assertThat(oops.title()).startsWith("BUG: kernel NULL");
        assertThat(oops.trace()).containsExactly("f+0x1/0x2 [lp_a]");

        assertThat(only("kernel BUG at a.c:1!\nOops: invalid opcode: 0000 [#2] SMP\nRIP: 0010:g+0x1/0x2")
                        .kind())
                .isEqualTo(TroubleKind.KERNEL_BUG);
        assertThat(only("BUG: TASK stack guard page was hit at 0\nOops: stack guard page: 0000 [#3] SMP")
                        .kind())
                .isEqualTo(TroubleKind.OOPS);
    }

    @Test
    void arm64TellsItsPlaceInAnotherWay() {
        Trouble oops = only("""
                Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008
                Internal error: Oops: 0000000096000004 [#1] SMP
                pc : f+0x1c/0x40 [lp_a]
                lr : stale+0x10/0x40 [innocent]
                Call trace:
                 f+0x1c/0x40 [lp_a] (P)
                 el0_svc+0x30/0xd0
                Code: d503201f
                ---[ end trace 0000000000000000 ]---
                """);
        assertThat(oops.trace()).containsExactly("f+0x1c/0x40 [lp_a]", "el0_svc+0x30/0xd0");
        assertThat(oops.modules()).containsExactly("lp_a");
    }

    @Test
    void aTraceWithoutAMarkEndsWithItself() {
        String hung = """
                INFO: task cat:7 blocked for more than 120 seconds.
                "echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
                task:cat state:D stack:0 pid:7
                Call Trace:
                 <TASK>
                 __schedule+0x1/0x2
                 f+0x1/0x2 [lp_a]
                """;
        assertThat(accept(hung + " </TASK>")).hasSize(1);
        // Before 5.16, and elsewhere than on x86.
        assertThat(accept(hung.replace(" <TASK>\n", "") + "eth0: link is up"))
                .singleElement()
                .extracting(event -> ((Trouble) event).modules())
                .isEqualTo(new TreeSet<>(List.of("lp_a")));
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void aSanitizersReportHoldsThoseWhoAllocatedAndFreed() {
        Trouble report = only("""
                ==================================================================
                BUG: KASAN: slab-use-after-free in f+0x1/0x2
                Call Trace:
                 <TASK>
                 f+0x1/0x2
                 </TASK>

                Freed by task 7:
                 kfree+0x1/0x2
                 g+0x1/0x2 [lp_a]

                ==================================================================
                """);
        assertThat(report.trace()).containsExactly("f+0x1/0x2", "kfree+0x1/0x2", "g+0x1/0x2 [lp_a]");
        assertThat(report.modules()).containsExactly("lp_a");
    }

    @Test
    void whatTwoCallersTellAtOnceIsKeptApart() {
        List<KernelEvent> events = new ArrayList<>();
        for (LogEntry entry : List.of(
                entry(1000, "T1", "WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1/0x2"),
                entry(1000, "T2", "BUG: kernel NULL pointer dereference, address: 0"),
                entry(1001, "T1", "Call Trace:"),
                entry(1001, "T2", "Oops: Oops: 0002 [#1] SMP"),
                entry(1002, "T2", "RIP: 0010:g+0x1/0x2 [lp_a]"),
                entry(1002, "T3", " h+0x1/0x2 [other]"),
                entry(1002, "T1", " f+0x1/0x2"),
                entry(1003, "T1", "---[ end trace 0000000000000000 ]---"),
                entry(1004, "T2", "---[ end trace 0000000000000000 ]---"))) {
            events.addAll(parser.accept(entry));
        }
        assertThat(events)
                .map(event -> ((Trouble) event).trace().toString())
                .containsExactly("[f+0x1/0x2]", "[g+0x1/0x2 [lp_a]]");
    }

    @Test
    void aStallsReportHoldsWhatOtherProcessorsAdd() {
        List<KernelEvent> events = new ArrayList<>();
        for (LogEntry entry : List.of(
                entry(1000, "C0", "rcu: INFO: rcu_sched detected stalls on CPUs/tasks:"),
                entry(1001, "C0", "Sending NMI from CPU 0 to CPUs 1:"),
                entry(1002, "C1", "NMI backtrace for cpu 1"),
                entry(1002, "C1", "RIP: 0010:f+0x1/0x2 [lp_a]"))) {
            events.addAll(parser.accept(entry));
        }
        events.addAll(parser.finish());
        assertThat(events)
                .singleElement()
                .extracting(event -> ((Trouble) event).modules().first())
                .isEqualTo("lp_a");
    }

    @Test
    void otherTroubleOrTimeEndsATraceThatWasCutOff() {
        assertThat(accept("WARNING: one\nCall Trace:\n f+0x1/0x2\nWARNING: two"))
                .singleElement()
                .extracting(event -> ((Trouble) event).title())
                .isEqualTo("WARNING: one");
        assertThat(parser.accept(entry(7000, "", "eth0: link is up")))
                .singleElement()
                .extracting(event -> ((Trouble) event).title())
                .isEqualTo("WARNING: two");
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void aLivepatchMayBeSpokenOfInTheMiddleOfATrace() {
        assertThat(all("WARNING: one\nCall Trace:\n f+0x1/0x2\nlivepatch: signaling remaining tasks\n g+0x1/0x2"))
                .satisfiesExactly(
                        said -> assertThat(said).isInstanceOf(Livepatching.class),
                        warning -> assertThat(((Trouble) warning).trace()).containsExactly("f+0x1/0x2", "g+0x1/0x2"));
    }

    @Test
    void messagesThatWereLostEndATraceAndAreCounted() {
        List<KernelEvent> events = new ArrayList<>();
        events.addAll(parser.accept(new LogEntry(OptionalLong.of(10), Duration.ofSeconds(1), 4, "WARNING: one")));
        events.addAll(parser.accept(new LogEntry(OptionalLong.of(15), Duration.ofSeconds(2), 6, "hello")));
        assertThat(events)
                .satisfiesExactly(
                        warning -> assertThat(warning).isInstanceOf(Trouble.class),
                        lost -> assertThat(lost).isEqualTo(new Lost(Duration.ofSeconds(2), 4)));
    }

    @Test
    void aProgramCannotSpeakForTheKernel() {
        LogEntry forged = new LogEntry(
                OptionalLong.of(1), Duration.ZERO, 2, false, Optional.empty(), "Kernel panic - not syncing: no");
        assertThat(parser.accept(forged)).isEmpty();
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void aReportWithoutEndIsBounded() {
        List<KernelEvent> events = new ArrayList<>(parser.accept(entry("BUG: KASAN: " + "x".repeat(10_000))));
        for (int i = 0; i < 10_000; i++) {
            events.addAll(parser.accept(entry(" f" + i + "+0x1/0x2 [m" + i + "]")));
        }
        assertThat(events).singleElement().isInstanceOfSatisfying(Trouble.class, report -> {
            assertThat(report.title()).hasSize(512);
            assertThat(report.trace()).hasSize(256);
            assertThat(report.modules()).hasSize(256);
        });
    }

    @Property
    void anyMessagesMakeAtMostAnEventEachAndNothingStaysOpen(@ForAll("messages") List<LogEntry> log) {
        KernelEventParser any = new KernelEventParser();
        List<KernelEvent> events = new ArrayList<>();
        log.forEach(entry -> events.addAll(any.accept(entry)));
        events.addAll(any.finish());

        assertThat(events.stream().filter(event -> !(event instanceof Lost))).hasSizeLessThanOrEqualTo(log.size());
        assertThat(any.finish()).isEmpty();
    }

    @Provide
    Arbitrary<List<LogEntry>> messages() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                        "WARNING: x",
                        "BUG: x",
                        "Oops: 0 [#1]",
                        "INFO: task a:1 blocked for more than 1 seconds.",
                        "Call Trace:",
                        "f+0x1/0x2 [m]",
                        "? f+0x1/0x2",
                        "</TASK>",
                        "---[ end trace 0 ]---",
                        "livepatch: 'a': patching complete",
                        "livepatch: '",
                        "RIP: 0010:f+0x1/0x2 [",
                        "BUG: KASAN: "));
        Arbitrary<LogEntry> entries = Combinators.combine(
                        texts,
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.longs().between(0, 100),
                        Arbitraries.of(true, true, true, false))
                .as((text, caller, number, fromKernel) -> new LogEntry(
                        OptionalLong.of(number),
                        Duration.ofSeconds(number),
                        6,
                        fromKernel,
                        Optional.of("T" + caller),
                        text));
        return entries.list().ofMaxSize(80);
    }
}
