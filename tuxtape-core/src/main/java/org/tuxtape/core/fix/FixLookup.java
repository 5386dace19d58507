package org.tuxtape.core.fix;

import java.util.Objects;

/**
 * What a {@link FixSource} has for a CVE and a kernel. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface FixLookup {

    /**
     * A fix that was made for this kernel's branch.
     *
     * @param fix the fix
     */
    record Found(Fix fix) implements FixLookup {
        /** Rejects {@code null}. */
        public Found {
            Objects.requireNonNull(fix, "fix");
        }
    }

    /**
     * A fix that was made for another branch and has to be adapted.
     *
     * @param fix the fix of the nearest newer branch that has one, mainline last
     * @param reason one sentence that says why no better one was there
     */
    record NeedsBackport(Fix fix, String reason) implements FixLookup {
        /** Rejects {@code null}. */
        public NeedsBackport {
            Objects.requireNonNull(fix, "fix");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * No fix.
     *
     * @param reason one sentence
     */
    record Missing(String reason) implements FixLookup {
        /** Rejects {@code null}. */
        public Missing {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
