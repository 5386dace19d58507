package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.Mutation;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.RecordText;
import org.tuxtape.feeds.fixture.Trees;

@Label("Trees")
class CnaTreeProperties {
    private static final String ID = "CVE-2024-26581";
    private static Path archive;

    @BeforeContainer
    static void create() throws IOException {
        archive = Files.createTempFile("tree", null);
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(archive);
    }

    @Property(tries = 500)
    @Label("of any bytes give elements, or are none")
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        Reading reading = Reading.of(CnaTree.of(Files.write(archive, bytes)));

        assertThat(reading.fault() == null || reading.fault().fault() != Fault.IO)
                .isTrue();
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were packed and then damaged give elements whose cursors lead to the rest, and say what is wrong")
    void packedMutations(@ForAll("mutations") List<Mutation> mutations, @ForAll("archives") Packing packing)
            throws IOException {
        byte[] stored = Files.readAllBytes(packing.write(archive, Trees.small()));
        CnaTree tree = CnaTree.of(Files.write(archive, Mutation.applyAll(mutations, stored)))
                .with(CnaTreeOptions.defaults().withLargestDecoder(16 << 20).withLargestExpansion(1 << 24));

        Reading reading = Reading.of(tree);

        assertThat(reading.fault() == null || reading.fault().fault() != Fault.IO)
                .as("%s", reading.fault())
                .isTrue();
        assertThat(reading.elements()).hasSizeLessThan(20);
        for (int i = 0; i < reading.elements().size(); i++) {
            assertThat(Reading.of(tree, reading.elements().get(i).cursor()).elements())
                    .isEqualTo(
                            reading.elements().subList(i + 1, reading.elements().size()));
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("with damaged files give one element per record")
    void damagedFiles(@ForAll("mutations") List<Mutation> json, @ForAll("mutations") List<Mutation> dyad) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("2024/" + ID + ".dyad", damaged(dyad, RecordText.usualDyad()));
        files.put("2024/" + ID + ".json", damaged(json, RecordText.usual(ID).toString()));
        files.put("2025/CVE-2025-21630.json", RecordText.usual("CVE-2025-21630").toString());

        Reading reading = Reading.of(CnaTree.of(Packing.TAR.write(archive, files)));

        assertThat(reading.fault()).isNull();
        assertThat(reading.elements()).hasSize(2);
        assertThat(reading.elements().get(1)).isInstanceOf(CveEvent.Published.class);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("give no element for a cursor of another one")
    void foreignCursors(@ForAll("cursors") String text) {
        Reading reading = Reading.of(CnaTree.of(Packing.ZIP.write(archive, Trees.small())), new Cursor(text));

        assertThat(reading.fault()).isNotNull();
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    private static String damaged(List<Mutation> mutations, String text) {
        return new String(
                Mutation.applyAll(mutations, text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.some();
    }

    @Provide
    Arbitrary<Packing> archives() {
        return Arbitraries.of(Packing.class).filter(packing -> packing != Packing.DIRECTORY && packing != Packing.GIT);
    }

    @Provide
    Arbitrary<String> cursors() {
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(30);
        return Arbitraries.oneOf(
                text, Arbitraries.longs().between(1, 1L << 50).map(number -> "cna1:" + number + ":12345678:" + ID));
    }
}
