package org.tuxtape.core.pipeline;

import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.triage.VexStatus;

/**
 * What the running kernel says of a CVE at one moment.
 *
 * @param protection how far it is fixed
 * @param patched for each object that the fix needs, by the running kernel's name, whether it reports {@code patched} 1;
 *     empty where the kernel does not say
 * @param status the verdict at that moment: {@link VexStatus#FIXED} only where the protection is, else the one before
 * @since 0.1
 */
public record Proof(CveProtection protection, SortedMap<String, Optional<Boolean>> patched, VexStatus status) {

    /** Copies the map, and rejects a "fixed" that the kernel does not confirm. */
    public Proof {
        Objects.requireNonNull(status, "status");
        patched = Sorted.map(patched);
        if (status == VexStatus.FIXED
                && (protection.state() != CveProtection.State.FIXED
                        || patched.isEmpty()
                        || !patched.values().stream().allMatch(Optional.of(true)::equals))) {
            throw new IllegalArgumentException(
                    protection.cve() + " is fixed only where every object reports that it is patched.");
        }
    }

    /**
     * Tells whether the kernel confirms the fix.
     *
     * @return whether the verdict is {@link VexStatus#FIXED}
     */
    public boolean isFixed() {
        return status == VexStatus.FIXED;
    }
}
