package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.feeds.fixture.GitTree;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.RecordText;

@Label("Repositories of the CNA's tree")
class CnaRepositoryProperties {
    private static final List<String> IDS =
            List.of("CVE-2021-47001", "CVE-2021-47002", "CVE-2024-26581", "CVE-2025-21630", "CVE-2025-21631");

    /** What becomes of a CVE: nothing yet, or a record of one of two texts in one of two directories. */
    private enum Fate {
        NONE,
        RESERVED,
        PUBLISHED,
        PUBLISHED_ANEW,
        PAIRED_ANEW,
        REJECTED;

        void write(String id, Map<String, String> files) {
            if (this == NONE) {
                return;
            }
            String state = this == REJECTED ? "rejected" : this == RESERVED ? "reserved" : "published";
            String stem = "cve/" + state + "/" + id.substring(4, 8) + "/" + id;
            files.put(stem + ".json", RecordText.usual(id) + (this == PUBLISHED_ANEW ? "\n" : ""));
            files.put(
                    stem + ".dyad",
                    this == PAIRED_ANEW
                            ? RecordText.dyad("6.1:" + RecordText.commit(1) + ":0:0")
                            : RecordText.usualDyad());
        }
    }

    /** What a commit makes of each CVE, and how many elements are read then before the reader stops. */
    private record Step(List<Fate> fates, int read) {
        Map<String, String> files() {
            Map<String, String> files = new TreeMap<>(Map.of("README", "a tree\n"));
            // one that is always there, so that it is a tree of records
            Fate.PUBLISHED.write("CVE-2020-36001", files);
            for (int i = 0; i < IDS.size(); i++) {
                fates.get(i).write(IDS.get(i), files);
            }
            return files;
        }
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    @Label("that are read bit by bit, wherever reading stops, end in what a directory says")
    void endsInTheSame(@ForAll("histories") List<Step> history) throws IOException {
        Path directory = Files.createTempDirectory("history");
        try {
            GitTree tree = GitTree.create(directory.resolve("vulns.git"));
            CnaRepository repository = CnaRepository.of(tree.path());
            Map<String, List<Object>> known = new TreeMap<>();
            Cursor cursor = Cursor.START;
            for (Step step : history) {
                tree.commit(step.files());
                cursor = read(repository, cursor, step.read(), known);
            }
            read(repository, cursor, Integer.MAX_VALUE, known);

            Path plain = Packing.DIRECTORY.write(
                    directory.resolve("plain"), history.get(history.size() - 1).files());
            Map<String, List<Object>> expected = new TreeMap<>();
            Reading.of(CnaTree.of(plain)).elements().forEach(element -> learn(element, expected));
            assertThat(known).isEqualTo(expected);
        } finally {
            delete(directory);
        }
    }

    private static Cursor read(CnaRepository repository, Cursor after, int most, Map<String, List<Object>> known) {
        Cursor cursor = after;
        try (CveStream stream = repository.open(after, Context.standard())) {
            for (int i = 0; i < most && stream.hasNext(); i++) {
                CveEvent element = stream.next();
                learn(element, known);
                cursor = element.cursor();
            }
        }
        return cursor;
    }

    private static void learn(CveEvent element, Map<String, List<Object>> known) {
        if (element instanceof CveEvent.Published published) {
            known.put(published.cve().id().toString(), List.of(published.cve(), published.remarks()));
        } else if (element instanceof CveEvent.Rejected rejected) {
            known.put(rejected.id().toString(), List.of(rejected.title(), rejected.reason()));
        } else {
            known.remove(((CveEvent.Unreadable) element).id().orElseThrow().toString());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<List<Fate>> fates = Arbitraries.of(Fate.class).list().ofSize(IDS.size());
        return Combinators.combine(fates, Arbitraries.integers().between(0, 7))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(ArrayList::new);
    }
}
