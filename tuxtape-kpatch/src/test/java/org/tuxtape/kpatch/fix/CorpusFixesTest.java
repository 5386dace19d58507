package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/** Real fixes of 2024, with the introduced/fixed pairs of their records. */
final class CorpusFixesTest {
    private record Row(CveId cve, KernelVersion branch, String commit, boolean inRecord) {}

    private static List<Row> rows = List.of();

    /** A file of the corpus; where it is missing the test is skipped, and says why. */
    private static Path corpus(String name) {
        String property = System.getProperty("tuxtape.corpus");
        Path fromModule = Path.of("../../shared/corpus");
        Path usual = Files.isDirectory(fromModule) ? fromModule : Path.of("../shared/corpus");
        Path file = (property == null ? usual : Path.of(property)).resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), name + " is not at " + file + "; set the system property tuxtape.corpus");
        return file;
    }

    @BeforeAll
    static void theIndex() throws IOException {
        List<Row> read = new ArrayList<>();
        forEach(
                corpus("fixes-2024.tar.xz"),
                "/index.tsv",
                (name, text) -> text.lines().skip(1).forEach(line -> {
                    String[] cells = line.split("\t", -1);
                    read.add(new Row(
                            CveId.parse(cells[1]),
                            KernelVersion.parse(cells[2]),
                            cells[3],
                            cells[4].equals("fix-in-dyad")));
                }));
        rows = List.copyOf(read);
    }

    private interface Member {
        void take(String name, String text);
    }

    private static void forEach(Path archive, String suffix, Member action) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith(suffix)) {
                    action.take(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static KernelBuild kernel(KernelVersion branch) {
        return KernelBuild.of(branch);
    }

    @Test
    void everyPatchWithACommitIdIsFoundByIt() {
        PatchFixSource source = PatchFixSource.of(corpus("fixes-2024.tar.xz"));
        int found = 0;
        for (Row row : rows) {
            if (!row.commit().isEmpty()) {
                CommitId id = CommitId.parse(row.commit());
                Cve cve = Cve.builder(row.cve())
                        .ranges(Examples.fixedIn(row.branch() + ".999", id))
                        .build();
                FixLookup lookup = source.find(cve, kernel(row.branch()), Context.standard());
                assertThat(Fixes.found(lookup).commits())
                        .singleElement()
                        .matches(commit -> commit.commit().equals(Optional.of(id)));
                found++;
            }
        }
        // Four of the 2,232 files have no head: two fragments and their base64 form.
        assertThat(rows).hasSize(2232);
        assertThat(found).isEqualTo(2228);
    }

    @Test
    void theRecordsPairsLeadToTheFixOfEachBranch() throws IOException {
        Map<String, Cve> cves = new HashMap<>();
        TreeSet<String> wanted = new TreeSet<>();
        rows.forEach(row -> wanted.add(row.cve().toString()));
        forEach(corpus("vulns.tar.xz"), ".dyad", (name, text) -> {
            String id = name.substring(name.lastIndexOf('/') + 1, name.length() - ".dyad".length());
            if (wanted.contains(id)) {
                cves.put(id, cve(CveId.parse(id), text));
            }
        });
        PatchFixSource source = PatchFixSource.of(corpus("fixes-2024.tar.xz"));
        int found = 0;
        int elsewhere = 0;
        for (Row row : rows) {
            if (row.inRecord()) {
                Cve cve = cves.get(row.cve().toString());
                if (!idsOn(row.branch(), cve).contains(row.commit())) {
                    elsewhere++;
                    continue;
                }
                Fix fix = Fixes.found(source.find(cve, kernel(row.branch()), Context.standard()));
                assertThat(fix.branch()).isEqualTo(row.branch());
                assertThat(fix.commits())
                        .extracting(FixCommit::commit)
                        .contains(Optional.of(CommitId.parse(row.commit())));
                found++;
            }
        }
        assertThat(found).isEqualTo(2207);
        // Of three CVEs the corpus files eight commits under another branch than the record names.
        assertThat(elsewhere).isEqualTo(8);
    }

    private static Set<String> idsOn(KernelVersion branch, Cve cve) {
        return FixLine.of(cve, branch).get(0).changes().stream()
                .map(change -> change.commit().orElseThrow().text())
                .collect(Collectors.toSet());
    }

    private static Cve cve(CveId id, String dyad) {
        List<AffectedRange> ranges = new ArrayList<>();
        for (String line : dyad.lines().toList()) {
            String[] cells = line.split(":", -1);
            if (!line.startsWith("#") && cells.length == 4 && !cells[2].equals("0")) {
                ranges.add(AffectedRange.fixedBy(Change.of(KernelVersion.parse(cells[2]), CommitId.parse(cells[3]))));
            }
        }
        return Cve.builder(id).ranges(ranges).build();
    }
}
