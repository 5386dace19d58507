package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

final class FakeFixSourceTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.12.94"));
    private static final Cve CVE = Cve.builder(CveId.parse("CVE-2024-26581")).build();

    private static Fix fix(String branch) {
        return new Fix(
                CVE.id(), KernelVersion.parse(branch), List.of(new FixCommit(Optional.empty(), "subject", "diff")));
    }

    private static FixLookup find(FakeFixSource.Builder source) {
        return source.build().find(CVE, KERNEL, Context.standard());
    }

    @Test
    void aFixOfTheBranchIsFound() {
        assertThat(find(FakeFixSource.builder().fix(fix("6.12")))).isEqualTo(new FixLookup.Found(fix("6.12")));
    }

    @Test
    void aFixOfAnotherBranchNeedsABackport() {
        assertThat(find(FakeFixSource.builder().fix(fix("6.13"))))
                .isEqualTo(new FixLookup.NeedsBackport(fix("6.13"), "Set up for 6.13, not for 6.12."));
    }

    @Test
    void ofSeveralFixesTheOneThatServesBestIsTaken() {
        FakeFixSource.Builder source =
                FakeFixSource.builder().fix(fix("6.14")).fix(fix("6.13")).fix(fix("6.6"));
        assertThat(find(source))
                .isInstanceOfSatisfying(
                        FixLookup.NeedsBackport.class,
                        found -> assertThat(found.fix()).isEqualTo(fix("6.13")));
        assertThat(find(source.fix(fix("6.12")))).isEqualTo(new FixLookup.Found(fix("6.12")));
    }

    @Test
    void aFixOfAnOlderBranchServesNoNewerKernel() {
        assertThat(find(FakeFixSource.builder().fix(fix("6.6")))).isInstanceOf(FixLookup.Missing.class);
    }

    @Test
    void aFixMayBeMissing() {
        assertThat(find(FakeFixSource.builder().missing(CVE.id()))).isInstanceOf(FixLookup.Missing.class);
    }

    @Test
    void itNamesWhatWasNotSetUpUnlessItIsRelaxed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> find(FakeFixSource.builder()))
                .withMessageContaining("the fix of CVE-2024-26581");
        assertThat(find(FakeFixSource.builder().relaxed())).isInstanceOf(FixLookup.Missing.class);
    }

    @Test
    void itHonoursCancellation() {
        CancellationToken token = CancellationToken.create();
        token.cancel();
        FakeFixSource source = FakeFixSource.builder().relaxed().build();
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> source.find(CVE, KERNEL, Context.standard().with(token)));
    }
}
