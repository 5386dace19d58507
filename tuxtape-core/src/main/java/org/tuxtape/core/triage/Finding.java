package org.tuxtape.core.triage;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.Cve;

/**
 * What the triage found about one CVE in one kernel.
 *
 * @param cve what is known of the CVE
 * @param verdict whether the kernel has the vulnerable code
 * @param priority how urgent that is; empty if the verdict is settled and nobody has to act
 * @since 0.1
 */
public record Finding(Cve cve, Verdict verdict, Optional<Priority> priority) {

    /** Rejects {@code null}. */
    public Finding {
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(priority, "priority");
    }

    /**
     * Says all of it, for people: verdict, evidence rung by rung, score and its reasons.
     *
     * @return several lines that end in {@code \n}
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        line(text, "%s: %s", cve.id(), cve.title());
        line(
                text,
                "  %s%s%s",
                verdict.status(),
                verdict.justification().map(why -> ", " + why).orElse(""),
                verdict.isWeak() ? " (weak)" : "");
        for (Evidence evidence : verdict.evidence()) {
            line(text, "  %-8s %s", evidence.rung(), evidence.reason());
        }
        priority.ifPresent(found -> explain(text, found));
        return text.toString();
    }

    private static void explain(StringBuilder text, Priority priority) {
        line(
                text,
                "  priority %s%s",
                priority.score().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.0f of 100", priority.score().getAsDouble())
                        : "unknown",
                priority.band().map(band -> ", " + band).orElse(""));
        for (Reason reason : priority.reasons()) {
            String points = reason.points().isPresent()
                    ? String.format(Locale.ROOT, "%+5.1f", reason.points().getAsDouble())
                    : "    -";
            line(text, "    %s  %s: %s", points, reason.factor(), reason.text());
        }
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
