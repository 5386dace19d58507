package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.source.SourcePlace;

/**
 * What is to be expected of building a livepatch of a fix, found out before anything is compiled.
 *
 * @param outlook the worst that any finding leads to
 * @param findings what was found, the worst first
 * @since 0.1
 */
public record Screening(Outlook outlook, List<Finding> findings) {

    /** Copies the list. */
    public Screening {
        Objects.requireNonNull(outlook, "outlook");
        findings = List.copyOf(findings);
    }

    /** What is to be expected, from the best to the worst. */
    public enum Outlook {
        /** Nothing is known to be in the way. That is no promise. */
        LIKELY,
        /** It may fail, or build and yet be wrong: a person should look. It is built. */
        RISKY,
        /** Nothing of the fix is compiled into this kernel. It is not built. */
        NO_EFFECT,
        /** The tool is certain to refuse it. It is not built. */
        IMPOSSIBLE,
        /** Building it would run what the fix brings, or write outside the tree. It is not built. */
        REFUSED;

        /**
         * Tells whether a build is worth it.
         *
         * @return whether this is {@link #LIKELY} or {@link #RISKY}
         */
        public boolean isHopeful() {
            return compareTo(NO_EFFECT) < 0;
        }
    }

    /**
     * Something that speaks against a livepatch of the fix.
     *
     * @param code names the rule; it stays the same and can be looked up
     * @param outlook what this finding alone leads to
     * @param place where; empty where the fix as a whole is meant
     * @param symbol the function, variable or type that it is about
     * @param detail what was found, one sentence
     * @param remedy what a person can do, one sentence
     */
    public record Finding(
            String code,
            Outlook outlook,
            Optional<SourcePlace> place,
            Optional<String> symbol,
            String detail,
            String remedy) {
        /** Rejects {@code null}. */
        public Finding {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(outlook, "outlook");
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(symbol, "symbol");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(remedy, "remedy");
        }
    }

    /**
     * Returns the findings that lead to the outlook.
     *
     * @return those that have it; none if nothing was found
     */
    public List<Finding> reasons() {
        return findings.stream().filter(finding -> finding.outlook == outlook).toList();
    }
}
