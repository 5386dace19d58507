package org.tuxtape.core.cve;

import java.util.List;
import java.util.Objects;

/**
 * What one place of a text says of versions. A record of the kernel CNA says it twice, in its JSON and in the pairs beside
 * it, and the two do not always agree.
 *
 * @param place which place that is, in a few words, for example {@code versions in its JSON}
 * @param ranges introduced/fixed pairs in the order of the place
 * @since 0.1
 */
public record RangeClaim(String place, List<AffectedRange> ranges) {

    /** Copies the list. */
    public RangeClaim {
        Objects.requireNonNull(place, "place");
        ranges = List.copyOf(ranges);
    }
}
