package org.tuxtape.core.cve;

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

    /** Copies the list. */
    public CatalogEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(current, "current");
        history = List.copyOf(history);
    }

    /**
     * Returns the CVE as it holds now.
     *
     * @return the description, or empty if the CVE was rejected
     */
    public Optional<Cve> published() {
        return current instanceof CveEvent.Published published ? Optional.of(published.cve()) : Optional.empty();
    }
}
