package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.ArbitraryCves;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Mutation;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.internal.expand.Compressed;

@Label("Archives")
class MboxProperties {
    private static final byte[] ARCHIVE = Mbox.bytes(Mbox.mboxrd(List.of(
            AnnouncementPrinter.mail(Cves.numbered(1)),
            AnnouncementPrinter.mail(Cves.full()),
            AnnouncementPrinter.mail(Cves.numbered(2)))));

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("give back what was put in, whoever wrote them")
    void giveBack(@ForAll("several") List<Cve> cves, @ForAll("writers") String line) {
        List<String> mails = cves.stream().map(AnnouncementPrinter::mail).toList();
        String archive = line.equals(Mbox.GENERATED) ? Mbox.unquoted(mails) : quoted(line, mails);

        assertThat(cves(source(Mbox.bytes(archive)))).isEqualTo(cves);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("go on behind any element with exactly the rest")
    void goOn(@ForAll("several") List<Cve> cves, @ForAll Compressed compression) {
        String archive =
                Mbox.mboxrd(cves.stream().map(AnnouncementPrinter::mail).toList());
        MboxSource source = source(compression.of(Mbox.bytes(archive)));
        List<CveEvent> all = Reading.of(source).elements();

        for (int i = 0; i < all.size(); i++) {
            assertThat(Reading.of(source, all.get(i).cursor()).elements()).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("are the same in pieces of any size")
    void comeInPieces(@ForAll Random random) {
        MboxSource inPieces = MboxSource.of(new SourceId("test"), () -> new Pieces(ARCHIVE, random));

        assertThat(Reading.of(inPieces)).isEqualTo(Reading.of(source(ARCHIVE)));
    }

    @Property(tries = 500)
    @Label("of any bytes give elements, or are no archive")
    void anyBytes(@ForAll byte[] bytes) {
        Reading reading = Reading.of(source(bytes));

        assertThat(reading.fault() == null || reading.fault().fault() != Fault.IO)
                .isTrue();
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were damaged give elements whose cursors still lead to the rest")
    void mutations(@ForAll("mutations") List<Mutation> mutations) {
        MboxSource source = source(Mutation.applyAll(mutations, ARCHIVE));
        Reading reading = Reading.of(source);

        for (int i = 0; i < reading.elements().size(); i++) {
            assertThat(Reading.of(source, reading.elements().get(i).cursor()).elements())
                    .isEqualTo(
                            reading.elements().subList(i + 1, reading.elements().size()));
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were compressed and then damaged give elements, and then say what is wrong")
    void compressedMutations(@ForAll("mutations") List<Mutation> mutations, @ForAll Compressed compression) {
        byte[] stored = compression.of(ARCHIVE);
        MboxOptions options =
                MboxOptions.defaults().withLargestDecoder(16 << 20).withLargestExpansion(1 << 20);

        Reading reading =
                Reading.of(source(Mutation.applyAll(mutations, stored)).with(options));

        assertThat(reading.fault() == null || reading.fault().fault() != Fault.IO)
                .isTrue();
        assertThat(reading.elements()).hasSizeLessThan(20);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("give no element for a cursor of another one")
    void foreignCursors(@ForAll("cursors") String text) {
        Reading reading = Reading.of(source(ARCHIVE), new Cursor(text));

        assertThat(reading.fault()).isNotNull();
        assertThat(reading.fault().fault()).isEqualTo(Fault.STALE_CURSOR);
    }

    @Provide
    Arbitrary<List<Cve>> several() {
        return ArbitraryCves.several();
    }

    @Provide
    Arbitrary<String> writers() {
        return Arbitraries.of(Mbox.PUBLIC_INBOX, Mbox.GENERATED, Mbox.DELIVERED);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.some();
    }

    @Provide
    Arbitrary<String> cursors() {
        Arbitrary<String> numbers = Arbitraries.integers().between(1, 5000).map(String::valueOf);
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(30);
        return Arbitraries.oneOf(
                text, numbers.list().ofSize(3).map(parts -> "mbox1:" + String.join(":", parts) + ":12345678"));
    }

    private static String quoted(String line, List<String> mails) {
        return Mbox.mboxrd(mails).replace(Mbox.PUBLIC_INBOX, line);
    }

    private static List<Cve> cves(MboxSource source) {
        return Reading.of(source).elements().stream()
                .map(element -> ((CveEvent.Published) element).cve())
                .toList();
    }

    private static MboxSource source(byte[] stored) {
        return MboxSource.of(new SourceId("test"), () -> new ByteArrayInputStream(stored));
    }

    /** A stream that never gives as much as it is asked for. */
    private static final class Pieces extends FilterInputStream {
        private final Random random;

        Pieces(byte[] content, Random random) {
            super(new ByteArrayInputStream(content));
            this.random = random;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(50)));
        }
    }
}
