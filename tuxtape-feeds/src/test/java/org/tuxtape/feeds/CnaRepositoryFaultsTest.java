package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.GitTree;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.RecordText;
import org.tuxtape.feeds.fixture.Trees;

@DisplayName("A repository that cannot be read")
class CnaRepositoryFaultsTest {
    private static final String FIRST = "vulns/cve/published/2021/CVE-2021-47001";

    @TempDir
    Path directory;

    private GitTree tree;

    @BeforeEach
    void aRepository() {
        tree = GitTree.create(directory.resolve("vulns.git"));
        tree.commit(Trees.small());
    }

    private void assertFault(CnaRepository repository, Fault fault, String message) {
        Reading reading = Reading.of(repository);
        assertThat(reading.fault()).isNotNull().hasMessage(message);
        assertThat(reading.fault().fault()).isEqualTo(fault);
        assertThat(reading.fault().source()).isEqualTo(repository.id());
        assertThat(reading.elements()).isEmpty();
    }

    private void assertFault(Fault fault, String message) {
        assertFault(CnaRepository.of(tree.path()), fault, tree.path() + message);
    }

    @Test
    @DisplayName("is missing, or something else")
    void isMissing() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        Path file = Files.writeString(directory.resolve("file"), "no repository\n");

        assertFault(CnaRepository.of(nowhere), Fault.MISSING, "There is no tree " + nowhere + ".");
        assertFault(CnaRepository.of(directory), Fault.WRONG_KIND, directory + " is no git repository.");
        assertFault(CnaRepository.of(file), Fault.WRONG_KIND, file + " is no git repository.");
    }

    @Test
    @DisplayName("has no commit yet, or none of that name")
    void hasNoCommit() {
        assertFault(
                CnaRepository.of(tree.path()).at("refs/heads/none"),
                Fault.MISSING,
                tree.path() + " has no commit at refs/heads/none.");
        tree = GitTree.create(directory.resolve("empty.git"));
        assertFault(Fault.MISSING, " has no commit at HEAD.");
    }

    @Test
    @DisplayName("is kept in another way than is read")
    void isOfAnotherKind() throws IOException {
        Files.createDirectory(tree.path().resolve("reftable"));
        assertFault(Fault.WRONG_KIND, " cannot be read, since it keeps its branches as reftable.");

        tree = GitTree.create(directory.resolve("sha256.git"), "--object-format=sha256");
        tree.commit(Trees.small());
        assertFault(Fault.WRONG_KIND, " cannot be read, since it has ids of SHA-256.");
    }

    @Test
    @DisplayName("has no records")
    void hasNoRecords() {
        Cursor cursor =
                Reading.of(CnaRepository.of(tree.path())).elements().get(3).cursor();
        tree.commit(Map.of("README", "a tree\n"));

        assertFault(Fault.WRONG_KIND, " is no tree of CVE records: it holds none.");
        assertThat(Reading.of(CnaRepository.of(tree.path()), cursor).summary()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "HEAD^{tree}", "HEAD:vulns/cve/published", "HEAD:" + FIRST + ".json"})
    @DisplayName("lacks an object")
    void lacksAnObject(String revision) throws IOException {
        String id = tree.id(revision);
        Files.delete(tree.loose(id));

        assertFault(Fault.TRUNCATED, " is not complete: it lacks " + id + ".");
    }

    @Test
    @DisplayName("lacks what the commit of the cursor needs, so that the cursor is stale")
    void lacksAnOldObject() throws IOException {
        Cursor all = Reading.of(CnaRepository.of(tree.path())).elements().get(3).cursor();
        Cursor first =
                Reading.of(CnaRepository.of(tree.path())).elements().get(0).cursor();
        String old = tree.id("HEAD:vulns/cve/published/2024");
        String blob = tree.id("HEAD:vulns/cve/published/2024/CVE-2024-26581.json");
        Map<String, String> files = Trees.small();
        files.put("vulns/cve/published/2024/CVE-2024-26581.json", RecordText.usual("CVE-2024-26581") + "\n");
        tree.commit(files);
        byte[] content = Files.readAllBytes(tree.loose(blob));
        Files.delete(tree.loose(blob));
        Reading rest = Reading.of(CnaRepository.of(tree.path()), first);
        assertThat(rest.elements()).hasSize(1);
        assertThat(rest.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
        assertThat(Reading.of(CnaRepository.of(tree.path()), all).summary()).containsExactly("+CVE-2024-26581");

        Files.write(tree.loose(blob), content);
        Files.delete(tree.loose(old));
        for (Cursor cursor : new Cursor[] {all, first}) {
            Reading reading = Reading.of(CnaRepository.of(tree.path()), cursor);
            assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
            assertThat(reading.elements()).isEmpty();
        }
    }

    @Test
    @DisplayName("has an object that is another than its id says")
    void isDamaged() throws IOException {
        Path json = tree.loose(tree.id("HEAD:" + FIRST + ".json"));
        Path dyad = tree.loose(tree.id("HEAD:" + FIRST + ".dyad"));
        for (byte[] damage :
                new byte[][] {Files.readAllBytes(dyad), "no object".getBytes(StandardCharsets.US_ASCII), {}}) {
            Files.delete(json);
            Files.write(json, damage);
            Reading reading = Reading.of(CnaRepository.of(tree.path()));
            assertThat(reading.fault().fault()).isEqualTo(Fault.CORRUPT);
            assertThat(reading.elements()).isEmpty();
        }
    }

    @Test
    @DisplayName("has a tree or a commit that is whole and yet by no rule")
    void isStrange() throws IOException {
        String blob = tree.id("HEAD:" + FIRST + ".json");
        String broken = tree.feed("100644 a", "hash-object", "-w", "-t", "tree", "--stdin", "--literally")
                .strip();
        tree.commitTree(broken);
        assertThat(Reading.of(CnaRepository.of(tree.path())).fault().fault()).isEqualTo(Fault.CORRUPT);

        String commit = tree.feed("tree " + blob + "\n", "hash-object", "-w", "-t", "commit", "--stdin", "--literally")
                .strip();
        Files.writeString(tree.path().resolve("refs/heads/strange"), commit + "\n"); // git refuses to
        assertThat(Reading.of(CnaRepository.of(tree.path()).at("refs/heads/strange"))
                        .fault()
                        .fault())
                .isEqualTo(Fault.CORRUPT);
    }

    @Test
    @DisplayName("has a tree that goes on without end")
    void isEndless() {
        StringBuilder leaf = new StringBuilder();
        String empty = tree.feed("", "hash-object", "-w", "--stdin").strip();
        for (int i = 0; i < 2000; i++) {
            leaf.append("100644 blob ").append(empty).append("\tf").append(i).append('\n');
        }
        String wide = tree.feed(leaf.toString(), "mktree").strip();
        String deep = wide;
        for (int level = 0; level < 70; level++) {
            StringBuilder entries = new StringBuilder();
            for (int i = 0; i < 20 && level < 10; i++) {
                entries.append("040000 tree ")
                        .append(wide)
                        .append("\td")
                        .append(i)
                        .append('\n');
            }
            wide = level < 10 ? tree.feed(entries.toString(), "mktree").strip() : wide;
            deep = tree.feed("040000 tree " + deep + "\td\n", "mktree").strip();
        }
        for (String endless : new String[] {wide, deep}) {
            tree.commitTree(endless);
            assertFault(
                    Fault.LIMIT_EXCEEDED, " has more than 2000000 files, or more than 64 directories in one another.");
        }
    }

    @Test
    @DisplayName("expands to more than is allowed")
    void expandsTooFar() {
        assertFault(
                CnaRepository.of(tree.path()).with(CnaTreeOptions.defaults().withLargestExpansion(1 << 10)),
                Fault.LIMIT_EXCEEDED,
                tree.path() + " expands to more than 1024 bytes; CnaTreeOptions.withLargestExpansion allows more.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "cna1:1:12345678:CVE-2021-47001",
                "cna-git1:",
                "cna-git1:0123456789abcdef0123456789abcdef01234567",
                "cna-git1:HEAD:0000000000000000000000000000000000000000:9:CVE-2021-47001",
                "cna-git1:HEAD:0000000000000000000000000000000000000000:2:CVE-2021-47001",
                "cna-git1:HEAD:0123456789abcdef0123456789abcdef01234567:1:CVE-2021-47001",
                "cna-git1:HEAD:HEAD:1:CVE-2021-47001",
                "cna-git1:TREE"
            })
    @DisplayName("behind a cursor that is none of it")
    void foreignCursors(String text) {
        String cursor = text.replace("HEAD", tree.id("HEAD")).replace("TREE", tree.id("HEAD^{tree}"));

        Reading reading = Reading.of(CnaRepository.of(tree.path()), new Cursor(cursor));

        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
        assertThat(reading.elements()).isEmpty();
    }
}
