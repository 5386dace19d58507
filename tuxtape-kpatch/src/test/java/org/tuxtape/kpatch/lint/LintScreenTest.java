package org.tuxtape.kpatch.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.Screening.Outlook;
import org.tuxtape.kpatch.BuilderOptions.Scripts;
import org.tuxtape.kpatch.LintScreen;

/** What the lint says, as a stage of a pipeline tells it. */
class LintScreenTest {

    @ParameterizedTest
    @CsvSource({
        "net/image.c, LIKELY",
        "net/absent.c, NO_EFFECT",
        "lib/string.c, IMPOSSIBLE",
        "net/Makefile, REFUSED",
    })
    void theOutlookIsTheVerdictOfTheLint(String path, Outlook outlook) {
        LintCase fix = LintCase.of(path, "int a(void)\n{\n\treturn 0;\n}\n", "int a(void)\n{\n\treturn 1;\n}\n");

        Screening screening = screen(fix, LintCase.diff(path, fix.before(), fix.after()));

        assertThat(screening.outlook()).isEqualTo(outlook);
        assertThat(screening.outlook().name()).isEqualTo(fix.report().verdict().name());
        assertThat(screening.findings()).hasSameSizeAs(fix.report().findings());
    }

    @Test
    void eachFindingHasItsCodePlaceAndRemedy() {
        LintCase fix = LintCase.of("lib/string.c", "int a;\n", "int b;\n");

        Screening screening = screen(fix, LintCase.diff("lib/string.c", "int a;\n", "int b;\n"));

        assertThat(screening.reasons()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("LIB_FILE");
            assertThat(finding.outlook()).isEqualTo(Outlook.IMPOSSIBLE);
            assertThat(finding.remedy()).isEqualTo(LintRule.LIB_FILE.remedy());
        });
    }

    @Test
    void whatIsNoDiffIsLeftToTheBuilder() {
        Screening screening = screen(LintCase.of("net/image.c", "", ""), "--- a/x\n+++ b/x\n@@ nonsense @@\n");

        assertThat(screening.outlook()).isEqualTo(Outlook.LIKELY);
    }

    /** What the builder builds is not called refused; what it refuses whoever asks stays so. */
    @ParameterizedTest
    @CsvSource({"net/Makefile, RISKY", "scripts/a.sh, RISKY", ".config, REFUSED"})
    void whereBuildScriptsAreAllowedTheyAreARiskAndNoMore(String path, Outlook outlook) {
        LintCase fix = LintCase.of(path, "a\n", "b\n");

        Screening screening =
                screen(fix).with(Scripts.ALLOW).screen(fix(LintCase.diff(path, "a\n", "b\n")), Context.standard());

        assertThat(screening.outlook()).isEqualTo(outlook);
        assertThat(screening.reasons()).isNotEmpty();
    }

    private static Screening screen(LintCase of, String diff) {
        return screen(of).screen(fix(diff), Context.standard());
    }

    private static LintScreen screen(LintCase of) {
        return LintScreen.of(PatchLint.forKpatchBuild(), of.tree(), Optional.of(LintCase.BUILD));
    }

    private static Fix fix(String diff) {
        return new Fix(
                CveId.parse("CVE-2024-1000"),
                KernelVersion.parse("6.1"),
                List.of(new FixCommit(Optional.empty(), "a fix", diff)));
    }
}
