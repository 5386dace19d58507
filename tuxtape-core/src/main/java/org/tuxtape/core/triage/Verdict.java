package org.tuxtape.core.triage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether one kernel has the vulnerable code of one CVE, with the evidence in the order in which it was found.
 *
 * @param status the status
 * @param justification why not, for {@link VexStatus#NOT_AFFECTED} only
 * @param isWeak whether the deciding evidence is {@linkplain Evidence#isWeak() weak}
 * @param evidence what each rung found, lowest first
 * @since 0.1
 */
public record Verdict(
        VexStatus status, Optional<VexJustification> justification, boolean isWeak, List<Evidence> evidence) {

    /** Copies the list, and rejects a justification of anything but "not affected". */
    public Verdict {
        Objects.requireNonNull(status, "status");
        if (justification.isPresent() && status != VexStatus.NOT_AFFECTED) {
            throw new IllegalArgumentException("Only 'not affected' is justified, not '" + status + "'.");
        }
        evidence = List.copyOf(evidence);
    }

    /**
     * Draws the verdict from evidence: the highest rung that decides is right. Where none decides the kernel is under
     * investigation.
     *
     * @param evidence what each rung found, lowest first
     * @return the verdict
     */
    public static Verdict of(List<Evidence> evidence) {
        Optional<Evidence> decisive =
                evidence.stream().filter(found -> found.decides().isPresent()).reduce((lower, higher) -> higher);
        VexStatus status = decisive.flatMap(Evidence::decides).orElse(VexStatus.UNDER_INVESTIGATION);
        // Neither "introduced later" nor "not compiled" says more than that this kernel lacks the code.
        Optional<VexJustification> justification = status == VexStatus.NOT_AFFECTED
                ? Optional.of(VexJustification.VULNERABLE_CODE_NOT_PRESENT)
                : Optional.empty();
        return new Verdict(status, justification, decisive.map(Evidence::isWeak).orElse(false), evidence);
    }

    /**
     * Returns what the versions say.
     *
     * @return the evidence of the first rung, or empty if it was not climbed
     */
    public Optional<Evidence.Version> version() {
        return find(Evidence.Version.class);
    }

    /**
     * Returns what the compiled files say.
     *
     * @return the evidence of the second rung, or empty if it was not climbed
     */
    public Optional<Evidence.Files> files() {
        return find(Evidence.Files.class);
    }

    /**
     * Returns what the build made of the code that the fix changes.
     *
     * @return the evidence of the third rung, or empty if it was not climbed
     */
    public Optional<Evidence.Functions> functions() {
        return find(Evidence.Functions.class);
    }

    /**
     * Returns whether the source holds the fix.
     *
     * @return the evidence of the fourth rung, or empty if it was not climbed
     */
    public Optional<Evidence.Source> source() {
        return find(Evidence.Source.class);
    }

    /**
     * Returns how the code is present on a machine.
     *
     * @return the evidence of the fifth rung, or empty if it was not climbed
     */
    public Optional<Evidence.RunTime> runTime() {
        return find(Evidence.RunTime.class);
    }

    private <E extends Evidence> Optional<E> find(Class<E> kind) {
        return evidence.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
