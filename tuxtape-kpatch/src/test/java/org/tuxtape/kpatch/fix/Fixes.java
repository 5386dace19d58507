package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.ApplyOutcome;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;

/** Questions to a source and what is looked for in the answers. */
final class Fixes {
    private Fixes() {}

    /** A CVE that these commits fix in the kernel's own branch. */
    static Cve fixedBy(CommitId... commits) {
        return Cve.builder(new CveId(2024, 2000))
                .ranges(Arrays.stream(commits)
                        .map(commit -> Examples.fixedIn("6.6.21", commit))
                        .toArray(AffectedRange[]::new))
                .build();
    }

    static FixLookup find(FixSource source, Cve cve) {
        return source.find(cve, Examples.KERNEL, Context.standard());
    }

    static Fix found(FixLookup lookup) {
        assertThat(lookup).isInstanceOf(FixLookup.Found.class);
        return ((FixLookup.Found) lookup).fix();
    }

    static Fix backport(FixLookup lookup) {
        assertThat(lookup).isInstanceOf(FixLookup.NeedsBackport.class);
        return ((FixLookup.NeedsBackport) lookup).fix();
    }

    static String reason(FixLookup lookup) {
        assertThat(lookup).isInstanceOf(FixLookup.Missing.class);
        return ((FixLookup.Missing) lookup).reason();
    }

    static String diff(FixSource source, CommitId commit) {
        return found(find(source, fixedBy(commit))).commits().get(0).diff();
    }

    /** Applies the change of one file, which has to fit as it is. */
    static Optional<String> applied(String diff, Optional<String> older) {
        Diff parsed = Diff.parse(diff);
        assertThat(parsed.files()).hasSize(1);
        ApplyOutcome outcome = parsed.files().get(0).applyTo(older, 0);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
        return ((ApplyOutcome.Applied) outcome).content();
    }
}
