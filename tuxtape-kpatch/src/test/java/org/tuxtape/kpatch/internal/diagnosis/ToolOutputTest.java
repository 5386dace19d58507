package org.tuxtape.kpatch.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildReport.Phase;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolExit.Exited;
import org.tuxtape.testkit.ManualClock;

class ToolOutputTest {
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final List<String> told = new ArrayList<>();
    private final OutputListener listener = new OutputListener() {
        @Override
        public void phase(String name) {
            told.add("phase " + name);
        }

        @Override
        public void function(FoundFunction function) {
            told.add((function.isNew() ? "new " : "changed ") + function.unit() + " " + function.name());
        }

        @Override
        public void remark(String sentence) {
            told.add("remark " + sentence);
        }
    };
    private final TreeNames names =
            new TreeNames("/src", unit -> unit.equals("tcp.o") ? Optional.of(KernelObject.VMLINUX) : Optional.empty());
    private final ToolOutput kpatch = ToolOutput.ofKpatch(names, clock, listener);
    private final ToolOutput klp = ToolOutput.ofKlp(names, clock, listener);

    private void say(ToolOutput output, String... lines) {
        for (String line : lines) {
            output.line(line);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static BuildDiagnosis failed(ToolOutput output, ToolExit exit) {
        return assertThat(output.verdict(exit, Optional::empty))
                .asInstanceOf(type(ToolVerdict.Failed.class))
                .actual()
                .diagnosis();
    }

    @Test
    void aBuildIsTold() {
        say(
                kpatch,
                "Using source directory at /src",
                "Testing patch file(s)",
                "Reading special section data",
                "Building original source",
                "Building patched source",
                "Extracting new and modified ELF sections",
                "tcp.o: changed function: tcp_rcv",
                "tcp.o: new function: tcp_check.part.0",
                "Patched objects: vmlinux",
                "Building patch module: livepatch-x.ko",
                "SUCCESS");
        assertThat(kpatch.verdict(new Exited(0), Optional::empty)).isEqualTo(new ToolVerdict.Built());
        assertThat(told)
                .containsExactly(
                        "phase Using source directory",
                        "phase Testing patch file(s)",
                        "phase Reading special section data",
                        "phase Building original source",
                        "phase Building patched source",
                        "phase Extracting new and modified ELF sections",
                        "changed tcp.o tcp_rcv",
                        "new tcp.o tcp_check.part.0",
                        "phase Building patch module");
        assertThat(kpatch.phases())
                .contains(new Phase("Extracting new and modified ELF sections", Duration.ofSeconds(4)))
                .last()
                .isEqualTo(new Phase("Building patch module", Duration.ofSeconds(2)));
    }

    @Test
    void anExitStatusAloneIsNotBelieved() {
        say(klp, "klp-build: unrecognized option '--x'", "", "Usage: klp-build [OPTIONS] PATCH_FILE(s)");
        assertThat(failed(klp, new Exited(0)).failure()).isEqualTo(BuildFailure.BAD_ARGUMENTS);
        say(kpatch, "SUCCESS");
        assertThat(failed(kpatch, new Exited(1)).failure()).isEqualTo(BuildFailure.UNCLASSIFIED);
    }

    @Test
    void noChangeIsNoFailure() {
        say(kpatch, "Building patched source", "ERROR: no changed objects found. Check /c/build.log for more details.");
        assertThat(kpatch.verdict(new Exited(1), Optional::empty))
                .asInstanceOf(type(ToolVerdict.NoChange.class))
                .extracting(ToolVerdict.NoChange::reason)
                .asString()
                .contains("compiled nothing anew");
        say(klp, "Copying patched object files", "error: klp-build: no changes detected");
        assertThat(klp.verdict(new Exited(1), Optional::empty)).isInstanceOf(ToolVerdict.NoChange.class);
    }

    /** The fault: a disk that was full while kpatch-build wrote down what changed, as it was seen with the real one. */
    @Test
    void whatAToolSaysOfChangesOnAFullDiskIsNotBelieved() {
        say(
                kpatch,
                "Building patched source",
                "/usr/lib/kpatch/kpatch-cc: line 58: echo: write error: No space left on device",
                "Extracting new and modified ELF sections",
                "ERROR: no functional changes found. Check /c/build.log for more details.");
        assertThat(failed(kpatch, new Exited(1)).failure()).isEqualTo(BuildFailure.NO_SPACE);
        say(klp, "cp: error writing 'klp-tmp/2-patched/a.o': No space left on device", "SUCCESS");
        assertThat(failed(klp, new Exited(0)).failure()).isEqualTo(BuildFailure.NO_SPACE);
    }

    /** The fault: a disk so full that what the compiler said of it got lost as well. */
    @Test
    void whereTheToolDoesNotSayWhyAFullDiskIsTheCause() {
        BuildDiagnosis full = BuildDiagnosis.of(BuildFailure.NO_SPACE, "/scratch: 1 MiB is free", "Free some space.");
        say(kpatch, "make[1]: *** [Makefile:2065: /scratch/patch] Error 2", "ERROR: kpatch build failed");
        assertThat(kpatch.verdict(new Exited(1), Optional::empty)).isNotEqualTo(new ToolVerdict.Failed(full));
        assertThat(kpatch.verdict(new Exited(1), () -> Optional.of(full))).isEqualTo(new ToolVerdict.Failed(full));
        say(klp, "No changes detected.");
        assertThat(klp.verdict(new Exited(1), () -> Optional.of(full))).isEqualTo(new ToolVerdict.Failed(full));
    }

    @Test
    void theFirstCauseCountsAndNotItsSummary() {
        say(
                kpatch,
                "Building patched source",
                "Extracting new and modified ELF sections",
                "tcp.o: changed function: tcp_rcv",
                "tcp.o: data section .data.tcp_table selected for inclusion",
                "ERROR: tcp.o: 1 unsupported section change(s)",
                "create-diff-object: unreconcilable difference",
                "ERROR: 1 error(s) encountered. Check /c/build.log for more details.");
        BuildDiagnosis diagnosis = failed(kpatch, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.DATA_CHANGE);
        assertThat(diagnosis.function()).contains("tcp_table");
        assertThat(diagnosis.object()).contains(KernelObject.VMLINUX);
        assertThat(diagnosis.remedy()).contains("tcp_table");
    }

    @Test
    void aSummaryThatKnowsNoMoreTakesNoRemedyAway() {
        say(
                kpatch,
                "core.o: changed section .init.text not selected for inclusion",
                "ERROR: core.o: 1 unsupported section change(s)");
        assertThat(failed(kpatch, new Exited(1)).remedy()).contains("__init");
    }

    @Test
    void aCompilerErrorIsFoundInTheLog() {
        say(kpatch, "Building patched source", "ERROR: kpatch build failed. Check /c/build.log for more details.");
        kpatch.logLine("  CC      net/ipv4/udp.o");
        kpatch.logLine("/src/net/ipv4/tcp.c: In function 'tcp_rcv':");
        kpatch.logLine("/src/net/ipv4/tcp.c:99:9: error: implicit declaration of function 'tcp_new'");
        kpatch.logLine("   99 |         tcp_new(sk);");
        kpatch.logLine("      |         ^~~~~~~");
        kpatch.logLine("make[3]: *** [scripts/Makefile.build:250: net/ipv4/tcp.o] Error 1");
        BuildDiagnosis diagnosis = failed(kpatch, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.COMPILE_ERROR);
        assertThat(diagnosis.place()).hasToString("Optional[net/ipv4/tcp.c:99]");
        assertThat(diagnosis.function()).contains("tcp_rcv");
        assertThat(diagnosis.remedy()).contains("tcp_new()");
        assertThat(diagnosis.excerpt())
                .contains("In function 'tcp_rcv'", "implicit declaration", "^~~~~~~")
                .doesNotContain("udp.o");
    }

    @Test
    void whatDoesNotBuildWithoutTheFixIsNotItsFault() {
        say(
                klp,
                "Building original kernel",
                "net/x.c:3:1: error: expected ';' before '}' token",
                "error: klp-build: original kernel build failed");
        BuildDiagnosis diagnosis = failed(klp, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.TREE_DOES_NOT_BUILD);
        assertThat(diagnosis.place()).hasToString("Optional[net/x.c:3]");
    }

    @Test
    void aHunkThatFailsSaysWhere() {
        say(
                kpatch,
                "Testing patch file(s)",
                "ERROR: /p/x.patch file failed to apply. Check /c/build.log for more details.");
        kpatch.logLine("checking file net/ipv4/tcp.c");
        kpatch.logLine("Hunk #2 FAILED at 120.");
        kpatch.logLine("1 out of 2 hunks FAILED");
        BuildDiagnosis diagnosis = failed(kpatch, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(diagnosis.place()).hasToString("Optional[net/ipv4/tcp.c:120]");
        assertThat(diagnosis.excerpt()).contains("Hunk #2 FAILED");
    }

    @Test
    void aFullDiskIsTheCauseWhateverElseIsSaid() {
        say(
                kpatch,
                "Building patched source",
                "net/x.c:3:1: error: expected ';' before '}' token",
                "/tmp/cc1.s: fatal error: error writing to /tmp/cc1.s: No space left on device",
                "ERROR: kpatch build failed. Check /c/build.log for more details.");
        assertThat(failed(kpatch, new Exited(1)).failure()).isEqualTo(BuildFailure.NO_SPACE);
    }

    @Test
    void whatIsNewIsShownWithTheLinesBeforeItButNotWithTheLinkersMany() {
        say(kpatch, "Building patched source", "a new kind of trouble");
        for (int i = 0; i < 1000; i++) {
            kpatch.line(
                    "ld: warning: orphan section `.text.f" + i + "' from `net/x.o' being placed in section `.text.f'");
        }
        say(kpatch, "ERROR: kpatch build failed. Check /c/build.log for more details.");
        BuildDiagnosis diagnosis = failed(kpatch, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.UNCLASSIFIED);
        assertThat(diagnosis.excerpt())
                .contains("a new kind of trouble", "kpatch build failed")
                .doesNotContain("orphan");
    }

    @Test
    void objtoolNamesTheKernelObject() {
        say(
                klp,
                "Diffing objects",
                "fs/btrfs/btrfs.o: changed function: btrfs_scrub",
                "fs/btrfs/btrfs.o: error: objtool: changed data: btrfs_table",
                "error: klp-build: objtool klp diff failed",
                "error: klp-build: line 700: '( cd \"$ORIG_CSUM_DIR\" )'");
        BuildDiagnosis diagnosis = failed(klp, new Exited(1));
        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.DATA_CHANGE);
        assertThat(diagnosis.object()).contains(KernelObject.module("fs/btrfs/btrfs"));
        assertThat(klp.functions()).containsExactly(new FoundFunction("fs/btrfs/btrfs.o", "btrfs_scrub", false));
    }

    @Test
    void whatChangesTheMeaningIsRemarked() {
        say(
                klp,
                "warning: klp-build: x.patch applied with fuzz",
                "vmlinux.o: warning: objtool: no correlation: once.1",
                "vmlinux.o: warning: objtool: f: disabling unsupported tracepoint sched_switch",
                "vmlinux.o: warning: objtool: f: disabling unsupported pr_debug()",
                "vmlinux.o: warning: objtool: f: disabling unsupported pr_debug()");
        assertThat(klp.remarks()).hasSize(4).anyMatch(remark -> remark.contains("tracepoint sched_switch"));
        say(
                kpatch,
                "tcp.o: WARNING: unable to correlate static local variable once.1 used by f, assuming variable is new",
                "patching file net/ipv4/tcp.c",
                "Hunk #1 succeeded at 12 with fuzz 2.");
        assertThat(kpatch.remarks())
                .containsExactly(
                        "The static variable once.1 of f begins anew: its value in the running kernel is not taken over.",
                        "A hunk of net/ipv4/tcp.c was applied with fuzz 2, at line 12.");
    }

    @Test
    void howTheToolEndedCountsWhereItSaysNothing() {
        assertThat(failed(kpatch, new ToolExit.TimedOut()).failure()).isEqualTo(BuildFailure.TIMEOUT);
        assertThat(failed(kpatch, new ToolExit.Signalled(9)).failure()).isEqualTo(BuildFailure.KILLED);
        assertThat(failed(kpatch, new ToolExit.Signalled(11)).failure()).isEqualTo(BuildFailure.TOOL_BROKE);
        assertThat(failed(kpatch, new ToolExit.NotStarted("no kpatch-build")).failure())
                .isEqualTo(BuildFailure.MISSING_TOOL);
        assertThat(failed(kpatch, new ToolExit.Stuck(List.of(12L))).excerpt()).contains("12");
        assertThat(kpatch.verdict(new ToolExit.Cancelled(), Optional::empty)).isEqualTo(new ToolVerdict.Cancelled());
        say(kpatch, "ERROR: x.o: object size mismatch: table");
        assertThat(failed(kpatch, new ToolExit.Signalled(15)).failure()).isEqualTo(BuildFailure.DATA_CHANGE);
    }
}
