package org.tuxtape.testkit.fake;

import java.util.HashMap;
import java.util.Map;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * Has the fixes that a test set up. A fix is found where it was made for the kernel's branch, and needs a backport
 * elsewhere. Immutable, and safe for use by several threads.
 *
 * @since 0.1
 */
public final class FakeFixSource implements FixSource {
    private final Map<CveId, FixLookup> fixes;
    private final boolean relaxed;

    private FakeFixSource(Builder builder) {
        fixes = Map.copyOf(builder.fixes);
        relaxed = builder.relaxed;
    }

    /**
     * Starts a source.
     *
     * @return a builder that knows no CVE
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if the CVE was not set up and the fake is strict
     */
    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        context.cancellation().throwIfCancelled();
        FixLookup lookup = fixes.get(cve.id());
        if (lookup == null) {
            if (relaxed) {
                return new FixLookup.Missing("Not set up.");
            }
            throw Strict.unexpected("the fix of " + cve.id());
        }
        return lookup instanceof FixLookup.Found found && !found.fix().branch().isOnBranchOf(kernel.version())
                ? new FixLookup.NeedsBackport(
                        found.fix(), "Set up for " + found.fix().branch() + " only.")
                : lookup;
    }

    /** Collects fixes. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<CveId, FixLookup> fixes = new HashMap<>();
        private boolean relaxed;

        private Builder() {}

        /**
         * Sets a fix up.
         *
         * @param fix the only one of its CVE
         * @return this builder
         */
        public Builder fix(Fix fix) {
            fixes.put(fix.cve(), new FixLookup.Found(fix));
            return this;
        }

        /**
         * Sets up that a CVE has no fix.
         *
         * @param cve the CVE
         * @return this builder
         */
        public Builder missing(CveId cve) {
            fixes.put(cve, new FixLookup.Missing("Set up to be missing."));
            return this;
        }

        /**
         * Says of every other CVE that it has no fix, instead of throwing an {@link AssertionError}.
         *
         * @return this builder
         */
        public Builder relaxed() {
            relaxed = true;
            return this;
        }

        /**
         * Returns the source.
         *
         * @return a fake with what was collected so far
         */
        public FakeFixSource build() {
            return new FakeFixSource(this);
        }
    }
}
