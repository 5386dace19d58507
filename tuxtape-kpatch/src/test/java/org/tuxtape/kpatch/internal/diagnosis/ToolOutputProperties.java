package org.tuxtape.kpatch.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolExit.Exited;

class ToolOutputProperties {
    private static final int LONGEST_EXCERPT = 20 * 420;

    @Property(tries = 300)
    void anyLinesGiveAnAnswer(@ForAll("lines") List<String> lines, @ForAll("lines") List<String> log) {
        for (ToolOutput output : List.of(kpatch(), klp())) {
            lines.forEach(output::line);
            log.forEach(output::logLine);
            for (int status : new int[] {0, 1, 2, 139}) {
                ToolVerdict verdict = output.verdict(ToolExit.ofStatus(status), Optional::empty);
                if (verdict instanceof ToolVerdict.Failed failed) {
                    assertThat(failed.diagnosis().excerpt()).hasSizeLessThan(LONGEST_EXCERPT);
                    assertThat(failed.diagnosis().remedy()).doesNotContain("{}");
                }
            }
        }
    }

    @Property(tries = 300)
    void harmlessLinesBeforeTheDecisiveOneChangeNothing(
            @ForAll("harmless") List<String> before, @ForAll("decisive") String decisive) {
        BuildDiagnosis alone = diagnosis(List.of(decisive));
        BuildDiagnosis after =
                diagnosis(Stream.concat(before.stream(), Stream.of(decisive)).toList());
        assertThat(alone.failure()).isNotEqualTo(BuildFailure.UNCLASSIFIED);
        assertThat(after).isEqualTo(alone);
    }

    @Property(tries = 1)
    void manyLinesAreReadInTheMemoryOfAFew() {
        ToolOutput output = kpatch();
        String tail = "x".repeat(8000);
        for (int i = 0; i < 100_000; i++) {
            output.logLine(i % 1000 == 0 ? "ERROR: x.o: new complaint " + i + tail : "  CC      net/file" + i + ".o");
        }
        assertThat(output.verdict(new Exited(1), Optional::empty)).isInstanceOf(ToolVerdict.Failed.class);
        assertThat(output.remarks()).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(200);
        Arbitrary<String> made = Arbitraries.of(
                        "ERROR: ",
                        "x.o: ",
                        "error: klp-build: ",
                        "vmlinux.o: error: objtool: ",
                        "make[1]: *** ",
                        "net/x.c:1:2: error: ",
                        "create-diff-object: ERROR: x.o: f: 1: ",
                        "ld: ",
                        "Hunk #1 FAILED at ",
                        "Building patch module: ",
                        "")
                .flatMap(start -> Arbitraries.of(
                                "changed data: x",
                                "object size mismatch: ",
                                "SUCCESS",
                                "no changes detected",
                                "99999999999",
                                "'",
                                "{}",
                                "$1")
                        .map(end -> start + end));
        return Arbitraries.oneOf(any, made).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<String>> harmless() {
        return Arbitraries.of(
                        "Using source directory at /src",
                        "Building original source",
                        "  CC      net/ipv4/tcp.o",
                        "net/x.c:3:1: warning: unused variable 'v' [-Wunused-variable]",
                        "    3 | int v;",
                        "      |     ^",
                        "net/x.c: In function 'f':",
                        "WARNING: modpost: \"g\" [net/x.ko] undefined!",
                        "net/x.o: warning: objtool: f+0x1: unreachable instruction",
                        "x.o: changed function: f",
                        "patching file net/x.c",
                        "Hunk #1 succeeded at 12 (offset 3 lines).",
                        "warning: klp-build: x.patch applied with fuzz",
                        "")
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> decisive() {
        return Arbitraries.of(
                "ERROR: y.o: object size mismatch: table",
                "y.o: changed section .init.text not selected for inclusion",
                "ERROR: Undefined symbols: h . Check /c/build.log for more details.",
                "ERROR: gcc/kernel version mismatch",
                "y.o: function h has no fentry/mcount call, unable to patch",
                "gcc: fatal error: Killed signal terminated program cc1");
    }

    private static BuildDiagnosis diagnosis(List<String> lines) {
        ToolOutput output = kpatch();
        lines.forEach(output::line);
        return ((ToolVerdict.Failed) output.verdict(new Exited(1), Optional::empty)).diagnosis();
    }

    private static ToolOutput kpatch() {
        return ToolOutput.ofKpatch(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none());
    }

    private static ToolOutput klp() {
        return ToolOutput.ofKlp(TreeNames.unknown(), Clock.systemUTC(), OutputListener.none());
    }
}
