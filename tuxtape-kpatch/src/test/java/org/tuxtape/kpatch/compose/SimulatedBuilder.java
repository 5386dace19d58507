package org.tuxtape.kpatch.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.source.SourcePlace;

/**
 * Builds by rules instead of a compiler. Fix {@code i} changes the function {@code fI} in {@code fI.c}. It watches that no request comes twice and
 * that fixes come in order.
 *
 * @param bad fixes that nothing is built with
 * @param conflicts pairs that nothing is built with
 * @param needs a fix, and an earlier one without which nothing is built with it
 * @param idle fixes that change nothing by themselves
 * @param pointing what a failed build says
 * @param requests what was asked for
 */
record SimulatedBuilder(
        Set<Integer> bad,
        Set<Set<Integer>> conflicts,
        Map<Integer, Integer> needs,
        Set<Integer> idle,
        Pointing pointing,
        List<Set<Integer>> requests)
        implements PatchBuilder {
    private static final KernelVersion VERSION = KernelVersion.parse("6.1.90");

    /** What a failed build says of the one to blame. */
    enum Pointing {
        RIGHT,
        NOWHERE,
        ASTRAY
    }

    static SimulatedBuilder of(
            Set<Integer> bad,
            Set<Set<Integer>> conflicts,
            Map<Integer, Integer> needs,
            Set<Integer> idle,
            Pointing pointing) {
        return new SimulatedBuilder(bad, conflicts, needs, idle, pointing, new ArrayList<>());
    }

    static SimulatedBuilder withBad(Integer... bad) {
        return of(Set.of(bad), Set.of(), Map.of(), Set.of(), Pointing.RIGHT);
    }

    SimulatedBuilder saying(Pointing other) {
        return of(bad, conflicts, needs, idle, other);
    }

    static List<Fix> fixes(int count) {
        List<Fix> fixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fixes.add(fix(i));
        }
        return fixes;
    }

    static Fix fix(int number) {
        return fix(number, number, 0);
    }

    /** Returns a fix that takes what the function of a file returns from one value to the next. */
    static Fix fix(int number, int file, int value) {
        String diff = """
                --- a/f%1$d.c
                +++ b/f%1$d.c
                @@ -1,4 +1,4 @@
                 int f%1$d(void)
                 {
                -\treturn %2$d;
                +\treturn %3$d;
                 }
                """.formatted(file, value, value + 1);
        return new Fix(
                CveId.parse("CVE-2024-" + (10000 + number)),
                VERSION.branch(),
                List.of(new FixCommit(Optional.empty(), "fix " + number, diff)));
    }

    /** Returns the text of any file as it is before all fixes. */
    static Optional<String> text(SourcePath path) {
        return Optional.of(text(path, 0));
    }

    static String text(SourcePath path, int value) {
        return "int %s(void)\n{\n\treturn %d;\n}\n".formatted(path.text().replace(".c", ""), value);
    }

    static int number(Fix fix) {
        return Integer.parseInt(fix.cve().toString().substring("CVE-2024-".length())) - 10000;
    }

    static BuildRequest request(List<Fix> fixes) {
        return new BuildRequest(new LivepatchName("all"), KernelBuild.of(VERSION), fixes, Replacement.REPLACE_ALL);
    }

    static Set<Integer> numbers(List<Fix> fixes) {
        Set<Integer> numbers = new TreeSet<>();
        fixes.forEach(fix -> numbers.add(number(fix)));
        return numbers;
    }

    boolean builds(Set<Integer> numbers) {
        return toBlame(numbers).isEmpty();
    }

    private OptionalInt toBlame(Set<Integer> numbers) {
        for (int number : numbers) {
            Integer needed = needs.get(number);
            boolean meetsEnemy = conflicts.stream()
                    .anyMatch(pair -> pair.contains(number)
                            && numbers.containsAll(pair)
                            && number
                                    == pair.stream()
                                            .mapToInt(each -> each)
                                            .max()
                                            .orElseThrow());
            if (bad.contains(number) || meetsEnemy || (needed != null && !numbers.contains(needed))) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public BuildKey key(BuildRequest request) {
        return new BuildKey("%064x".formatted(numbers(request.fixes()).hashCode()));
    }

    @Override
    public BuildOutcome build(BuildRequest request, Context context) {
        Set<Integer> numbers = numbers(request.fixes());
        assertThat(request.fixes().stream().map(SimulatedBuilder::number))
                .isSorted()
                .hasSize(numbers.size());
        assertThat(requests).doesNotContain(numbers);
        requests.add(numbers);
        OptionalInt toBlame = toBlame(numbers);
        if (toBlame.isPresent()) {
            return new BuildOutcome.Failed(diagnosis(toBlame.getAsInt(), numbers), BuildReport.none());
        }
        if (idle.containsAll(numbers)) {
            return new BuildOutcome.NoChange("no functional changes found", BuildReport.none());
        }
        return built(request, numbers);
    }

    private BuildDiagnosis diagnosis(int toBlame, Set<Integer> numbers) {
        return switch (pointing) {
            case RIGHT -> at(toBlame);
            case NOWHERE ->
                BuildDiagnosis.of(BuildFailure.UNCLASSIFIED, "ERROR: 1 error(s) encountered", "Read the log.");
            case ASTRAY ->
                at(numbers.stream()
                        .filter(number -> number != toBlame)
                        .findFirst()
                        .orElse(toBlame));
        };
    }

    private BuildDiagnosis at(int number) {
        boolean lies = pointing == Pointing.ASTRAY || !bad.contains(number);
        return new BuildDiagnosis(
                lies ? BuildFailure.COMPILE_ERROR : BuildFailure.DATA_CHANGE,
                Optional.of(new SourcePlace(SourcePath.parse("f" + number + ".c"), OptionalInt.empty())),
                Optional.empty(),
                Optional.empty(),
                "",
                "Leave it out.");
    }

    private BuildOutcome built(BuildRequest request, Set<Integer> numbers) {
        TreeSet<PatchedFunction> functions = new TreeSet<>();
        numbers.stream()
                .filter(number -> !idle.contains(number))
                .forEach(number -> functions.add(new PatchedFunction(KernelObject.VMLINUX, "f" + number, 0)));
        Manifest manifest = new Manifest(
                request.name(),
                "0".repeat(64),
                request.kernel().release(),
                "6.1.90 SMP",
                "simulated",
                Optional.of(key(request)),
                request.replacement(),
                new TreeMap<>(),
                functions);
        return new BuildOutcome.Built(
                new LivepatchModule(Path.of(new HashSet<>(numbers) + ".ko"), manifest), BuildReport.none());
    }
}
