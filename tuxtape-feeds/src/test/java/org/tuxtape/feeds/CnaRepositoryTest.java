package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.GitTree;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.RecordText;
import org.tuxtape.feeds.fixture.Trees;
import org.tuxtape.testkit.RecordingListener;

@DisplayName("A repository of the CNA's tree")
class CnaRepositoryTest {
    private static final String ONE = "CVE-2021-47001";
    private static final String TWO = "CVE-2024-26581";
    private static final String THREE = "CVE-2025-21630";
    private static final String FOUR = "CVE-2026-10001";
    private static final String GONE = "?Its record is no longer in the tree; what it said before may not hold.";

    @TempDir
    Path directory;

    private final Map<String, String> files = new TreeMap<>();
    private GitTree tree;
    private CnaRepository repository;

    @BeforeEach
    void twoRecords() {
        tree = GitTree.create(directory.resolve("vulns.git"));
        repository = CnaRepository.of(tree.path());
        put("published", ONE);
        put("published", TWO);
        tree.commit(files);
    }

    private static String stem(String state, String id) {
        return "cve/" + state + "/" + id.substring(4, 8) + "/" + id;
    }

    private void put(String state, String id) {
        String stem = stem(state, id);
        files.put(stem + ".json", RecordText.usual(id).toString());
        files.put(stem + ".dyad", RecordText.usualDyad());
        files.put(stem + ".cvss", RecordText.RATING_FILE);
        files.put(stem + ".sha1", RecordText.commit(3) + "\n");
    }

    private void take(String state, String id) {
        files.keySet().removeIf(path -> path.startsWith(stem(state, id) + "."));
    }

    private Cursor all() {
        List<CveEvent> elements = Reading.of(repository).elements();
        return elements.get(elements.size() - 1).cursor();
    }

    private Cursor behind(int number) {
        return Reading.of(repository).elements().get(number - 1).cursor();
    }

    private List<String> since(Cursor cursor) {
        Reading reading = Reading.of(repository, cursor);
        assertThat(reading.fault()).isNull();
        return reading.summary();
    }

    @Test
    @DisplayName("gives the same as a directory of its files, but for the dates")
    void givesTheSame() {
        tree.commit(Trees.small());
        tree.collectGarbage();
        Path plain = Packing.DIRECTORY.write(directory.resolve("plain"), Trees.small());

        assertThat(Reading.of(repository).elements().stream().map(CnaRepositoryTest::content))
                .containsExactlyElementsOf(Reading.of(CnaTree.of(plain)).elements().stream()
                        .map(CnaRepositoryTest::content)
                        .toList());
    }

    /** All of an element but where and when it was read. */
    private static List<Object> content(CveEvent event) {
        String location = event.origin().location();
        if (event instanceof CveEvent.Published published) {
            return List.of(location, published.cve(), published.remarks());
        }
        if (event instanceof CveEvent.Rejected rejected) {
            return List.of(location, rejected.id(), rejected.title(), rejected.reason());
        }
        CveEvent.Unreadable unreadable = (CveEvent.Unreadable) event;
        return List.of(location, unreadable.id(), unreadable.reason(), unreadable.excerpt());
    }

    @Test
    @DisplayName("may be that of a work tree, at which nobody looks")
    void mayBeThatOfAWorkTree() throws IOException {
        Path work = directory.resolve("work");
        tree.git("worktree", "add", "-q", "--detach", work.toString());
        Files.delete(work.resolve(stem("published", ONE) + ".json"));

        assertThat(Reading.of(CnaRepository.of(work)).summary()).containsExactly("+" + ONE, "+" + TWO);
        assertThat(Reading.of(CnaTree.of(work)).summary()).containsExactly("+" + TWO);
        assertThat(Reading.of(CnaTree.of(tree.path())).summary()).containsExactly("+" + ONE, "+" + TWO);
    }

    @Test
    @DisplayName("dates its records as they do themselves, or else by the commit")
    void dates() {
        files.put(
                stem("published", TWO) + ".json",
                RecordText.usual(TWO)
                        .metadata("\"dateUpdated\": \"2024-02-20T12:52:57Z\",")
                        .toString());
        tree.commit(files);

        assertThat(Reading.of(repository).elements())
                .extracting(element -> element.origin().date().orElseThrow())
                .containsExactly(
                        Instant.ofEpochSecond(GitTree.FIRST_COMMIT + 1), Instant.parse("2024-02-20T12:52:57Z"));
        Instant when = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Reading.of(CnaTree.of(tree.path()).asOf(when))
                        .elements()
                        .get(0)
                        .origin()
                        .date())
                .contains(when);
    }

    @Test
    @DisplayName("has nothing new behind its last record, nor where only other files changed")
    void hasNothingNew() {
        Cursor cursor = all();
        assertThat(cursor.text()).isEqualTo("cna-git1:" + tree.id("HEAD"));
        assertThat(since(cursor)).isEmpty();

        files.put("README", "a tree\n");
        put("reserved", FOUR);
        files.put(stem("published", ONE) + ".sha1", RecordText.commit(9) + "\n");
        tree.commit(files);
        assertThat(since(cursor)).isEmpty();
    }

    @Test
    @DisplayName("tells of a new record, and of one whose pairs or rating have changed, came or went")
    void tellsOfChanges() {
        Cursor cursor = all();
        put("published", THREE);
        tree.commit(files);
        assertThat(since(cursor)).containsExactly("+" + THREE);

        files.put(stem("published", ONE) + ".dyad", RecordText.dyad("6.1:" + RecordText.commit(1) + ":0:0"));
        tree.commit(files);
        Reading changed = Reading.of(repository, cursor);
        assertThat(changed.summary()).containsExactly("+" + ONE, "+" + THREE);
        assertThat(((CveEvent.Published) changed.elements().get(0)).cve().ranges())
                .hasSize(1);

        Cursor later = changed.elements().get(1).cursor();
        files.put(stem("published", TWO) + ".cvss", "none\n");
        files.remove(stem("published", THREE) + ".dyad");
        files.put(stem("published", ONE) + ".json", RecordText.usual(ONE) + "\n");
        tree.commit(files);
        assertThat(since(later)).containsExactly("+" + ONE, "+" + TWO, "+" + THREE);
    }

    @Test
    @DisplayName("tells of a record that moved to the rejected ones that it is rejected, and of one that came back")
    void tellsOfMoves() {
        Cursor cursor = all();
        take("published", ONE);
        put("rejected", ONE);
        tree.commit(files);
        Reading moved = Reading.of(repository, cursor);
        assertThat(moved.summary()).containsExactly("-" + ONE);

        take("rejected", ONE);
        put("published", ONE);
        tree.commit(files);
        assertThat(since(moved.elements().get(0).cursor())).containsExactly("+" + ONE);
        assertThat(since(cursor)).as("what came and went is not told").isEmpty();
    }

    @Test
    @DisplayName("tells that a record is gone, wherever it went")
    void tellsThatARecordIsGone() {
        Cursor cursor = all();
        take("published", ONE);
        take("published", TWO);
        put("reserved", TWO);
        put("published", THREE);
        tree.commit(files);

        Reading reading = Reading.of(repository, cursor);

        assertThat(reading.summary()).containsExactly(GONE, GONE, "+" + THREE);
        CveEvent.Unreadable gone = (CveEvent.Unreadable) reading.elements().get(1);
        assertThat(gone.id()).contains(CveId.parse(TWO));
        assertThat(gone.origin().location()).isEqualTo(stem("published", TWO) + ".json");
        assertThat(since(gone.cursor())).containsExactly("+" + THREE);
    }

    @Test
    @DisplayName("tells again of the record that is left where a CVE had two")
    void tellsOfTheOneThatIsLeft() {
        put("rejected", ONE);
        tree.commit(files);
        assertThat(Reading.of(repository).summary()).containsExactly("+" + ONE, "-" + ONE, "+" + TWO);
        Cursor cursor = all();
        take("rejected", ONE);
        tree.commit(files);

        assertThat(since(cursor)).containsExactly("+" + ONE);
    }

    @Test
    @DisplayName("goes on with the rest of where reading stopped, and then with what is new")
    void goesOnInTheMiddle() {
        Cursor first = behind(1);
        assertThat(since(first)).containsExactly("+" + TWO);
        put("published", THREE);
        put("published", FOUR);
        tree.commit(files);
        assertThat(since(first)).containsExactly("+" + TWO, "+" + THREE, "+" + FOUR);

        Reading second = Reading.of(repository, first);
        Cursor middle = second.elements().get(1).cursor();
        take("published", FOUR);
        put("rejected", FOUR);
        files.remove(stem("published", ONE) + ".dyad");
        tree.commit(files);
        Reading third = Reading.of(repository, middle);
        assertThat(third.summary()).containsExactly("+" + FOUR, "+" + ONE, "-" + FOUR);
        assertThat(third.elements())
                .extracting(element -> element.origin().date().orElseThrow().getEpochSecond() - GitTree.FIRST_COMMIT)
                .as("seconds of the commits")
                .containsExactly(1L, 2L, 2L);
        for (int i = 0; i < 3; i++) {
            assertThat(Reading.of(repository, third.elements().get(i).cursor()).elements())
                    .isEqualTo(third.elements().subList(i + 1, 3));
        }
    }

    @Test
    @DisplayName("whose history was rewritten tells what differs, as long as the old commit is there")
    void isRewritten() {
        String base = tree.id("HEAD");
        put("published", THREE);
        tree.commit(files);
        Cursor cursor = all();
        Cursor middle = behind(1);
        tree.rewind(base);
        take("published", THREE);
        put("published", FOUR);
        tree.commit(files);

        assertThat(since(cursor)).containsExactly(GONE, "+" + FOUR);
        assertThat(since(middle)).containsExactly("+" + TWO, "+" + THREE, GONE, "+" + FOUR);

        tree.collectGarbage();
        for (Cursor stale : List.of(cursor, middle)) {
            Reading reading = Reading.of(repository, stale);
            assertThat(reading.elements()).isEmpty();
            assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
            assertThat(reading.fault())
                    .hasMessage(
                            "%s no longer holds all of commit %s, which the cursor '%s' names; what has changed since"
                                    + " cannot be told.",
                            tree.path(), cursor.text().substring(9), stale);
        }
    }

    @Test
    @DisplayName("may be packed while it is read, and between two readings")
    void mayBePacked() {
        Cursor cursor = all();
        put("published", THREE);
        put("published", FOUR);
        tree.commit(files);
        try (CveStream stream = repository.open(Cursor.START, Context.standard())) {
            stream.next();
            tree.collectGarbage();
            stream.next();
            files.put("README", "a tree\n");
            tree.commit(files);
            tree.git("repack", "-q", "-a", "-d");
            stream.next();
            assertThat(stream.next()).isInstanceOf(CveEvent.Published.class);
        }
        assertThat(since(cursor)).containsExactly("+" + THREE, "+" + FOUR);
    }

    @Test
    @DisplayName("may be shallow, as long as both trees are there")
    void mayBeShallow() {
        GitTree shallow = GitTree.clone(tree, directory.resolve("shallow.git"), "--depth", "1");
        repository = CnaRepository.of(shallow.path());
        Cursor cursor = all();
        for (String id : List.of(THREE, FOUR)) {
            put("published", id);
            tree.commit(files);
        }
        shallow.git("fetch", "-q", "--depth", "1", "origin", "+master:master");
        assertThat(since(cursor)).containsExactly("+" + THREE, "+" + FOUR);

        shallow.collectGarbage();
        assertThat(Reading.of(repository, cursor).fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Test
    @DisplayName("may be read at another branch, or at a tag")
    void mayBeReadAtABranch() {
        Cursor cursor = all();
        tree.git("tag", "-m", "text", "v1");
        put("published", THREE);
        tree.commit(files);
        tree.git("branch", "news");
        tree.rewind("v1^{commit}");

        assertThat(since(cursor)).isEmpty();
        repository = repository.at("refs/heads/news");
        assertThat(since(cursor)).containsExactly("+" + THREE);
        repository = repository.at("refs/tags/v1");
        assertThat(since(cursor)).isEmpty();
        assertThat(Reading.of(repository).summary()).containsExactly("+" + ONE, "+" + TWO);
    }

    @Test
    @DisplayName("tells its listener how many records there are to read")
    void tellsItsListener() {
        Cursor cursor = behind(1);
        RecordingListener listener = new RecordingListener();
        try (CveStream stream = repository.open(cursor, Context.standard().with(listener))) {
            stream.forEachRemaining(element -> {});
        }

        assertThat(listener.events())
                .containsExactly(
                        new Event.Started("read vulns.git", java.util.OptionalLong.of(1), "records"),
                        new Event.Advanced("read vulns.git", 1),
                        new Event.Ended("read vulns.git", Event.End.COMPLETED));
    }

    @Test
    @DisplayName("has no links, hidden directories or modules")
    void hasNoLinks() {
        String record = tree.id("HEAD:" + stem("published", ONE) + ".json");
        String entries = "100644 blob %1$s\t%2$s.json\n120000 blob %1$s\t%3$s.json\n160000 commit %4$s\t%5$s.json\n"
                .formatted(record, ONE, TWO, tree.id("HEAD"), THREE);
        String below = tree.feed(entries, "mktree").strip();
        tree.commitTree(tree.feed(entries + "040000 tree " + below + "\t.hidden\n", "mktree")
                .strip());

        assertThat(Reading.of(repository).summary()).containsExactly("+" + ONE);
    }

    @Test
    @DisplayName("is left as it was")
    void isLeftAsItWas() throws IOException {
        List<String> before = listing();

        all();

        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.map(path -> path + " " + path.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }
}
