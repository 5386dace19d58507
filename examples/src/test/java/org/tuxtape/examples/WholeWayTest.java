package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.pipeline.Composer;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Target;
import org.tuxtape.kpatch.fix.PatchFixSource;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.profile.KbuildTree;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.fake.FakeLivepatchController;
import org.tuxtape.testkit.fake.FakePatchBuilder;

class WholeWayTest {
    @TempDir
    private Path directory;

    /** The sample's tree holds no kernel, so nothing can be built in it: what remains is said. */
    @Test
    void asItIsWiredItRunsOnTheSampleAsFarAsThatLeads() throws IOException {
        SampleTree sample = SampleTree.in(directory);
        Workbench kernel = WholeWay.workbench(sample.tree(), sample.patches(), sample.store(), sample.scratch());

        String printed = run(kernel);

        assertThat(printed)
                .startsWith("6.12.8 ")
                .containsPattern(SampleTree.CVE + " .*cannot be built")
                .contains("Deny the module btrfs in modprobe.d.", "6.12.10")
                .containsPattern("CVE-2024-57903 .*no fix");
    }

    @Test
    void withABuilderAReviewerAndAMachineItEndsInForce() throws IOException {
        SampleTree sample = SampleTree.in(directory);
        BuildProfile profile = KbuildTree.read(sample.tree());
        FakeLivepatchController machine =
                FakeLivepatchController.of(profile.kernel().release());
        Workbench kernel = Workbench.of(Target.of(profile)
                        .with(SourceDirectory.of(sample.tree()))
                        .with(PatchFixSource.of(sample.patches())))
                .building(FakePatchBuilder.builder().relaxed().build())
                .composing(Composer.allTogether())
                .reviewedBy(
                        module -> Reviews.none()
                                .with(new Review(
                                        Review.Decision.APPROVED,
                                        "Ada",
                                        "I read it.",
                                        ManualClock.START,
                                        module.manifest().sha256())),
                        new ReviewPolicy.Required())
                .loading(new Loading(
                        machine, new TransitionPolicy.Reverse(Duration.ofSeconds(60)), Loading.Purpose.KEEP));

        String printed = run(kernel);

        assertThat(printed).contains("patched=1").doesNotContain(SampleTree.CVE);
        assertThat(machine.loaded())
                .singleElement()
                .extracting(Livepatch::name)
                .asString()
                .startsWith("livepatch_cumulative_");
    }

    private static String run(Workbench kernel) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            WholeWay.run(Sample.archive(), kernel);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
