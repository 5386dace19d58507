package org.tuxtape.kpatch.compose;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;

/** Reads in the diagnosis of a failed build which of its fixes are to be suspected. */
final class Accusation {
    private static final Pattern FILE = Pattern.compile("(?:[\\w.-]+/)*([\\w-]+)\\.(?:o|c|h|S)\\b");
    private static final Pattern WORD = Pattern.compile("\\w+");
    /** What can go wrong in code that is not where the cause is. */
    private static final Set<BuildFailure> AT_A_DISTANCE = EnumSet.of(
            BuildFailure.PATCH_DOES_NOT_APPLY,
            BuildFailure.COMPILE_ERROR,
            BuildFailure.UNDEFINED_SYMBOL,
            BuildFailure.TOOL_BROKE,
            BuildFailure.UNCLASSIFIED);

    private final List<Fix> candidates;
    private final List<TouchedCode> touched;
    private final SourceText source;

    Accusation(List<Fix> candidates, SourceText source) {
        this.candidates = candidates;
        this.source = source;
        this.touched = candidates.stream()
                .map(fix -> TouchedCode.of(source.diffs(fix), source.functions(fix)))
                .toList();
    }

    TouchedCode touched(int place) {
        return touched.get(place);
    }

    /** Returns those of a group that a diagnosis points at; none if it points at all of them, or at no one. */
    Choice of(BuildDiagnosis diagnosis, Choice group, Choice in) {
        Choice suspects = group;
        for (IntPredicate clue : clues(diagnosis, group, in)) {
            Choice meant = suspects.only(clue);
            suspects = meant.isEmpty() ? suspects : meant;
        }
        return suspects.equals(group) ? Choice.none() : suspects;
    }

    /** Tells whether a diagnosis is about the code of one fix, and none of the others can be behind it. */
    boolean isOnlyOf(BuildDiagnosis diagnosis, int place, Choice in) {
        Choice one = Choice.of(place);
        return !AT_A_DISTANCE.contains(diagnosis.failure())
                && of(diagnosis, in.plus(one), Choice.none()).equals(one);
    }

    /** Lists what to look for, the surest first; each narrows what is left by those before, unless it fits none of it. */
    private List<IntPredicate> clues(BuildDiagnosis diagnosis, Choice group, Choice in) {
        Set<String> names = new HashSet<>();
        FILE.matcher(diagnosis.excerpt()).results().map(match -> match.group(1)).forEach(names::add);
        Set<String> words = WORD.matcher(diagnosis.excerpt())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        Set<Fix> misfits =
                diagnosis.failure() == BuildFailure.PATCH_DOES_NOT_APPLY ? misfits(in.plus(group)) : Set.of();
        boolean placed = diagnosis.place().isPresent();
        boolean known = placed
                && group.places()
                        .anyMatch(
                                place -> touches(place, diagnosis.place().get().file()));
        return List.of(
                place -> misfits.contains(candidates.get(place)),
                place -> known && touches(place, diagnosis.place().orElseThrow().file()),
                place -> diagnosis
                        .function()
                        .filter(touched.get(place).functions()::contains)
                        .isPresent(),
                // The compiler stumbles over a file that nobody touched: a header made it so.
                place -> placed && !known && touched.get(place).hasHeader(),
                place -> touched.get(place).files().stream().anyMatch(file -> names.contains(stem(file))),
                place -> !Collections.disjoint(touched.get(place).functions(), words),
                place -> diagnosis
                        .object()
                        .filter(object -> touched.get(place).files().stream()
                                .anyMatch(file -> file.isBelow(directory(object.name()))))
                        .isPresent());
    }

    private boolean touches(int place, SourcePath file) {
        return touched.get(place).files().contains(file);
    }

    private Set<Fix> misfits(Choice choice) {
        return source.misfits(choice.places().mapToObj(candidates::get).toList());
    }

    private static String stem(SourcePath file) {
        String name = file.name();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String directory(String object) {
        return object.substring(0, Math.max(0, object.lastIndexOf('/')));
    }
}
