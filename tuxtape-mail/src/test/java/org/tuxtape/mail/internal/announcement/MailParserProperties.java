package org.tuxtape.mail.internal.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.ArbitraryCves;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mutation;
import org.tuxtape.mail.internal.mime.ByteRange;

@Label("Mails")
class MailParserProperties {
    private static final String MAIL = AnnouncementPrinter.mail(Cves.full());

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were printed are read as what was printed")
    void parseIsTheInverseOfPrint(@ForAll("cves") Cve cve) {
        assertThat(published(AnnouncementPrinter.mail(cve))).isEqualTo(cve);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("say the same in every encoding")
    void encodingDoesNotMatter(@ForAll("cves") Cve cve) {
        byte[] body = AnnouncementPrinter.body(cve).getBytes(StandardCharsets.UTF_8);
        String header = AnnouncementPrinter.header(cve.id() + ": " + cve.title(), cve.id());

        assertThat(published(header + "Content-Transfer-Encoding: base64\n\n"
                        + Base64.getMimeEncoder().encodeToString(body)))
                .isEqualTo(cve);
        assertThat(published(header + "Content-Type: text/plain; charset=utf-8\n"
                        + "Content-Transfer-Encoding: quoted-printable\n\n" + quotedPrintable(body)))
                .isEqualTo(cve);
        assertThat(published(header + "Content-Type: multipart/signed; boundary=\"=-=\"\n\n--=-=\n\n"
                        + AnnouncementPrinter.body(cve) + "\n--=-=\nContent-Type: text/x\n\nsigned\n--=-=--\n"))
                .isEqualTo(cve);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("that reject a CVE are read as what was printed")
    void rejections(@ForAll("ids") CveId id, @ForAll("reasons") Optional<String> reason) {
        assertThat(parse(AnnouncementPrinter.rejection(id, "title", reason)))
                .isEqualTo(new Announcement.Rejected(id, "title", reason));
    }

    @Property(tries = 1000)
    @Label("of any bytes are read")
    void anyBytes(@ForAll byte[] bytes) {
        assertThat(parse(bytes)).isNotNull();
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("of any lines of mails are read, and no line is blamed that is not there")
    void anyLines(@ForAll("lines") String mail) {
        assertExcerptsAreTrue(mail, parse(mail));
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were damaged are read, and no line is blamed that is not there")
    void mutations(@ForAll("mutations") List<Mutation> mutations) {
        byte[] bytes = Mutation.applyAll(mutations, MAIL.getBytes(StandardCharsets.ISO_8859_1));

        assertExcerptsAreTrue(new String(bytes, StandardCharsets.ISO_8859_1), parse(bytes));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("that were cut never lose a version in silence")
    void truncation(@ForAll("lengths") int length) {
        Announcement announcement = parse(MAIL.substring(0, length));

        if (announcement instanceof Announcement.Published published) {
            assertThat(published.cve().ranges()).isEqualTo(Cves.full().ranges());
            assertThat(published.cve().files()).isEqualTo(Cves.full().files());
        }
    }

    @Provide
    Arbitrary<Cve> cves() {
        return ArbitraryCves.cves();
    }

    @Provide
    Arbitrary<CveId> ids() {
        return ArbitraryCves.ids();
    }

    @Provide
    Arbitrary<Optional<String>> reasons() {
        return ArbitraryCves.reasons();
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.some();
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, MAIL.length());
    }

    @Provide
    Arbitrary<String> lines() {
        List<String> known = Stream.concat(
                        MAIL.lines(),
                        Stream.of(
                                "Content-Type: multipart/mixed; boundary=b",
                                "Content-Transfer-Encoding: base64",
                                "--b",
                                "--b--",
                                "Subject: REJECTED: CVE-2026-12345: x",
                                "CVE-2026-12345 has now been rejected and is no longer a valid CVE.",
                                "\tIssue introduced in 5.1 with commit rewrote",
                                "\tFixed in",
                                "  Vector: x"))
                .toList();
        return Arbitraries.of(known).list().ofMaxSize(60).map(lines -> String.join("\n", lines));
    }

    private static void assertExcerptsAreTrue(String mail, Announcement announcement) {
        List<String> lines = List.of(mail.replace("\r\n", "\n").split("\n", -1));
        excerpts(announcement).forEach(excerpt -> {
            String line = lines.get(excerpt.line() - 1);
            boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(line);
            assertThat(!ascii || excerpt.equals(new Excerpt(excerpt.line(), line)))
                    .as("%s is '%s'", excerpt, line)
                    .isTrue();
        });
    }

    private static Stream<Excerpt> excerpts(Announcement announcement) {
        if (announcement instanceof Announcement.Published published) {
            return published.remarks().stream().map(Remark::excerpt);
        }
        return announcement instanceof Announcement.Unreadable unreadable
                ? unreadable.excerpt().stream()
                : Stream.empty();
    }

    private static String quotedPrintable(byte[] body) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (byte octet : body) {
            if (column > 70 && octet != '\n') {
                text.append("=\n");
                column = 0;
            }
            boolean plain = (octet > ' ' && octet < 0x7f && octet != '=') || octet == '\n';
            text.append(plain ? String.valueOf((char) octet) : String.format(Locale.ROOT, "=%02X", octet));
            column = octet == '\n' ? 0 : column + (plain ? 1 : 3);
        }
        return text.toString();
    }

    private static Cve published(String mail) {
        Announcement announcement = parse(mail);
        assertThat(announcement).isInstanceOf(Announcement.Published.class);
        return ((Announcement.Published) announcement).cve();
    }

    private static Announcement parse(String mail) {
        return parse(mail.getBytes(StandardCharsets.UTF_8));
    }

    private static Announcement parse(byte[] mail) {
        return new MailParser().parse(new ByteRange(mail, 0, mail.length)).announcement();
    }
}
