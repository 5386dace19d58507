package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
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
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Applicability;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VersionClaims;
import org.tuxtape.feeds.internal.record.Content;
import org.tuxtape.feeds.internal.record.RecordFiles;
import org.tuxtape.feeds.internal.record.RecordParser;
import org.tuxtape.feeds.internal.record.RecordReading;

/**
 * Which CVEs a kernel has by version: from the pairs, from the JSON alone, from the catalog, and from an implementation in
 * another language. Needs the real tree and Python.
 */
@DisplayName("By version, over the whole tree,")
class VersionVerdictsCorpusTest {
    private static final List<String> KERNELS =
            List.of("5.10.200", "5.15.150", "6.1.150", "6.1.180", "6.6.100", "6.12.40", "6.12.94", "7.0.5");

    /** For each kernel the CVEs that it has. */
    private static final Map<String, Set<String>> PAIRS = new TreeMap<>();

    private static final Map<String, Set<String>> JSON = new TreeMap<>();
    private static final Map<String, Set<String>> CATALOG = new TreeMap<>();
    private static final Map<String, Set<String>> OTHER_PAIRS = new TreeMap<>();
    private static final Map<String, Set<String>> OTHER_JSON = new TreeMap<>();
    private static final Map<String, Set<String>> DISPUTED = new TreeMap<>();

    /**
     * Records that cannot be read in one way only. The first three have spans of versions, such as from 0 to 6.17.4, that
     * overlap the branches that were fixed earlier. The fourth leaves out of its JSON that 6.1.71 brought the bug to 6.1.
     */
    private static final Set<String> BAD_RECORDS =
            Set.of("CVE-2024-38635", "CVE-2025-40190", "CVE-2025-40197", "CVE-2025-40039");

    @BeforeAll
    static void judge() throws IOException, InterruptedException {
        Path tree = Corpus.file("vulns.tar.xz");
        python(tree);
        readAlone(tree);
        CveCatalog catalog = CveCatalog.of(CnaTree.of(tree));
        for (String kernel : KERNELS) {
            BuildProfile profile = profile(kernel);
            for (CatalogEntry entry : catalog.entries()) {
                entry.published().ifPresent(cve -> judge(cve, kernel, profile, CATALOG));
                if (VersionClaims.of(entry, KernelVersion.parse(kernel)).isDisputed()) {
                    DISPUTED.computeIfAbsent(kernel, key -> new TreeSet<>())
                            .add(entry.id().toString());
                }
            }
        }
    }

    private static BuildProfile profile(String kernel) {
        return BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(kernel)));
    }

    private static void judge(Cve cve, String kernel, BuildProfile profile, Map<String, Set<String>> into) {
        Verdict verdict = Applicability.assess(cve, profile);
        if (verdict.version()
                .flatMap(found -> found.decides())
                .filter(status -> !status.isOpen())
                .isEmpty()) {
            into.computeIfAbsent(kernel, key -> new TreeSet<>()).add(cve.id().toString());
        }
    }

    /** Each record twice: with its pairs, and as if it had none. */
    private static void readAlone(Path tree) throws IOException {
        Map<String, Content> files = new HashMap<>();
        try (InputStream in = Files.newInputStream(tree);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (name.contains("/published/") && (name.endsWith(".json") || name.endsWith(".dyad"))) {
                    files.put(name.substring(name.lastIndexOf('/') + 1), Content.of(tar.readAllBytes()));
                }
            }
        }
        Map<String, BuildProfile> profiles = new TreeMap<>();
        KERNELS.forEach(kernel -> profiles.put(kernel, profile(kernel)));
        for (String name : files.keySet()) {
            if (name.endsWith(".json")) {
                String cve = name.substring(0, name.length() - ".json".length());
                Optional<Content> dyad = Optional.ofNullable(files.get(cve + ".dyad"));
                dyad.ifPresent(pairs -> judge(cve, files.get(name), dyad, profiles, PAIRS));
                judge(cve, files.get(name), Optional.empty(), profiles, JSON);
            }
        }
    }

    private static void judge(
            String cve,
            Content json,
            Optional<Content> dyad,
            Map<String, BuildProfile> profiles,
            Map<String, Set<String>> into) {
        RecordFiles files = new RecordFiles(CveId.parse(cve), false, json, dyad, Optional.empty());
        RecordReading.Published reading = (RecordReading.Published) RecordParser.parse(files);
        profiles.forEach((kernel, profile) -> judge(reading.cve(), kernel, profile, into));
    }

    private static void python(Path tree) throws IOException, InterruptedException {
        Path script = Path.of("src/test/python/verdicts.py");
        List<String> command = new ArrayList<>(List.of(
                "python3",
                (Files.exists(script) ? script : Path.of("tuxtape-feeds").resolve(script)).toString(),
                tree.toString()));
        command.addAll(KERNELS);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeThat(e).as("skipped: there is no python3").isNull();
            return;
        }
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                (words[1].equals("dyad") ? OTHER_PAIRS : OTHER_JSON)
                        .computeIfAbsent(words[0], key -> new TreeSet<>())
                        .add(words[2]);
            }
        }
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.10.200", "5.15.150", "6.1.150", "6.1.180", "6.6.100", "6.12.40", "6.12.94", "7.0.5"})
    @DisplayName("every way of reading gives the same CVEs, but for records that are bad")
    void everyWayGivesTheSame(String kernel) {
        assertThat(PAIRS.get(kernel)).as("affected by pairs").hasSizeGreaterThan(900);
        List<Map<String, Set<String>>> ways = List.of(PAIRS, JSON, CATALOG, OTHER_PAIRS, OTHER_JSON);
        for (Map<String, Set<String>> one : ways) {
            for (Map<String, Set<String>> other : ways) {
                Set<String> difference = difference(one.get(kernel), other.get(kernel));
                assertThat(difference).as("%s: %s", kernel, difference).hasSizeLessThanOrEqualTo(3);
                assertThat(BAD_RECORDS).containsAll(difference);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.10.200", "5.15.150", "6.1.150", "6.1.180", "6.6.100", "6.12.40", "6.12.94", "7.0.5"})
    @DisplayName("the catalog follows the pairs exactly, as the other implementation does")
    void theCatalogFollowsThePairs(String kernel) {
        assertThat(PAIRS.get(kernel)).isEqualTo(OTHER_PAIRS.get(kernel));
        assertThat(CATALOG.get(kernel)).isEqualTo(PAIRS.get(kernel));
    }

    @Test
    @DisplayName("what differs between pairs and JSON the catalog shows as disputed")
    void whatDiffersIsShown() {
        for (String kernel : KERNELS) {
            assertThat(DISPUTED.getOrDefault(kernel, Set.of()))
                    .as(kernel)
                    .isEqualTo(difference(PAIRS.get(kernel), JSON.get(kernel)));
        }
    }

    private static Set<String> difference(Set<String> one, Set<String> other) {
        Set<String> difference = new TreeSet<>(one);
        difference.addAll(other);
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        difference.removeAll(both);
        return difference;
    }
}
