package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.RecordText;
import org.tuxtape.feeds.fixture.Trees;

@DisplayName("A tree of the CNA")
class CnaTreeTest {
    private static final String ONE = "CVE-2021-47001";
    private static final String TWO = "CVE-2024-26581";
    private static final String LATE = "CVE-2024-100001";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("gives the same, however it is packed, but for its name")
    void givesTheSame(Packing packing) {
        Reading reading = Reading.of(CnaTree.of(packing.write(directory.resolve("tree"), Trees.small())));

        assertThat(reading.fault()).isNull();
        assertThat(reading.summary())
                .containsExactly("+" + ONE, "?It is no well-formed JSON.", "+" + TWO, "-CVE-2025-21630");
        assertThat(reading.elements())
                .extracting(element -> element.origin().location())
                .startsWith("vulns/cve/published/2021/CVE-2021-47001.json");
        CveEvent.Published first = (CveEvent.Published) reading.elements().get(0);
        assertThat(first.cve().ranges()).as("those of the .dyad").hasSize(3);
        assertThat(first.cursor().text()).matches("(cna1:1:[0-9a-f]{8}|cna-git1:[0-9a-f]{40}:0{40}:1):" + ONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECTORY", "ZIP", "GIT"})
    @DisplayName("comes by CVE, in numbers")
    void comesByCve(Packing packing) {
        assertThat(read(packing, Map.of(path(LATE), json(LATE), path(TWO), json(TWO), path(ONE), json(ONE)))
                        .summary())
                .containsExactly("+" + ONE, "+" + TWO, "+" + LATE);
    }

    @Test
    @DisplayName("comes, as tar, in its own order; pairs that lie elsewhere are not seen")
    void comesAsTarInItsOwnOrder() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(dyad(ONE), RecordText.usualDyad());
        files.put(path(TWO), json(TWO));
        files.put(dyad(TWO), RecordText.usualDyad());
        files.put(path(ONE), json(ONE));

        Reading reading = read(Packing.TAR, files);

        assertThat(reading.summary()).containsExactly("+" + TWO, "+" + ONE);
        assertThat(reading.elements())
                .extracting(
                        element -> ((CveEvent.Published) element).cve().ranges().size())
                .containsExactly(3, 2);
    }

    @Test
    @DisplayName("may be one of the list, which has directories of its own")
    void mayBeOfTheList() {
        assertThat(read(Packing.ZIP, Map.of("cves/2024/26xxx/" + TWO + ".json", json(TWO), "delta.json", "[]"))
                        .summary())
                .containsExactly("+" + TWO);
    }

    @Test
    @DisplayName("may say twice what became of a CVE")
    void maySayTwice() {
        assertThat(read(
                                Packing.ZIP,
                                Map.of(
                                        "published/2024/" + TWO + ".json",
                                        json(TWO),
                                        "rejected/" + TWO + ".json",
                                        json(TWO)))
                        .summary())
                .containsExactly("+" + TWO, "-" + TWO);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("may have a file that is too large")
    void mayHaveALargeFile(Packing packing) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(path(ONE), json(ONE) + " ".repeat(1 << 20));
        files.put(dyad(TWO), "#".repeat((1 << 20) + 1));
        files.put(path(TWO), json(TWO));

        Reading reading = read(packing, files);

        assertThat(reading.summary()).containsExactly("?Its record is larger than is read.", "+" + TWO);
        assertThat(((CveEvent.Published) reading.elements().get(1)).remarks()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZIP", "TAR"})
    @DisplayName("may have names that lead elsewhere, to which nothing is written")
    void mayHaveEscapes(Packing packing) throws IOException {
        Path inner = Files.createDirectories(directory.resolve("a/b"));
        Path archive = packing.write(
                inner.resolve("tree"),
                Map.of("../../" + ONE + ".json", json(ONE), "x\u001b[2J/" + TWO + ".json", json(TWO)));

        Reading reading = Reading.of(CnaTree.of(archive));

        assertThat(reading.summary()).containsExactlyInAnyOrder("+" + ONE, "+" + TWO);
        assertThat(reading.elements())
                .allSatisfy(element ->
                        assertThat(element.origin().location().chars()).noneMatch(Character::isISOControl));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("a"));
        }
    }

    @Test
    @DisplayName("may have links, which are not followed")
    void mayHaveLinks() throws IOException {
        Path tree = Packing.DIRECTORY.write(directory.resolve("tree"), Map.of(path(ONE), json(ONE)));
        Path outside = Files.writeString(directory.resolve("outside.json"), json(TWO));
        Files.createSymbolicLink(tree.resolve(TWO + ".json"), outside);
        Files.createSymbolicLink(tree.resolve("round"), tree);
        Files.createSymbolicLink(tree.resolve(dyad(ONE)), outside);

        Reading reading = Reading.of(CnaTree.of(tree));

        assertThat(reading.summary()).containsExactly("+" + ONE);
        assertThat(((CveEvent.Published) reading.elements().get(0)).remarks()).isEmpty();
    }

    @Test
    @DisplayName("may have links in a tar, which are not followed")
    void mayHaveLinksInATar() throws IOException {
        Path archive = directory.resolve("tree.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            for (byte kind : List.of(TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_DIR)) {
                TarArchiveEntry link = new TarArchiveEntry(path(TWO), kind);
                link.setLinkName("/etc/passwd");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry file = new TarArchiveEntry(path(ONE));
            file.setSize(json(ONE).length());
            tar.putArchiveEntry(file);
            tar.write(json(ONE).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
        }

        assertThat(Reading.of(CnaTree.of(archive)).summary()).containsExactly("+" + ONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECTORY", "ZIP", "TAR"})
    @DisplayName("goes on behind a cursor if it only grew behind it")
    void goesOn(Packing packing) {
        Map<String, String> before = new LinkedHashMap<>(Map.of(path(ONE), json(ONE)));
        Cursor cursor = read(packing, before).elements().get(0).cursor();
        Map<String, String> grown = new LinkedHashMap<>(before);
        grown.put(path(TWO), json(TWO));
        Map<String, String> changed = new LinkedHashMap<>(Map.of(path(ONE), json(ONE) + "\n"));

        CnaTree tree = CnaTree.of(packing.write(directory.resolve("grown"), grown));
        assertThat(Reading.of(tree, cursor).summary()).containsExactly("+" + TWO);

        CnaTree other = CnaTree.of(packing.write(directory.resolve("changed"), changed));
        assertThat(Reading.of(other, cursor).fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    private Reading read(Packing packing, Map<String, String> files) {
        return Reading.of(CnaTree.of(packing.write(directory.resolve("tree"), files)));
    }

    private static String json(String id) {
        return RecordText.usual(id).toString();
    }

    private static String path(String id) {
        return id.substring(4, 8) + "/" + id + ".json";
    }

    private static String dyad(String id) {
        return id.substring(4, 8) + "/" + id + ".dyad";
    }
}
