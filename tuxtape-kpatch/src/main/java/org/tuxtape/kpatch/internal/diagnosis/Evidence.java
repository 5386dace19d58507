package org.tuxtape.kpatch.internal.diagnosis;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The best explanations so far: one for each degree of trust, the first that was said. */
final class Evidence {
    private final Map<Trust, Finding> findings = new EnumMap<>(Trust.class);
    private @Nullable Finding last;

    void add(Finding finding) {
        Trust trust = finding.trust();
        Finding known = findings.get(trust);
        Finding kept = known == null || trust == Trust.LAST ? finding : known.completedBy(finding);
        findings.put(trust, kept);
        last = kept;
    }

    /** Adds a line that goes on with the explanation just added. */
    void goOn(String line) {
        if (last != null) {
            last.excerpt().add(line);
        }
    }

    /** What follows has nothing to do with the explanation just added. */
    void stop() {
        last = null;
    }

    /** The most trusted one; one that is said less clearly may know better what it is about. */
    Optional<Finding> best() {
        return findings.values().stream().reduce(Finding::completedBy);
    }
}
