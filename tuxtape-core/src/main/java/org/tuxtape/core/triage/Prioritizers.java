package org.tuxtape.core.triage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.exploit.EpssScores;
import org.tuxtape.core.exploit.KnownExploited;
import org.tuxtape.core.exploit.NvdRecords;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * The prioritizers that come with tuxtape, and ways to make one of several. All of them keep the rules of
 * {@link Prioritizer} if their parts do.
 *
 * @since 0.1
 */
public final class Prioritizers {
    private static final double CVSS_SCALE = 10;

    private Prioritizers() {}

    /**
     * A prioritizer and how much it counts.
     *
     * @param part the prioritizer
     * @param weight above 0, at most 1,000,000; only its share of all weights matters
     * @param assumed the score, 0 to 100, that stands in where the part has none and another part has one; if empty, the
     *     weight falls to the others
     */
    public record Weighted(Prioritizer part, double weight, OptionalDouble assumed) {
        private static final double HEAVIEST = 1e6;

        /** Rejects a weight that is not above 0, or above 1,000,000, and a score outside 0 to 100. */
        public Weighted {
            Objects.requireNonNull(part, "part");
            if (!(weight > 0 && weight <= HEAVIEST)) {
                throw new IllegalArgumentException(
                        "A weight lies above 0 and up to 1,000,000: " + weight + " does not.");
            }
            double score = assumed.orElse(0);
            if (!(score >= 0 && score <= Priority.HIGHEST)) {
                throw new IllegalArgumentException("A score lies between 0 and 100: " + score + " does not.");
            }
        }

        /**
         * Takes a part for which nothing stands in.
         *
         * @param part the prioritizer
         * @param weight above 0, at most 1,000,000
         */
        public Weighted(Prioritizer part, double weight) {
            this(part, weight, OptionalDouble.empty());
        }

        /**
         * Gives a score that stands in where the part has none.
         *
         * @param score 0 to 100
         * @return a part that differs in it
         */
        public Weighted assuming(double score) {
            return new Weighted(part, weight, OptionalDouble.of(score));
        }
    }

    /**
     * How much each part of the default counts; only their shares matter.
     *
     * @param severity of the rating, or where there is none of the sort of bug; above 0, at most 1,000,000
     * @param attackSurface of who can reach the code; likewise
     * @param exposure of how the code is present; likewise
     * @param fix of whether and since when this branch has a fix, where the kernel is known; likewise
     */
    public record Weights(double severity, double attackSurface, double exposure, double fix) {
        /** What {@link #standard()} uses: 5, 3, 2 and 1. */
        public static final Weights STANDARD = new Weights(5, 3, 2, 1);
    }

    /**
     * Returns the default, with the {@linkplain Weights#STANDARD standard weights}: see {@link #standard(Weights)}.
     *
     * @return the default for any kernel
     */
    public static Prioritizer standard() {
        return standard(Weights.STANDARD);
    }

    /**
     * Returns the default: severity, what an attacker can reach, and how present the code is; and what the record itself
     * tells of exploits raises it. Where one of the three is not known, a score in the middle stands in for it, so that
     * what is not known ranks neither first nor last.
     *
     * @param weights how much each part counts; {@code fix} is not used
     * @return {@link #cvss()}, else {@link #weakness()}, with 50 assumed; {@link #attackSurface()} with 50;
     *     {@link #exposure()} with 60, just below what is built in; boosted by {@link #ssvc()} and {@link #exploits()}
     */
    public static Prioritizer standard(Weights weights) {
        return raisedByExploits(weighted(basis(weights, attackSurface()).toArray(Weighted[]::new)));
    }

    /**
     * Returns the default for one kernel, in which {@link #fix} also counts, and options that close a way to code.
     *
     * @param weights how much each part counts
     * @param kernel what of the kernel counts
     * @return the default for that kernel
     */
    public static Prioritizer standard(Weights weights, KernelTraits kernel) {
        List<Weighted> parts = new ArrayList<>(basis(weights, attackSurface(kernel)));
        parts.add(new Weighted(fix(kernel.version()), weights.fix()).assuming(50));
        return raisedByExploits(weighted(parts.toArray(Weighted[]::new)));
    }

    private static List<Weighted> basis(Weights weights, Prioritizer surface) {
        return List.of(
                new Weighted(firstDecisive(cvss(), weakness()), weights.severity()).assuming(50),
                new Weighted(surface, weights.attackSurface()).assuming(50),
                new Weighted(exposure(), weights.exposure()).assuming(60));
    }

    private static Prioritizer raisedByExploits(Prioritizer base) {
        return boost(boost(base, ssvc()), exploits());
    }

    /**
     * Judges by what a coordinator found on its exploitation. Meant as a {@linkplain #boost boost}.
     *
     * @return 60 for what is exploited in the field, 25 for a public proof of concept, else 0, and 5 more where an attack
     *     can be automated; no score where the record has no findings
     */
    public static Prioritizer ssvc() {
        return (cve, verdict) -> Exploitation.found(cve);
    }

    /**
     * Judges by links to exploits in the record. Meant as a {@linkplain #boost boost}.
     *
     * @return 15 where the record has one or more; no score where it has none
     */
    public static Prioritizer exploits() {
        return (cve, verdict) -> Exploitation.linked(cve);
    }

    /**
     * Judges by whether this branch has a fix, and for how long: what has been fixed in public is known to those who look
     * for holes. Age is counted in releases of the branch, of which there is about one a week.
     *
     * @param kernel the kernel
     * @return 50 and 2 for each release that the fix is ahead, up to 100; 40 where only other branches are fixed; 30 where
     *     nothing is; no score where no versions are named
     */
    public static Prioritizer fix(KernelVersion kernel) {
        Objects.requireNonNull(kernel, "kernel");
        return (cve, verdict) -> FixAge.priority(cve, kernel);
    }

    /**
     * Judges by the CVSS base score that came with the CVE.
     *
     * @return ten times the base score; no score where there is none
     */
    public static Prioritizer cvss() {
        return (cve, verdict) -> {
            OptionalDouble base = cve.cvss().map(Cvss::baseScore).orElse(OptionalDouble.empty());
            if (base.isEmpty()) {
                return Priority.unknown("cvss", "No CVSS base score came with it.");
            }
            String vector = cve.cvss().map(cvss -> cvss.vector().text()).orElse("");
            return Priority.of(
                    base.getAsDouble() * CVSS_SCALE,
                    "cvss",
                    String.format(Locale.ROOT, "CVSS base score %.1f (%s).", base.getAsDouble(), vector));
        };
    }

    /**
     * Judges by the sort of bug, by the words of the CVE's own text and a table: a use after free, an access out of
     * bounds, a race, a leak and so on.
     *
     * @return the score of the worst sort that the text names, and the words that name it; no score where it names none
     */
    public static Prioritizer weakness() {
        return new PerCve(Weakness::priority);
    }

    /**
     * Judges by who can reach the code, from the directories of its files, by a table.
     *
     * @return the score of the most exposed file, leaving those out that are known not to be built; no score where no path
     *     tells
     */
    public static Prioritizer attackSurface() {
        return (cve, verdict) -> AttackSurface.priority(cve.files(), verdict.files(), option -> Optional.empty());
    }

    /**
     * Judges as {@link #attackSurface()} does, and less of code to which an option of the kernel closes the usual way:
     * user namespaces ({@code USER_NS}), BPF programs of everybody ({@code BPF_UNPRIV_DEFAULT_OFF}), and sockets for
     * ciphers ({@code CRYPTO_USER_API}).
     *
     * @param kernel what of the kernel counts
     * @return likewise, with the option where it counts
     */
    public static Prioritizer attackSurface(KernelTraits kernel) {
        return (cve, verdict) -> AttackSurface.priority(cve.files(), verdict.files(), kernel::option);
    }

    /**
     * Judges by how the code is present: 70 if it is built in, 50 if it is in modules only, 30 if only a header of it
     * is in use. Where a machine's modules are known, 70 if it is loaded, 50 if it can be, 20 if it is never to be.
     *
     * @return a score where the build profile tells; none elsewhere
     */
    public static Prioritizer exposure() {
        return (cve, verdict) -> Exposure.priority(verdict);
    }

    /**
     * Judges by a list of what was seen to be exploited. Meant as a {@linkplain #boost boost}.
     *
     * @param list the list
     * @param now the time at which it is asked; a list of more than 30 days before it is said to be old
     * @return 60 for what is listed; no score for what is not
     */
    public static Prioritizer exploited(KnownExploited list, Instant now) {
        Objects.requireNonNull(list, "list");
        Objects.requireNonNull(now, "now");
        return (cve, verdict) -> Exploitation.seen(cve, list, now);
    }

    /**
     * Judges by the forecast of exploitation. Meant as a {@linkplain #boost boost}, not as a rank: it hardly tells kernel
     * CVEs apart.
     *
     * @param scores one day's scores
     * @param now the time at which they are asked; scores of more than 30 days before it are said to be old
     * @return 30 from a probability of 0.5 on, 20 from 0.1, 10 from 0.01, else 0; no score where EPSS has none
     */
    public static Prioritizer epss(EpssScores scores, Instant now) {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(now, "now");
        return (cve, verdict) -> Exploitation.forecast(cve, scores, now);
    }

    /**
     * Judges by a rating of the National Vulnerability Database. Meant to stand in where the CVE itself has none.
     *
     * @param records what the database says
     * @param now the time at which it is asked; records of more than 30 days before it are said to be old
     * @return ten times the base score of the best rating; no score where it has none
     */
    public static Prioritizer nvd(NvdRecords records, Instant now) {
        Objects.requireNonNull(records, "records");
        Objects.requireNonNull(now, "now");
        return (cve, verdict) -> Exploitation.rated(cve, records, now);
    }

    /**
     * Averages prioritizers by weight.
     *
     * @param parts at least one
     * @return a prioritizer with the reasons of all parts; without a score where no part has one
     */
    public static Prioritizer weighted(Weighted... parts) {
        List<Weighted> all = atLeastOne(parts);
        return (cve, verdict) -> average(
                all,
                all.stream()
                        .map(weighted -> weighted.part().priority(cve, verdict))
                        .toList());
    }

    private static Priority average(List<Weighted> parts, List<Priority> priorities) {
        if (priorities.stream().allMatch(priority -> priority.score().isEmpty())) {
            return new Priority(
                    OptionalDouble.empty(),
                    priorities.stream()
                            .flatMap(priority -> priority.reasons().stream())
                            .toList());
        }
        List<Priority> known = new ArrayList<>();
        double total = 0;
        for (int i = 0; i < parts.size(); i++) {
            Priority priority = assumed(priorities.get(i), parts.get(i).assumed());
            known.add(priority);
            total += priority.score().isPresent() ? parts.get(i).weight() : 0;
        }
        double score = 0;
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Priority priority = known.get(i);
            double share = priority.score().isPresent() ? parts.get(i).weight() / total : 0;
            score += priority.score().orElse(0) * share;
            priority.reasons().forEach(reason -> reasons.add(reason.scaled(share)));
        }
        return Priority.of(Math.min(score, Priority.HIGHEST), reasons);
    }

    private static Priority assumed(Priority priority, OptionalDouble assumed) {
        if (priority.score().isPresent() || assumed.isEmpty()) {
            return priority;
        }
        Reason last = priority.reasons().get(priority.reasons().size() - 1);
        List<Reason> reasons = new ArrayList<>(priority.reasons());
        reasons.set(
                reasons.size() - 1,
                Reason.of(
                        last.factor(),
                        assumed.getAsDouble(),
                        last.text() + String.format(Locale.ROOT, " Taken as %.0f of 100.", assumed.getAsDouble())));
        return Priority.of(assumed.getAsDouble(), reasons);
    }

    /**
     * Asks prioritizers in turn until one has a score.
     *
     * @param parts at least one
     * @return a prioritizer that answers as the first part with a score does, else as the last one
     */
    public static Prioritizer firstDecisive(Prioritizer... parts) {
        List<Prioritizer> all = atLeastOne(parts);
        return (cve, verdict) -> {
            Priority priority = all.get(0).priority(cve, verdict);
            for (int i = 1; i < all.size() && priority.score().isEmpty(); i++) {
                priority = all.get(i).priority(cve, verdict);
            }
            return priority;
        };
    }

    /**
     * Keeps scores from rising above a limit.
     *
     * @param base the prioritizer
     * @param limit 0 to 100
     * @param factor the name of the reason that is added where the limit is met
     * @return a prioritizer that never gives more than the limit
     */
    public static Prioritizer cap(Prioritizer base, double limit, String factor) {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(factor, "factor");
        if (!(limit >= 0 && limit <= Priority.HIGHEST)) {
            throw new IllegalArgumentException("A limit lies between 0 and 100, not " + limit + ".");
        }
        String text = String.format(Locale.ROOT, "Capped at %.1f.", limit);
        return (cve, verdict) -> {
            Priority priority = base.priority(cve, verdict);
            double score = priority.score().orElse(0);
            return score <= limit
                    ? priority
                    : Priority.of(limit, with(priority.reasons(), Reason.of(factor, limit - score, text)));
        };
    }

    /**
     * Adds to a score where another prioritizer has one: what is known to be exploited rises, whatever its severity.
     *
     * @param base the prioritizer
     * @param boost its score is added, up to 100 in all; where it has none, nothing changes
     * @return a prioritizer that never gives less than {@code base}; where {@code base} has no score, that of the boost
     */
    public static Prioritizer boost(Prioritizer base, Prioritizer boost) {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(boost, "boost");
        return (cve, verdict) -> {
            Priority priority = base.priority(cve, verdict);
            Priority extra = boost.priority(cve, verdict);
            if (extra.score().isEmpty()) {
                return priority;
            }
            double score = priority.score().orElse(0);
            double wanted = extra.score().getAsDouble();
            double added = Math.min(Priority.HIGHEST - score, wanted);
            List<Reason> reasons = new ArrayList<>(priority.reasons());
            extra.reasons().forEach(reason -> reasons.add(reason.scaled(wanted > 0 ? added / wanted : 0)));
            return Priority.of(Math.min(score + added, Priority.HIGHEST), reasons);
        };
    }

    private static List<Reason> with(List<Reason> reasons, Reason last) {
        List<Reason> all = new ArrayList<>(reasons);
        all.add(last);
        return all;
    }

    private static <T> List<T> atLeastOne(T[] parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("At least one part is needed.");
        }
        return List.of(parts);
    }
}
