package org.tuxtape.core.pipeline;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;

/**
 * Something broke on the way. What did not depend on it went on.
 *
 * @param stage where
 * @param kernel the name of the kernel that it concerns; empty where a source broke, which concerns all
 * @param cve for which CVE; empty where the kernel as a whole or its cumulative patch is meant
 * @param message what was thrown, one line
 * @since 0.1
 */
public record PipelineFault(Stage stage, Optional<String> kernel, Optional<CveId> cve, String message) {

    /** Rejects {@code null}. */
    public PipelineFault {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(message, "message");
    }
}
