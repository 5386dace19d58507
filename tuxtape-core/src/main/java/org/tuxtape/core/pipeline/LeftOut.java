package org.tuxtape.core.pipeline;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.livepatch.BuildDiagnosis;

/**
 * A fix that is not in a cumulative patch.
 *
 * @param cve what it would have fixed
 * @param reason why it is not in, one sentence
 * @param diagnosis how the build fails that shows it best; empty where none does
 * @since 0.1
 */
public record LeftOut(CveId cve, String reason, Optional<BuildDiagnosis> diagnosis) {

    /** Rejects {@code null}. */
    public LeftOut {
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(diagnosis, "diagnosis");
    }
}
