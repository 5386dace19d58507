package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.Context;

class CveCatalogProperties {
    private static final String CVE = "CVE-2024-0001";

    private record Message(boolean record, boolean rejection, int day) {
        ScriptedSource source() {
            ScriptedSource source = new ScriptedSource(toString());
            source.on(LocalDate.EPOCH.plusDays(day).toString());
            if (record) {
                source.records();
            }
            return rejection ? source.rejected(CVE) : source.published(CVE, toString());
        }
    }

    @Property(tries = 300)
    void whereAllIsDatedTheOrderOfTheSourcesDoesNotMatter(
            @ForAll("messages") List<Message> messages, @ForAll long seed) {
        List<Message> shuffled = new ArrayList<>(messages);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(current(shuffled)).isEqualTo(current(messages));
    }

    private static CveEvent current(List<Message> messages) {
        return CveCatalog.read(messages.stream().map(Message::source).toList(), Context.standard())
                .find(CveId.parse(CVE))
                .orElseThrow()
                .current();
    }

    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(either, either, Arbitraries.integers().between(0, 10_000))
                .as(Message::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements(Message::day);
    }
}
