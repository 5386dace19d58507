package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.ScriptedSource;
import org.tuxtape.core.kernel.KernelObject;

class FunnelTest {

    @Test
    void theFunnelCountsWhatIsLeftAtEachStep() {
        Funnel funnel = Triage.of(SmallCatalog.catalog())
                .against(SmallCatalog.profile())
                .funnel();

        assertThat(funnel.messages()).isEqualTo(13);
        assertThat(funnel.unreadable()).isEqualTo(2);
        assertThat(funnel.rejected()).isEqualTo(1);
        assertThat(funnel.cves()).isEqualTo(9);
        // COMPILED_IN, IN_A_MODULE, LEFT_OUT, WITHOUT_FILES, HEADER_ONLY
        assertThat(funnel.affectedByVersion()).isEqualTo(5);
        // NOTHING_KNOWN, WITHOUT_VERSIONS
        assertThat(funnel.undecidedByVersion()).isEqualTo(2);
        // COMPILED_IN, IN_A_MODULE, WITHOUT_VERSIONS
        assertThat(funnel.compiledIn()).isEqualTo(3);
        assertThat(funnel.headerOnly()).isEqualTo(1);
        // LEFT_OUT
        assertThat(funnel.notCompiled()).isEqualTo(1);
        // NOTHING_KNOWN, WITHOUT_FILES
        assertThat(funnel.unknownFiles()).isEqualTo(2);
        assertThat(funnel.perObject())
                .containsExactly(
                        Map.entry(KernelObject.VMLINUX, 2), Map.entry(KernelObject.module("fs/btrfs/btrfs"), 2));
    }

    @Test
    void aCveThatTheVersionSettlesIsNotCountedFurtherEvenIfTheReleaseIsAVendors() {
        WrittenProfile profile = WrittenProfile.of("6.6.20-vendor").compiled("a.c", "vmlinux");
        Cve fixed = Cve.builder(new CveId(2024, 1))
                .ranges(Pairs.parse("5.0->6.6.10"))
                .files("a.c")
                .build();

        Funnel funnel = Triage.of(CveCatalog.of(new ScriptedSource("one").published(fixed)))
                .against(profile)
                .funnel();

        assertThat(funnel.cves()).isEqualTo(1);
        assertThat(funnel.affectedByVersion()).isZero();
        assertThat(funnel.undecidedByVersion()).isZero();
        assertThat(funnel.compiledIn()).isZero();
        assertThat(funnel.perObject()).isEmpty();
    }

    @Test
    void ofAnEmptyCatalogEveryFigureIsZero() {
        assertThat(Triage.of(CveCatalog.of()).against(SmallCatalog.profile()).funnel())
                .isEqualTo(new Funnel(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>()));
    }

    @Property(tries = 300)
    void theStepsOfAFunnelAddUp(@ForAll("cves") List<Cve> cves) {
        ScriptedSource source = new ScriptedSource("generated");
        cves.forEach(source::published);

        Funnel funnel =
                Triage.of(CveCatalog.of(source)).against(SmallCatalog.profile()).funnel();

        assertThat(funnel.messages()).isEqualTo(cves.size());
        int open = funnel.affectedByVersion() + funnel.undecidedByVersion();
        assertThat(open).isLessThanOrEqualTo(funnel.cves());
        assertThat(funnel.compiledIn() + funnel.headerOnly() + funnel.notCompiled() + funnel.unknownFiles())
                .isEqualTo(open);
        assertThat(funnel.perObject().values())
                .allSatisfy(count -> assertThat(count).isBetween(1, funnel.compiledIn()));
        assertThat(funnel.perObject().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isGreaterThanOrEqualTo(funnel.compiledIn());
    }

    @Provide
    Arbitrary<List<Cve>> cves() {
        Arbitrary<String> pairs = Arbitraries.of("", "5.0->?", "5.0->6.7", "5.0->6.6.10", "6.7->?", "@aaaaaaa->6.7");
        Arbitrary<List<String>> files = Arbitraries.of(
                        "net/ipv4/tcp.c",
                        "fs/btrfs/inode.c",
                        "lib/both.c",
                        "include/net/sock.h",
                        "sound/core/pcm.c",
                        "x.c")
                .list()
                .ofMaxSize(3);
        return Combinators.combine(Arbitraries.integers().between(1, 20), pairs, files)
                .as((number, ranges, paths) -> Cve.builder(new CveId(2024, number))
                        .ranges(Pairs.parse(ranges))
                        .files(paths.toArray(new String[0]))
                        .build())
                .list()
                .ofMaxSize(30);
    }
}
