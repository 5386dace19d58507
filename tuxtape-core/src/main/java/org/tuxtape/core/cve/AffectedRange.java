package org.tuxtape.core.cve;

import java.util.Objects;
import java.util.Optional;

/**
 * One introduced/fixed pair of a CVE: where one line of history became vulnerable and where it ceased to be.
 *
 * @param introduced what brought the bug in; empty if unknown, which counts as "there from the beginning"
 * @param fixed what took it out; empty if that line of history has no fix
 * @since 0.1
 */
public record AffectedRange(Optional<Change> introduced, Optional<Change> fixed) {

    /** The pair of a CVE that every kernel has: neither its introduction nor a fix is known. */
    public static final AffectedRange EVERYTHING = new AffectedRange(Optional.empty(), Optional.empty());

    /** Rejects {@code null}. */
    public AffectedRange {
        Objects.requireNonNull(introduced, "introduced");
        Objects.requireNonNull(fixed, "fixed");
    }

    /**
     * Returns a pair of which both ends are known.
     *
     * @param introduced what brought the bug in
     * @param fixed what took it out
     * @return the pair
     */
    public static AffectedRange of(Change introduced, Change fixed) {
        return new AffectedRange(Optional.of(introduced), Optional.of(fixed));
    }

    /**
     * Returns a pair whose introduction is unknown.
     *
     * @param fixed what took the bug out
     * @return the pair
     */
    public static AffectedRange fixedBy(Change fixed) {
        return new AffectedRange(Optional.empty(), Optional.of(fixed));
    }

    /**
     * Returns a pair without a fix.
     *
     * @param introduced what brought the bug in
     * @return the pair
     */
    public static AffectedRange unfixedSince(Change introduced) {
        return new AffectedRange(Optional.of(introduced), Optional.empty());
    }
}
