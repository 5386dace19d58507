package org.tuxtape.kpatch.lint;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.source.SourcePlace;

/**
 * Something that a rule has to say of a fix. Natural order puts the worst first.
 *
 * @param rule the rule
 * @param verdict what this finding alone leads to
 * @param place where, by the line in the text with the fix, or without it for what the fix removes; empty where the fix as
 *     a whole or a name outside the tree is meant
 * @param symbol the function, variable or type that it is about
 * @param detail what was found, one sentence
 * @since 0.1
 */
public record LintFinding(
        LintRule rule, LintVerdict verdict, Optional<SourcePlace> place, Optional<String> symbol, String detail)
        implements Comparable<LintFinding> {
    private static final Comparator<LintFinding> ORDER = Comparator.comparing(LintFinding::verdict)
            .reversed()
            .thenComparing(LintFinding::rule)
            .thenComparing(
                    finding -> finding.place().map(place -> place.file().text()).orElse(""))
            .thenComparing(finding ->
                    finding.place().map(place -> place.line().orElse(0)).orElse(0))
            .thenComparing(finding -> finding.symbol().orElse(""))
            .thenComparing(LintFinding::detail);

    /** Rejects {@code null}. */
    public LintFinding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * Says the finding in one line.
     *
     * @return for example {@code risky STATIC_DATA net/x.c:12 table: ...}
     */
    public String explain() {
        StringBuilder text = new StringBuilder(rule.name());
        place.ifPresent(where -> text.append(' ').append(where));
        symbol.ifPresent(name -> text.append(' ').append(name));
        return text.append(": ").append(detail).toString();
    }

    @Override
    public int compareTo(LintFinding other) {
        return ORDER.compare(this, other);
    }
}
