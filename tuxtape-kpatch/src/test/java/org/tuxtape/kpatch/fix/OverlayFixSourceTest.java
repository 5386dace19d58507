package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.contract.FixSourceContract;
import org.tuxtape.testkit.contract.FixSourceSubject;
import org.tuxtape.testkit.fake.FakeFixSource;

final class OverlayFixSourceTest extends FixSourceContract {
    private static final Cve CVE = Cve.builder(new CveId(2024, 4000)).build();
    private static final String AUTHOR = "From: Jos\u00e9 <jose@example.org>\nSubject: adapted\n\n";

    @TempDir
    Path directory;

    @BeforeEach
    void anOverlay() throws IOException {
        Files.createDirectories(directory.resolve("overlay"));
    }

    private static String change(String added) {
        return "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@\n context\n-old\n+" + added + "\n";
    }

    private static Fix original(Cve cve, String branch) {
        FixCommit commit = new FixCommit(Optional.empty(), "original", change("new"));
        return new Fix(cve.id(), KernelVersion.parse(branch), List.of(commit));
    }

    private void adapt(Cve cve, String branch, String name, String patch) {
        try {
            Path entry = Files.createDirectories(directory.resolve("overlay/" + cve.id() + "/" + branch));
            Files.writeString(entry.resolve(name), patch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FixSource over(FixSource others) {
        return OverlayFixSource.of(directory.resolve("overlay"), others);
    }

    private FixSource over(Fix... originals) {
        FakeFixSource.Builder others = FakeFixSource.builder().relaxed();
        List.of(originals).forEach(others::fix);
        return over(others.build());
    }

    @Override
    protected FixSourceSubject subject() {
        adapt(CVE, "6.6", "1.patch", AUTHOR + change("adapted"));
        Cve newer = Cve.builder(new CveId(2024, 4001)).build();
        adapt(newer, "6.8", "1.patch", AUTHOR + change("adapted"));
        Cve missing = Cve.builder(new CveId(2024, 4002)).build();
        adapt(missing, "6.1", "1.patch", AUTHOR + change("adapted"));
        return FixSourceSubject.of(() -> over(original(CVE, "6.6"), original(newer, "6.7")))
                .own(CVE, Examples.KERNEL)
                .newer(newer, Examples.KERNEL, KernelVersion.parse("6.7"))
                .noMainline("Whoever adapts a fix names the branch.")
                .noSeries("Adapted commits have no id.")
                .missing(missing, Examples.KERNEL)
                .broken(() -> OverlayFixSource.of(
                        directory.resolve("nowhere"),
                        FakeFixSource.builder().relaxed().build()))
                .noHostile("It has the paths of its own directory.");
    }

    private FixOrigin.Adapted adapted(FixSource source) {
        FixOrigin origin = Fixes.found(Fixes.find(source, CVE)).origin();
        assertThat(origin).isInstanceOf(FixOrigin.Adapted.class);
        return (FixOrigin.Adapted) origin;
    }

    @Test
    void anAdaptedFixWinsAndKeepsItsAuthorAndItsDifference() {
        adapt(CVE, "6.6", "0001-fix.patch", AUTHOR + change("adapted"));

        FixOrigin.Adapted origin = adapted(over(original(CVE, "6.6")));

        assertThat(origin.author()).isEqualTo("Jos\u00e9 <jose@example.org>");
        assertThat(origin.original()).contains(original(CVE, "6.6"));
        assertThat(origin.difference())
                .contains("--- a/original\n+++ b/adapted\n")
                .contains("-+new\n++adapted\n")
                .doesNotContain("-1,2");
    }

    @Test
    void anAdaptationThatOnlyMovesHasNoDifference() {
        adapt(CVE, "6.6", "0001-fix.patch", AUTHOR + change("new").replace("-1,2 +1,2", "-7,2 +7,2"));

        assertThat(adapted(over(original(CVE, "6.6"))).difference()).isEmpty();
    }

    @Test
    void patchesComeInTheOrderOfTheirNamesAndOtherFilesAreNone() {
        adapt(CVE, "6.6", "0002-b.patch", AUTHOR.replace("adapted", "second") + change("2"));
        adapt(CVE, "6.6", "0001-a.diff", AUTHOR.replace("adapted", "first") + change("1"));
        adapt(CVE, "6.6", "README", "Why.");

        assertThat(Fixes.found(Fixes.find(over(), CVE)).commits())
                .extracting(FixCommit::subject)
                .containsExactly("first", "second");
    }

    @Test
    void aFixOfTheOwnBranchGoesBeforeOneAdaptedForAnother() {
        adapt(CVE, "6.8", "1.patch", AUTHOR + change("adapted"));

        assertThat(Fixes.found(Fixes.find(over(original(CVE, "6.6")), CVE))).isEqualTo(original(CVE, "6.6"));
        assertThat(Fixes.backport(Fixes.find(over(original(CVE, "6.9")), CVE)).branch())
                .isEqualTo(KernelVersion.parse("6.8"));
    }

    @Test
    void anAdaptedFixStandsWhereTheOriginalsAreBroken() {
        adapt(CVE, "6.6", "1.patch", AUTHOR + change("adapted"));
        FixSource broken = (cve, kernel, context) -> {
            throw new SourceException(new SourceId("x"), SourceException.Fault.IO, "Broken.");
        };

        assertThat(adapted(over(broken)).original()).isEmpty();
    }

    @Test
    void anEntryThatCannotBeUsedIsNotPassedOver() {
        for (String patch : List.of(change("no author"), AUTHOR, AUTHOR + "--- a/x\n+++ b/x\n@@ -1,9 +1 @@\n-x\n")) {
            adapt(CVE, "6.6", "1.patch", patch);
            assertThatExceptionOfType(FixSourceException.class)
                    .isThrownBy(() -> Fixes.find(over(original(CVE, "6.6")), CVE))
                    .returns(FixSourceException.Fault.DAMAGED, FixSourceException::fault)
                    .withMessageContaining(CVE.id().toString());
        }
    }

    @Test
    void whatIsAdaptedForAnOlderBranchServesNoNewerKernel() {
        adapt(CVE, "6.6", "1.patch", AUTHOR + change("adapted"));

        assertThat(over().find(CVE, KernelBuild.of(KernelVersion.parse("6.9")), org.tuxtape.core.Context.standard()))
                .isInstanceOf(org.tuxtape.core.fix.FixLookup.Missing.class);
    }
}
