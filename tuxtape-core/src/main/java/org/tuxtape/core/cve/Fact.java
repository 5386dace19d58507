package org.tuxtape.core.cve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is said of a CVE, and who said it when.
 *
 * @param kind what it is about
 * @param text what is said, on one line
 * @param origin the element that says so
 * @param date as of when it is said; empty if its author does not tell
 * @since 0.1
 */
public record Fact(Kind kind, String text, Origin origin, Optional<Instant> date) {

    /** What a fact is about, in the order in which facts are listed. */
    public enum Kind {
        /** Published or rejected. */
        STATE,
        /** Its title. */
        TITLE,
        /** One introduced/fixed pair. */
        RANGE,
        /** A pair that another place of the same text has instead. */
        CLAIM,
        /** A file that the fix touches. */
        FILE,
        /** Its rating. */
        CVSS,
        /** What a coordinator found on its exploitation. */
        SSVC,
        /** A link to an exploit. */
        EXPLOIT;

        /** Returns the word that reports use. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Rejects {@code null}. */
    public Fact {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(date, "date");
    }

    /**
     * Returns how old the fact is.
     *
     * @param now the time at which it is asked
     * @return the time since {@link #date()}, zero if that lies ahead; empty if there is no date
     */
    public Optional<Duration> age(Instant now) {
        return date.map(then -> then.isAfter(now) ? Duration.ZERO : Duration.between(then, now));
    }

    /** Tells whether both say the same, whoever says it when. */
    boolean saysLike(Fact other) {
        return kind == other.kind && text.equals(other.text);
    }

    /**
     * Takes an element apart.
     *
     * @param event the element
     * @return what it says, fact by fact; nothing of what was not understood
     */
    public static List<Fact> of(CveEvent event) {
        List<Fact> facts = new ArrayList<>();
        Origin origin = event.origin();
        if (event instanceof CveEvent.Rejected rejected) {
            facts.add(of(
                    Kind.STATE,
                    "rejected" + rejected.reason().map(why -> ": " + why).orElse(""),
                    origin));
            return facts;
        }
        if (event instanceof CveEvent.Published published) {
            facts.add(of(Kind.STATE, "published", origin));
            of(published.cve(), origin, facts);
        }
        return facts;
    }

    private static void of(Cve cve, Origin origin, List<Fact> facts) {
        facts.add(of(Kind.TITLE, cve.title(), origin));
        cve.ranges().forEach(range -> facts.add(of(Kind.RANGE, words(range), origin)));
        cve.claims()
                .forEach(claim -> claim.ranges()
                        .forEach(range -> facts.add(of(Kind.CLAIM, claim.place() + ": " + words(range), origin))));
        cve.files().forEach(file -> facts.add(of(Kind.FILE, file.text(), origin)));
        cve.cvss().ifPresent(cvss -> facts.add(of(Kind.CVSS, words(cvss), origin)));
        cve.ssvc()
                .ifPresent(ssvc -> facts.add(new Fact(
                        Kind.SSVC,
                        ssvc + ", by " + ssvc.by(),
                        origin,
                        ssvc.decided().or(origin::date))));
        cve.exploits().forEach(link -> facts.add(of(Kind.EXPLOIT, link, origin)));
    }

    private static Fact of(Kind kind, String text, Origin origin) {
        return new Fact(kind, text, origin, origin.date());
    }

    private static String words(AffectedRange range) {
        return range.introduced().map(change -> "introduced in " + change).orElse("introduced at an unknown time")
                + ", " + range.fixed().map(change -> "fixed in " + change).orElse("not fixed");
    }

    private static String words(Cvss cvss) {
        String score = cvss.baseScore().isPresent() ? " " + cvss.baseScore().getAsDouble() : "";
        return cvss.vector() + score;
    }
}
