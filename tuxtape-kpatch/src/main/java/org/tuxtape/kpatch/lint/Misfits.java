package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tuxtape.core.diff.ApplyOutcome.Cause;
import org.tuxtape.core.diff.HunkMatch;
import org.tuxtape.core.diff.TreeChange.Rejected;
import org.tuxtape.core.diff.TreeChange.Rejection;
import org.tuxtape.core.source.SourcePlace;

/** Changes that do not fit the source, or only with fuzz. */
final class Misfits {
    private Misfits() {}

    /** Says what no fuzz makes fit; names that leave the tree, and links, are others' to say. */
    static List<LintFinding> impossible(Rejected rejected) {
        return rejected.rejections().stream()
                .filter(rejection ->
                        rejection.cause() != Cause.OUTSIDE_TREE && rejection.cause() != Cause.SYMBOLIC_LINK)
                .map(rejection -> finding(
                        rejection.cause() == Cause.BINARY ? LintRule.BINARY : LintRule.DOES_NOT_APPLY, rejection))
                .toList();
    }

    /** Says what fits with fuzz only. */
    static List<LintFinding> inexact(Rejected rejected) {
        return rejected.rejections().stream()
                .map(rejection -> finding(LintRule.FUZZ, rejection))
                .toList();
    }

    private static LintFinding finding(LintRule rule, Rejection rejection) {
        Optional<SourcePlace> place =
                rejection.file().path().inTree().map(path -> new SourcePlace(path, OptionalInt.empty()));
        return new LintFinding(rule, rule.verdict(), place, Optional.empty(), detail(rule, rejection));
    }

    private static String detail(LintRule rule, Rejection rejection) {
        String name = rejection.file().path().raw();
        if (rule == LintRule.FUZZ) {
            return name + " changes with a fuzz of " + rejection.neededFuzz().orElse(0) + ".";
        }
        return switch (rejection.cause()) {
            case NO_FILE -> name + " is not there.";
            case FILE_EXISTS -> name + " is there already.";
            case CONTENT_LEFT -> name + " has more in it than the fix deletes.";
            case HUNKS ->
                hunks(rejection) + " of " + rejection.hunks().size() + " of " + name + " found no place, or two.";
            default -> name + " cannot be changed: " + rejection.cause() + ".";
        };
    }

    private static String hunks(Rejection rejection) {
        List<String> numbers = IntStream.range(0, rejection.hunks().size())
                .filter(i -> !(rejection.hunks().get(i) instanceof HunkMatch.Found))
                .mapToObj(i -> Integer.toString(i + 1))
                .toList();
        return (numbers.size() == 1 ? "Hunk " : "Hunks ") + String.join(", ", numbers);
    }
}
