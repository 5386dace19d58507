package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the catalog holds of one CVE.
 *
 * @param id the CVE
 * @param current the element that holds now: {@link CveEvent.Published} or {@link CveEvent.Rejected}
 * @param history every element about it in the order of reading, {@code current} among them
 * @since 0.1
 */
public record CatalogEntry(CveId id, CveEvent current, List<CveEvent> history) {
    private static final Comparator<CveEvent> PRECEDENCE = Comparator.comparing(
                    (CveEvent event) -> event instanceof CveEvent.Rejected)
            .thenComparing(event -> event.origin().kind())
            .thenComparing(event -> event.origin().date().orElse(Instant.MIN));

    /** Copies the list. */
    public CatalogEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(current, "current");
        history = List.copyOf(history);
    }

    /** Finds out which element holds. */
    static CatalogEntry of(CveId id, List<CveEvent> history) {
        CveEvent current = history.stream()
                .reduce((held, next) -> PRECEDENCE.compare(next, held) >= 0 ? next : held)
                .orElseThrow();
        return new CatalogEntry(id, current, history);
    }

    /**
     * Returns the CVE as it holds now. What others than its author add to a record, such as CISA's findings on its
     * exploitation, is taken from the newest element that has it, since the author's own copy never does.
     *
     * @return the description, or empty if the CVE was rejected
     */
    public Optional<Cve> published() {
        return current instanceof CveEvent.Published published
                ? Optional.of(completed(published.cve()))
                : Optional.empty();
    }

    private Cve completed(Cve cve) {
        Cve whole = cve;
        for (CveEvent event : byPrecedence()) {
            if (event instanceof CveEvent.Published other) {
                if (whole.ssvc().isEmpty() && other.cve().ssvc().isPresent()) {
                    whole = whole.toBuilder().ssvc(other.cve().ssvc().get()).build();
                }
                if (whole.exploits().isEmpty() && !other.cve().exploits().isEmpty()) {
                    whole = whole.toBuilder().exploits(other.cve().exploits()).build();
                }
            }
        }
        return whole;
    }

    /** The elements, the one that holds most first. */
    private List<CveEvent> byPrecedence() {
        if (history.size() == 1) {
            return history;
        }
        List<CveEvent> events = new ArrayList<>(history);
        events.remove(current);
        events.sort(PRECEDENCE.reversed());
        events.add(0, current);
        return events;
    }

    /**
     * Returns what holds, each with where it comes from and as of when.
     *
     * @return the facts of {@link #current()} and what others added, by kind
     */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(Fact.of(current));
        if (current instanceof CveEvent.Published) {
            for (CveEvent event : byPrecedence()) {
                for (Fact.Kind kind : List.of(Fact.Kind.SSVC, Fact.Kind.EXPLOIT)) {
                    if (facts.stream().noneMatch(fact -> fact.kind() == kind)) {
                        Fact.of(event).stream()
                                .filter(fact -> fact.kind() == kind)
                                .forEach(facts::add);
                    }
                }
            }
        }
        facts.sort(Comparator.comparing(Fact::kind));
        return List.copyOf(facts);
    }

    /**
     * Returns what was said once or elsewhere and does not hold.
     *
     * @return the facts of all other elements that are not among {@link #facts()}, each once, in the order of reading
     */
    public List<Fact> superseded() {
        List<Fact> holding = facts();
        List<Fact> old = new ArrayList<>();
        for (CveEvent event : history) {
            for (Fact fact : Fact.of(event)) {
                if (holding.stream().noneMatch(fact::saysLike) && old.stream().noneMatch(fact::saysLike)) {
                    old.add(fact);
                }
            }
        }
        return List.copyOf(old);
    }
}
