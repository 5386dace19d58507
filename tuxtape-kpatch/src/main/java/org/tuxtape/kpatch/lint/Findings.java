package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tuxtape.core.source.SourcePlace;

/** Takes what is found in a file. */
record Findings(PatchedFile file, List<LintFinding> list) {

    void add(LintRule rule, ChangedPart part, String detail) {
        add(rule, rule.verdict(), part, detail);
    }

    void add(LintRule rule, LintVerdict verdict, ChangedPart part, String detail) {
        add(rule, verdict, part.line(), Optional.of(part.name()).filter(name -> !name.isEmpty()), detail);
    }

    void add(LintRule rule, LintVerdict verdict, OptionalInt line, Optional<String> symbol, String detail) {
        SourcePlace place = new SourcePlace(file.path(), line);
        list.add(new LintFinding(rule, verdict, Optional.of(place), symbol, detail));
    }
}
