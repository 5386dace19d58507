package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Ssvc;

/** Needs the real tree; the system property {@code tuxtape.corpus} says where it is. */
@DisplayName("The real tree")
class CnaTreeCorpusTest {

    @Test
    @DisplayName("gives one element for each record, all understood in full")
    void isReadInFull() {
        Set<String> places = new HashSet<>();
        int rejected = 0;
        int pairs = 0;
        int rated = 0;
        try (CveStream stream = CnaTree.of(Corpus.file("vulns.tar.xz")).open(Cursor.START, Context.standard())) {
            while (stream.hasNext()) {
                CveEvent event = stream.next();
                places.add(event.origin().location());
                assertThat(event).isNotInstanceOf(CveEvent.Unreadable.class);
                if (event instanceof CveEvent.Published published) {
                    assertThat(published.remarks())
                            .as("%s", published.cve().id())
                            .isEmpty();
                    assertThat(published.cve().title()).isNotEmpty();
                    assertThat(published.cve().files()).isNotEmpty();
                    pairs += published.cve().ranges().size();
                    rated += published.cve().cvss().isPresent() ? 1 : 0;
                } else {
                    rejected++;
                }
            }
        }

        assertThat(places).hasSize(13_673);
        assertThat(rejected).isEqualTo(309);
        assertThat(pairs).isEqualTo(70_782);
        assertThat(rated).isEqualTo(4_704);
    }

    @Test
    @DisplayName("of CISA's additions gives every finding on exploitation")
    void hasTheFindingsOfACoordinator() {
        Map<String, Integer> findings = new TreeMap<>();
        try (CveStream stream = CnaTree.of(Corpus.file("feeds/vulnrichment-linux-2024-10.tar.xz"))
                .open(Cursor.START, Context.standard())) {
            while (stream.hasNext()) {
                if (stream.next() instanceof CveEvent.Published published) {
                    findings.merge(
                            published.cve().ssvc().map(CnaTreeCorpusTest::words).orElse("none"), 1, Integer::sum);
                }
            }
        }

        // Counted by a script over the JSON of the same records.
        assertThat(findings)
                .isEqualTo(Map.of(
                        "none no partial", 3_556,
                        "none no total", 81,
                        "none yes partial", 22,
                        "none yes total", 13,
                        "poc no total", 3,
                        "active no total", 1));
    }

    private static String words(Ssvc found) {
        return found.exploitation() + (found.automatable() ? " yes " : " no ") + found.impact();
    }
}
