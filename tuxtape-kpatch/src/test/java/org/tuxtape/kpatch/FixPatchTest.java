package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;

class FixPatchTest {
    private static final SourcePath FILE = SourcePath.parse("net/post.c");
    private static final Map<SourcePath, Optional<String>> TREE = Map.of(FILE, Optional.of("one\ntwo\nthree\nfour\n"));

    private static Fix fix(int number, String... diffs) {
        List<FixCommit> commits = List.of(diffs).stream()
                .map(diff -> new FixCommit(Optional.empty(), "", diff))
                .toList();
        return new Fix(CveId.parse("CVE-2024-1000" + number), KernelVersion.parse("6.1"), commits);
    }

    private static String diff(String path, String... lines) {
        return "--- a/" + path + "\n+++ b/" + path + "\n" + String.join("\n", lines) + "\n";
    }

    private static final String SECOND = diff("net/post.c", "@@ -1,4 +1,4 @@", " one", "-two", "+2", " three", " four");
    private static final String AFTER_SECOND =
            diff("net/post.c", "@@ -1,4 +1,5 @@", " one", " 2", "+more", " three", " four");

    private static FixPatch.Outcome apply(int fuzz, Fix... fixes) {
        return FixPatch.apply(List.of(fixes), path -> TREE.getOrDefault(path, Optional.empty()), fuzz);
    }

    @Test
    void aFixIsPutUponWhatTheFixesBeforeItLeave() {
        assertThat(apply(0, fix(1, SECOND), fix(2, AFTER_SECOND)))
                .isInstanceOfSatisfying(FixPatch.Outcome.Fitting.class, fitting -> {
                    assertThat(fitting.patches())
                            .extracting(FixPatch::cve)
                            .extracting(CveId::toString)
                            .containsExactly("CVE-2024-10001", "CVE-2024-10002");
                    assertThat(fitting.patches().get(1).files().get(FILE).before())
                            .contains("one\n2\nthree\nfour\n");
                    assertThat(fitting.patches().get(1).files().get(FILE).after())
                            .contains("one\n2\nmore\nthree\nfour\n");
                    assertThat(FixPatch.files(fitting.patches())).containsExactly(FILE);
                });
        assertThat(unfit(apply(0, fix(2, AFTER_SECOND), fix(1, SECOND))).failure())
                .isEqualTo(BuildFailure.PATCH_DOES_NOT_APPLY);
    }

    @Test
    void commitsOfOneFixAreOnePatch() {
        assertThat(apply(0, fix(1, SECOND, AFTER_SECOND)))
                .isInstanceOfSatisfying(FixPatch.Outcome.Fitting.class, fitting -> {
                    assertThat(fitting.patches())
                            .singleElement()
                            .satisfies(patch ->
                                    assertThat(ExactDiff.of(patch.files())).contains("-two\n", "+2\n", "+more\n"));
                });
    }

    @Test
    void whatDoesNotFitIsNamedWithItsPlaceAndTheFuzzThatWouldDo() {
        String farther = diff("net/post.c", "@@ -1,4 +1,4 @@", " uno", " two", "-three", "+3", " four");

        BuildDiagnosis diagnosis = unfit(apply(0, fix(1, farther)));

        assertThat(diagnosis.failure()).isEqualTo(BuildFailure.PATCH_DOES_NOT_APPLY);
        assertThat(diagnosis.place())
                .hasValueSatisfying(place -> assertThat(place.file()).isEqualTo(FILE));
        assertThat(diagnosis.excerpt()).contains("CVE-2024-10001", "net/post.c");
        assertThat(diagnosis.remedy()).contains("fuzz of 1");
        assertThat(apply(1, fix(1, farther))).isInstanceOf(FixPatch.Outcome.Fitting.class);
    }

    @Test
    void aFixThatLeavesTheTreeIsRefused() {
        String escaping = diff("../../etc/passwd", "@@ -0,0 +1 @@", "+root");

        assertThat(unfit(apply(2, fix(1, escaping))).failure()).isEqualTo(BuildFailure.REFUSED);
    }

    @Test
    void whatIsNoDiffDoesNotApply() {
        assertThat(unfit(apply(0, fix(1, "--- a/net/post.c\n+++ b/net/post.c\n@@ -1,9 +1,9 @@\n one\n")))
                        .failure())
                .isEqualTo(BuildFailure.PATCH_DOES_NOT_APPLY);
    }

    private static BuildDiagnosis unfit(FixPatch.Outcome outcome) {
        assertThat(outcome).isInstanceOf(FixPatch.Outcome.Unfit.class);
        return ((FixPatch.Outcome.Unfit) outcome).diagnosis();
    }
}
