package org.tuxtape.core.triage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/** Fixes that a test wrote down. */
final class WrittenFixes implements FixSource {
    static final CveId CVE = CveId.parse("CVE-2024-0001");
    private static final CommitId COMMIT = CommitId.parse("0123456789012345678901234567890123456789");

    private final Map<CveId, FixLookup> lookups = new HashMap<>();

    static WrittenFixes own(String branch, String... diffs) {
        return none().with(new FixLookup.Found(fix(branch, diffs)));
    }

    static WrittenFixes ofOtherBranch(String branch, String... diffs) {
        return none().with(new FixLookup.NeedsBackport(fix(branch, diffs), "There is no other."));
    }

    static WrittenFixes ofTrees(String branch, String diff) {
        Fix fix = fix(branch, diff);
        return none().with(new FixLookup.Found(new Fix(
                fix.cve(), fix.branch(), fix.commits(), new FixOrigin.TreeDifference("It is all that differs."))));
    }

    static WrittenFixes none() {
        return new WrittenFixes();
    }

    static FixSource broken(TuxtapeException fault) {
        return (cve, kernel, context) -> {
            throw fault;
        };
    }

    private WrittenFixes with(FixLookup lookup) {
        lookups.put(CVE, lookup);
        return this;
    }

    private static Fix fix(String branch, String... diffs) {
        List<FixCommit> commits = Stream.of(diffs)
                .map(diff -> new FixCommit(Optional.of(COMMIT), "a fix", diff))
                .toList();
        return new Fix(CVE, KernelVersion.parse(branch), commits);
    }

    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        return lookups.getOrDefault(cve.id(), new FixLookup.Missing("Nobody wrote one down."));
    }
}
