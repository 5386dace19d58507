package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourceTree;

/** Fixes and sources as they come from outside: damaged, cut off, and made to mislead. */
class RungMutationProperties {
    private static final String BEFORE = """
            #ifdef CONFIG_ON
            int f(int *p)
            {
            \tint a;

            \ta = *p;
            \treturn a;
            }
            #endif
            int g(int *p)
            {
            \tint a;

            \ta = *p;
            \treturn a;
            }
            """;
    private static final String CHECK = "\tif (!p)\n\t\treturn 0;\n";
    private static final String AFTER = BEFORE.replaceFirst("\ta = \\*p;", CHECK + "\ta = *p;");
    private static final String FIX = """
            --- a/a.c
            +++ b/a.c
            @@ -3,6 +3,8 @@ int f(int *p)
             {
             \tint a;
            \s
            +\tif (!p)
            +\t\treturn 0;
             \ta = *p;
             \treturn a;
             }
            """;

    /** A piece of a text that is replaced. */
    private record Edit(double at, int length, String replacement) {
        String in(String text) {
            int from = (int) (at * text.length());
            int to = Math.min(text.length(), from + length);
            return text.substring(0, from) + replacement + text.substring(to);
        }
    }

    private static String mutated(String text, List<Edit> edits) {
        String mutated = text;
        for (Edit edit : edits) {
            mutated = edit.in(mutated);
        }
        return mutated;
    }

    private static Verdict assess(String fix, String source) {
        Cve cve = Cve.builder(WrittenFixes.CVE).files("a.c").build();
        SourceTree tree = SourceTree.of(Map.of(SourcePath.parse("a.c"), source));
        Target kernel = Target.of(
                        WrittenProfile.of("6.1.20").compiled("a.c", "vmlinux").option("ON", "y"))
                .with(tree)
                .with(WrittenFixes.own("6.1", fix));
        return Applicability.assess(cve, kernel, Context.standard());
    }

    @Property(tries = 2000)
    void aDamagedFixEndsInAVerdict(@ForAll("edits") List<Edit> edits, @ForAll boolean fixed) {
        Verdict verdict = assess(mutated(FIX, edits), fixed ? AFTER : BEFORE);

        assertThat(verdict.evidence()).extracting(Evidence::reason).allMatch(reason -> !reason.isBlank());
    }

    @Property(tries = 2000)
    void aDamagedSourceIsFixedOnlyWithTheCheckAndAffectedOnlyWithout(
            @ForAll("edits") List<Edit> edits, @ForAll boolean fixed) {
        String source = mutated(fixed ? AFTER : BEFORE, edits);

        VexStatus status = assess(FIX, source).status();

        if (status == VexStatus.FIXED) {
            assertThat(source).contains(CHECK + "\ta = *p;\n");
        }
        if (status == VexStatus.AFFECTED) {
            assertThat(source).contains("\tint a;\n\n\ta = *p;\n");
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<String> pieces = Arbitraries.of(
                "",
                "\n",
                "+",
                "-",
                " ",
                "\\",
                "@@",
                "@@ -1 +1 @@\n",
                "#if 0\n",
                "#endif\n",
                "#else\n",
                "{",
                "}",
                "/*",
                "\"",
                "\u00ff",
                "\0",
                "--- a/../a.c\n+++ b/../a.c\n",
                CHECK,
                "\ta = *p;\n",
                "999999999");
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 40),
                        pieces)
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
