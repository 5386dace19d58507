package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.RecordingListener;

final class FakePatchBuilderTest {
    private static final CveId CVE = CveId.parse("CVE-2024-26581");
    private static final CommitId COMMIT = CommitId.parse("0123456789ab");
    private static final LivepatchName NAME = new LivepatchName("fix_sock");
    private static final PatchedFunction FUNCTION = new PatchedFunction(KernelObject.VMLINUX, "sock_init", 0);

    private static BuildRequest request(String diff) {
        Fix fix =
                new Fix(CVE, KernelVersion.parse("6.12"), List.of(new FixCommit(Optional.of(COMMIT), "subject", diff)));
        KernelBuild kernel = KernelBuild.of(KernelVersion.parse("6.12.94"));
        return new BuildRequest(NAME, kernel, List.of(fix), Replacement.STACK);
    }

    @Test
    void equalRequestsHaveEqualKeysAndOthersOthers() {
        FakePatchBuilder builder = FakePatchBuilder.builder().build();
        assertThat(builder.key(request("a"))).isEqualTo(builder.key(request("a")));
        assertThat(builder.key(request("a"))).isNotEqualTo(builder.key(request("b")));
    }

    @Test
    void whatItBuildsSaysWhatItIs() {
        FakePatchBuilder builder =
                FakePatchBuilder.builder().builds(NAME, FUNCTION).build();
        BuildOutcome outcome = builder.build(request("a"), Context.standard());
        assertThat(outcome).isInstanceOfSatisfying(BuildOutcome.Built.class, built -> {
            Manifest manifest = built.module().manifest();
            assertThat(manifest.name()).isEqualTo(NAME);
            assertThat(manifest.key()).contains(builder.key(request("a")));
            assertThat(manifest.fixes())
                    .isEqualTo(Map.of(
                            CVE, new Manifest.FixedBy(List.of(COMMIT), new TreeSet<>(List.of(FUNCTION.object())))));
            assertThat(manifest.functions()).containsExactly(FUNCTION);
        });
        assertThat(builder.build(request("a"), Context.standard())).isEqualTo(outcome);
        assertThat(builder.requests()).containsExactly(request("a"), request("a"));
    }

    @Test
    void itAnswersAsItWasSetUp() {
        BuildOutcome noChange = new BuildOutcome.NoChange("Nothing of it is compiled.", BuildReport.none());
        FakePatchBuilder builder =
                FakePatchBuilder.builder().outcome(NAME, noChange).build();
        assertThat(builder.build(request("a"), Context.standard())).isEqualTo(noChange);
    }

    @Test
    void itNamesWhatWasNotSetUpUnlessItIsRelaxed() {
        FakePatchBuilder strict = FakePatchBuilder.builder().build();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> strict.build(request("a"), Context.standard()))
                .withMessageContaining("a build of fix_sock");
        FakePatchBuilder relaxed = FakePatchBuilder.builder().relaxed().build();
        assertThat(relaxed.build(request("a"), Context.standard())).isInstanceOf(BuildOutcome.Built.class);
    }

    @Test
    void itHonoursCancellationAndTellsOfIt() {
        CancellationToken token = CancellationToken.create();
        token.cancel();
        RecordingListener listener = new RecordingListener();
        FakePatchBuilder builder = FakePatchBuilder.builder().relaxed().build();
        assertThat(builder.build(request("a"), Context.standard().with(token).with(listener)))
                .isInstanceOf(BuildOutcome.Cancelled.class);
        listener.assertWellFormed();
        assertThat(listener.events()).hasSize(2);
    }
}
