package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

class CveTest {
    private static final CveId ID = CveId.parse("CVE-2024-26581");
    private static final CommitId OLD = CommitId.parse("aaaaaaaaaaaa");
    private static final CommitId STABLE = CommitId.parse("bbbbbbbbbbbb");
    private static final CommitId MAINLINE = CommitId.parse("cccccccccccc");

    @Test
    void aCveOfWhichOnlyTheIdIsKnownIsEmpty() {
        Cve cve = Cve.builder(ID).build();

        assertThat(cve.id()).isEqualTo(ID);
        assertThat(cve.title()).isEmpty();
        assertThat(cve.description()).isEmpty();
        assertThat(cve.ranges()).isEmpty();
        assertThat(cve.files()).isEmpty();
        assertThat(cve.cvss()).isEmpty();
        assertThat(cve.references()).isEmpty();
        assertThat(cve.fixCommits()).isEmpty();
    }

    @Test
    void theBuilderKeepsEveryPart() {
        Cvss rating = new Cvss(CvssVector.parse("CVSS:3.1/AV:L"), OptionalDouble.of(7.8));

        Cve cve = Cve.builder(ID)
                .title("netfilter: nft_set_rbtree: skip end interval element from gc")
                .description("rbtree lazy gc\n")
                .ranges(AffectedRange.EVERYTHING)
                .files("net/netfilter/nft_set_rbtree.c", "include/net/netfilter/nf_tables.h")
                .cvss(rating)
                .references(List.of("https://example.org/a"))
                .build();

        assertThat(cve.title()).isEqualTo("netfilter: nft_set_rbtree: skip end interval element from gc");
        assertThat(cve.description()).isEqualTo("rbtree lazy gc\n");
        assertThat(cve.ranges()).containsExactly(AffectedRange.EVERYTHING);
        assertThat(cve.files())
                .extracting(SourcePath::text)
                .containsExactly("net/netfilter/nft_set_rbtree.c", "include/net/netfilter/nf_tables.h");
        assertThat(cve.cvss()).contains(rating);
        assertThat(cve.references()).containsExactly("https://example.org/a");
    }

    @Test
    void aFileOutsideTheTreeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cve.builder(ID).files("net/core/sock.c", "../../etc/passwd"));
    }

    @Test
    void fixCommitsComeInTheOrderOfTheirPairsEachOnce() {
        Cve cve = Cve.builder(ID)
                .ranges(
                        AffectedRange.of(change("5.0", OLD), change("5.10.30", STABLE)),
                        AffectedRange.unfixedSince(change("5.0", OLD)),
                        AffectedRange.fixedBy(Change.of(KernelVersion.parse("5.4.1"))),
                        AffectedRange.fixedBy(Change.of(MAINLINE)),
                        AffectedRange.of(change("5.2", OLD), change("5.10.30", STABLE)),
                        AffectedRange.fixedBy(change("5.12", OLD)))
                .build();

        assertThat(cve.fixCommits()).containsExactly(STABLE, MAINLINE, OLD);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> cve.fixCommits().add(STABLE));
    }

    @Test
    void listsAreCopied() {
        List<AffectedRange> ranges = new ArrayList<>(List.of(AffectedRange.EVERYTHING));
        List<SourcePath> files = new ArrayList<>(List.of(SourcePath.parse("a.c")));
        List<String> references = new ArrayList<>(List.of("https://example.org/a"));
        Cve cve = Cve.builder(ID)
                .ranges(ranges)
                .files(files)
                .references(references)
                .build();

        ranges.clear();
        files.clear();
        references.clear();

        assertThat(cve.ranges()).hasSize(1);
        assertThat(cve.files()).hasSize(1);
        assertThat(cve.references()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> cve.files().clear());
    }

    @Test
    void noPartMayBeNull() {
        assertThatNullPointerException().isThrownBy(() -> Cve.builder(null));
        assertThatNullPointerException()
                .isThrownBy(() -> Cve.builder(ID).title(null).build());
        assertThatNullPointerException()
                .isThrownBy(() -> Cve.builder(ID).description(null).build());
        assertThatNullPointerException()
                .isThrownBy(() -> Cve.builder(ID).cvss(null).build());
    }

    private static Change change(String version, CommitId commit) {
        return Change.of(KernelVersion.parse(version), commit);
    }
}
