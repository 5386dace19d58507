package org.tuxtape.testkit.fake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Has the fixes that a test set up, whatever their origin. Of several of one CVE it takes the one that serves the kernel
 * best; a fix of an older branch than the kernel's serves none. Immutable, and safe for use by several threads.
 *
 * @since 0.1
 */
public final class FakeFixSource implements FixSource {
    private final Map<CveId, List<Fix>> fixes;
    private final boolean relaxed;

    private FakeFixSource(Builder builder) {
        Map<CveId, List<Fix>> copy = new HashMap<>();
        builder.fixes.forEach((cve, list) -> copy.put(cve, List.copyOf(list)));
        fixes = Map.copyOf(copy);
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
        @Nullable List<Fix> known = fixes.get(cve.id());
        if (known == null && !relaxed) {
            throw Strict.unexpected("the fix of " + cve.id());
        }
        if (known == null || known.isEmpty()) {
            return new FixLookup.Missing(known == null ? "Not set up." : "Set up to be missing.");
        }
        KernelVersion version = kernel.version();
        return known.stream()
                .filter(fix -> FixLine.of(fix, cve).serves(version))
                .min(Comparator.comparing(fix -> FixLine.of(fix, cve), FixLine.nearestTo(version)))
                .map(fix -> found(fix, version))
                .orElseGet(() -> new FixLookup.Missing("Set up for older branches only."));
    }

    private static FixLookup found(Fix fix, KernelVersion kernel) {
        return fix.branch().isOnBranchOf(kernel)
                ? new FixLookup.Found(fix)
                : new FixLookup.NeedsBackport(fix, "Set up for " + fix.branch() + ", not for " + kernel.branch() + ".");
    }

    /** Collects fixes. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<CveId, List<Fix>> fixes = new HashMap<>();
        private boolean relaxed;

        private Builder() {}

        /**
         * Sets a fix up.
         *
         * @param fix one of its CVE
         * @return this builder
         */
        public Builder fix(Fix fix) {
            fixes.computeIfAbsent(fix.cve(), cve -> new ArrayList<>()).add(fix);
            return this;
        }

        /**
         * Sets up that a CVE has no fix.
         *
         * @param cve the CVE
         * @return this builder
         */
        public Builder missing(CveId cve) {
            fixes.put(cve, new ArrayList<>());
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
