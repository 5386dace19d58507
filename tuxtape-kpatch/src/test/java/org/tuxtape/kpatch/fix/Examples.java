package org.tuxtape.kpatch.fix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.contract.FixSourceSubject;

/** CVEs whose fixes a store of commits has to know, for every question that the contract asks. */
record Examples(Cve own, Cve newer, Cve last, Cve series, Cve none, Cve hostile) {
    static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.6.20"));

    /** Puts a commit into the store that is to be tested. */
    interface Maker {
        CommitId commit(String name, boolean hostile);
    }

    static Examples in(Maker store) {
        CommitId unknown = CommitId.parse("f".repeat(40));
        Cve none = Cve.builder(new CveId(2024, 1005))
                .ranges(fixedIn("6.6.21", unknown), fixedIn("6.8", unknown))
                .build();
        // The record names the later commit first.
        return new Examples(
                cve(store, 1001, "6.1.80", "6.6.21", "6.7.9", "6.8"),
                cve(store, 1002, "6.1.80", "6.9.2", "6.7.9", "6.8"),
                cve(store, 1003, "6.1.80", "6.8"),
                cve(store, 1004, "6.6.22", "6.6.21"),
                none,
                Cve.builder(new CveId(2024, 1006))
                        .ranges(fixedIn("6.6.21", store.commit("hostile", true)))
                        .build());
    }

    private static Cve cve(Maker store, int number, String... versions) {
        List<AffectedRange> ranges = new ArrayList<>();
        for (String version : versions) {
            ranges.add(fixedIn(version, store.commit(number + " in " + version, false)));
        }
        return Cve.builder(new CveId(2024, number)).ranges(ranges).build();
    }

    static AffectedRange fixedIn(String version, CommitId commit) {
        return AffectedRange.fixedBy(Change.of(KernelVersion.parse(version), commit));
    }

    FixSourceSubject subject(Supplier<FixSource> source, Supplier<FixSource> broken, Path outside) {
        List<CommitId> commits = new ArrayList<>(series.fixCommits());
        return FixSourceSubject.of(source)
                .own(own, KERNEL)
                .newer(newer, KERNEL, KernelVersion.parse("6.7"))
                .mainline(last, KERNEL, KernelVersion.parse("6.8"))
                .series(series, KERNEL, commits.get(1), commits.get(0))
                .missing(none, KERNEL)
                .broken(broken)
                .hostile(hostile, KERNEL, outside);
    }
}
