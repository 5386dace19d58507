package org.tuxtape.kpatch.lint;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.source.CDefinition;

/** Headers: how far a change of theirs reaches. */
final class HeaderChecks implements Contents.Check {
    /** More units than that make a build long, and one of them more likely to be one that cannot be patched. */
    private static final int MANY = 20;

    @Override
    public void check(PatchedFile file, Findings findings) {
        if (!file.path().isHeader()) {
            return;
        }
        Optional<Integer> units = file.presence() instanceof FilePresence.Included included
                ? Optional.of(included.units().size())
                : Optional.empty();
        boolean isWide = units.isEmpty() || units.get() > MANY;
        String fanOut =
                units.map(count -> count + (count == 1 ? " unit" : " units")).orElse("an unknown number of units");
        Stream.of(CDefinition.Kind.FUNCTION, CDefinition.Kind.MACRO)
                .flatMap(kind -> file.changed(kind).stream())
                .filter(part -> !part.isNew())
                .forEach(part -> findings.add(
                        LintRule.HEADER_CODE,
                        isWide ? LintVerdict.RISKY : LintVerdict.LIKELY,
                        part,
                        part.name() + " is seen by " + fanOut + "."));
        if (isWide) {
            findings.add(
                    LintRule.WIDE_HEADER,
                    LintVerdict.LIKELY,
                    OptionalInt.empty(),
                    Optional.empty(),
                    file.path() + " is included by " + fanOut + ".");
        }
    }
}
