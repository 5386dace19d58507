package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Objects;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;

/**
 * What remains to be done about a CVE that cannot be patched live as things are, and what holds until then.
 *
 * @param cve the CVE
 * @param measures what the record, the build or the machine shows to help, the least disturbing first; possibly empty:
 *     nothing is guessed
 * @param exposure who can reach the code until then, as far as is known, one or more sentences
 * @since 0.1
 */
public record Fallback(CveId cve, List<Measure> measures, String exposure) {

    /** Copies the list. */
    public Fallback {
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(exposure, "exposure");
        measures = List.copyOf(measures);
    }

    /**
     * Finds out what remains, from what the triage has found and nothing else.
     *
     * @param finding the CVE, with the evidence about this kernel
     * @param kernel the kernel
     * @param traits its options
     * @return what remains
     */
    public static Fallback of(Finding finding, KernelBuild kernel, KernelTraits traits) {
        return new Fallbacks(finding, kernel, traits).fallback();
    }
}
