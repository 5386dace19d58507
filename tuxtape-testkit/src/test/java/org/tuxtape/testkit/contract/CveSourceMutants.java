package org.tuxtape.testkit.contract;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.testkit.fake.FakeCveSource;

/** Sources that break one rule each. */
final class CveSourceMutants {
    static final Cve FIRST = Cve.builder(CveId.parse("CVE-2024-0001")).build();
    static final CveId SECOND = CveId.parse("CVE-2023-0002");
    static final Cve THIRD = Cve.builder(CveId.parse("CVE-2024-0003")).build();

    private CveSourceMutants() {}

    static FakeCveSource.Builder archive() {
        return FakeCveSource.named("archive")
                .published(FIRST)
                .unreadable("No version.")
                .rejected(SECOND)
                .published(THIRD);
    }

    static CveSourceSubject subject(UnaryOperator<CveSource> bend) {
        return CveSourceSubject.of(() -> bend.apply(archive().build()))
                .published("CVE-2024-0001")
                .unreadable()
                .rejected("CVE-2023-0002")
                .published("CVE-2024-0003")
                .missingArchive(missing())
                .truncatedArchive(truncated(), 2)
                .openHandles(() -> 0);
    }

    static FakeCveSource missing() {
        return FakeCveSource.named("missing").failsAfter(0, Fault.MISSING).build();
    }

    static FakeCveSource truncated() {
        return archive().failsAfter(2, Fault.TRUNCATED).build();
    }

    static List<Mutant<CveSourceSubject>> all() {
        return Stream.concat(CveSourceReadingMutants.all(), CveSourceFailureMutants.all())
                .toList();
    }

    static Mutant<CveSourceSubject> mutant(String rule, String fault, UnaryOperator<CveSource> bend) {
        return new Mutant<>(rule, fault, () -> subject(bend));
    }

    static Mutant<CveSourceSubject> mutant(String rule, String fault, FakeCveSource.Builder archive) {
        return mutant(rule, fault, source -> archive.build());
    }

    static Mutant<CveSourceSubject> mutantStream(String rule, String fault, UnaryOperator<CveStream> bend) {
        return mutant(rule, fault, source -> Bent.streaming(source, bend));
    }
}
