package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Three decision points of SSVC as a coordinator answered them. CISA adds them to records of the CVE Program.
 *
 * @param exploitation what was seen of exploits
 * @param automatable whether an attack on many targets can be automated, as far as reaching and exploiting them goes
 * @param impact how far an exploit takes control of the component
 * @param by who answered; not blank
 * @param decided when; empty if it does not say
 * @see <a href="https://www.cisa.gov/stakeholder-specific-vulnerability-categorization-ssvc">SSVC</a>
 * @since 0.1
 */
public record Ssvc(
        Exploitation exploitation, boolean automatable, TechnicalImpact impact, String by, Optional<Instant> decided) {

    /** What was seen of exploits, from the least to the most. */
    public enum Exploitation {
        /** Nothing was seen. */
        NONE,
        /** There is a public proof of concept, or the way to exploit it is well known. */
        POC,
        /** It is exploited in the field. */
        ACTIVE;

        /** Returns the word that records use. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far an exploit takes control of the component. */
    public enum TechnicalImpact {
        /** Limited control, or what the component does is hindered. */
        PARTIAL,
        /** Total control of the component, or all of its information. */
        TOTAL;

        /** Returns the word that records use. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Rejects {@code null} and a blank name. */
    public Ssvc {
        Objects.requireNonNull(exploitation, "exploitation");
        Objects.requireNonNull(impact, "impact");
        Objects.requireNonNull(decided, "decided");
        if (by.isBlank()) {
            throw new IllegalArgumentException("Somebody answered.");
        }
    }

    /**
     * Returns the three answers in words.
     *
     * @return for example {@code exploitation poc, automatable no, technical impact total}
     */
    @Override
    public String toString() {
        return "exploitation " + exploitation + ", automatable " + (automatable ? "yes" : "no") + ", technical impact "
                + impact;
    }
}
