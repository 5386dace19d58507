package org.tuxtape.kpatch.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PatchLintProperties {

    @Property(tries = 500)
    void anyFixOfAnyTextGetsAVerdict(
            @ForAll("paths") String path, @ForAll("texts") String before, @ForAll("texts") String after) {
        LintCase fix = LintCase.of(path, before, after);
        if (!before.equals(after)) {
            LintReport report = fix.report();

            assertThat(report.verdict()).isNotNull();
            assertThat(report).as("equal questions, equal answers").isEqualTo(fix.report());
            assertThat(report.findings()).allMatch(finding -> finding.detail().endsWith("."));
        }
    }

    @Property
    void oneMoreFindingNeverMakesItBetter(
            @ForAll("findings") List<LintFinding> findings, @ForAll("finding") LintFinding another) {
        List<LintFinding> more = new ArrayList<>(findings);
        more.add(another);

        LintReport report = new LintReport(findings);
        LintReport larger = new LintReport(more);

        assertThat(larger.verdict()).isGreaterThanOrEqualTo(report.verdict());
        assertThat(larger.verdict()).isGreaterThanOrEqualTo(another.verdict());
        assertThat(larger.findings()).isSorted().containsAll(report.findings());
    }

    @Provide
    Arbitrary<LintFinding> finding() {
        return Combinators.combine(
                        Arbitraries.of(LintRule.class), Arbitraries.of(LintVerdict.class), Arbitraries.of("A.", "B."))
                .as((rule, verdict, detail) ->
                        new LintFinding(rule, verdict, Optional.empty(), Optional.empty(), detail));
    }

    @Provide
    Arbitrary<List<LintFinding>> findings() {
        return finding().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                "net/image.c", "net/module.c", "include/linux/wide.h", "net/absent.c", "x", "a/../b", "lib/x.S", ".x");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "static ",
                        "int ",
                        "f",
                        "(",
                        ")",
                        "{",
                        "}",
                        ";\n",
                        "=",
                        "[",
                        "]",
                        "struct ",
                        "enum ",
                        ",",
                        "\n",
                        "__init ",
                        "EXPORT_SYMBOL",
                        "#ifdef CONFIG_OFF\n",
                        "#else\n",
                        "#endif\n",
                        "#define X ",
                        "/*",
                        "*/",
                        "\"",
                        "DEFINE_PER_CPU",
                        "TRACE_EVENT",
                        "static_branch_likely",
                        "module_param",
                        "_initcall",
                        "\\\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
