package org.tuxtape.livepatch.sysfs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Livepatching;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Lost;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Step;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.Trouble;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind;
import org.tuxtape.livepatch.sysfs.log.LogVerdict.Finding;

class LogVerdictTest {
    private static final LivepatchName NAME = new LivepatchName("lp_a");
    private static final Set<TroubleKind> UNRELATED =
            EnumSet.of(TroubleKind.WARNING, TroubleKind.HUNG_TASK, TroubleKind.RCU_STALL);

    private static Trouble trouble(TroubleKind kind, String... modules) {
        return new Trouble(Duration.ZERO, kind, kind + " happened", List.of(), new TreeSet<>(List.of(modules)));
    }

    private static Livepatching said(Step step, String name) {
        return new Livepatching(Duration.ZERO, step, Optional.of(new LivepatchName(name)), step + " " + name);
    }

    @Test
    void aLogWithoutTroubleIsClean() {
        LogVerdict verdict = LogVerdict.of(
                NAME, List.of(said(Step.ENABLING, "lp_a"), said(Step.FAILED, "lp_b"), said(Step.PATCHED, "lp_a")));
        assertThat(verdict.finding()).isEqualTo(Finding.CLEAN);
        assertThat(verdict.objection()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anyTroubleThatALivepatchShowsInIsHeldAgainstIt(TroubleKind kind) {
        LogVerdict verdict =
                LogVerdict.of(NAME, List.of(trouble(TroubleKind.WARNING, "e1000"), trouble(kind, "btrfs", "lp_a")));
        assertThat(verdict.finding()).isEqualTo(Finding.TROUBLE_IN_LIVEPATCH);
        assertThat(verdict.objection()).contains("The kernel reported trouble in lp_a: \"" + kind + " happened\".");
    }

    @ParameterizedTest
    @EnumSource
    void troubleElsewhereIsHeldAgainstItToo_UnlessBusyMachinesHaveItAnyway(TroubleKind kind) {
        LogVerdict verdict = LogVerdict.of(NAME, List.of(trouble(kind, "lp_abc")));
        assertThat(verdict.finding()).isEqualTo(Finding.TROUBLE_ELSEWHERE);
        assertThat(verdict.elsewhere()).hasSize(1);
        assertThat(verdict.objection().isPresent()).isEqualTo(!UNRELATED.contains(kind));
    }

    @Test
    void whatTheKernelCouldNotDoWithItIsHeldAgainstIt() {
        LogVerdict verdict = LogVerdict.of(NAME, List.of(said(Step.FAILED, "lp_a")));
        assertThat(verdict.finding()).isEqualTo(Finding.TROUBLE_IN_LIVEPATCH);
        assertThat(verdict.objection()).contains("The kernel reported trouble in lp_a: \"FAILED lp_a\".");
    }

    @Test
    void messagesThatNobodyReadAreNoGoodNews() {
        LogVerdict verdict = LogVerdict.of(NAME, List.of(new Lost(Duration.ZERO, 3), new Lost(Duration.ZERO, 4)));
        assertThat(verdict.finding()).isEqualTo(Finding.INCOMPLETE);
        assertThat(verdict.objection())
                .contains("Of the kernel's messages, 7 were overwritten before they could be read.");
        assertThat(LogVerdict.of(NAME, List.of(new Lost(Duration.ZERO, 3), trouble(TroubleKind.WARNING)))
                        .objection())
                .isPresent();
    }
}
