package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Maildir;
import org.tuxtape.mail.fixture.OwnSigner;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.signature.SignatureCheck;
import org.tuxtape.testkit.RecordingListener;

@DisplayName("Several sources as one")
class MergedSourceTest {
    @TempDir
    Path directory;

    private Maildir one;
    private Maildir other;
    private MaildirSource oneSource;
    private MaildirSource otherSource;

    @BeforeEach
    void create() {
        one = Maildir.create(directory.resolve("one"));
        other = Maildir.create(directory.resolve("other"));
        oneSource = MaildirSource.of(one.directory());
        otherSource = MaildirSource.of(other.directory());
    }

    @Test
    @DisplayName("are read by time")
    void byTime() {
        one.deliver("1.1.h", dated(1, 10)).deliver("2.1.h", dated(3, 30));
        other.deliver("1.1.h", dated(2, 20)).deliver("2.1.h", mail(5)).deliver("3.1.h", dated(4, 40));

        assertThat(Reading.of(MergedSource.of(oneSource, otherSource)).summary())
                .containsExactly(
                        "+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20005", "+CVE-2025-20003", "+CVE-2025-20004");
    }

    @Test
    @DisplayName("give a message once, and tell where else it is")
    void duplicates() {
        one.deliver("1.1.h", mail(1)).deliver("2.1.h", mail(2));
        other.deliver("1.1.h", mail(2)).deliver("2.1.h", mail(1).replaceFirst("Message-Id: .*\n", ""));
        MergedSource merged = MergedSource.of(oneSource, otherSource);
        RecordingListener listener = new RecordingListener();

        Reading reading = Reading.of(merged);
        try (CveStream stream = merged.open(Cursor.START, Context.standard().with(listener))) {
            stream.forEachRemaining(element -> {});
        }

        assertThat(reading.summary()).containsExactly("+CVE-2025-20001", "+CVE-2025-20002");
        assertThat(reading.elements().get(0).origin().location()).isEqualTo(oneSource.id() + ": mail 1.1.h");
        assertThat(listener.events().stream()
                        .filter(Event.Noted.class::isInstance)
                        .map(event -> ((Event.Noted) event).message()))
                .containsExactly(
                        otherSource.id() + ": mail 1.1.h is the same message as " + oneSource.id() + ": mail 2.1.h.",
                        otherSource.id() + ": mail 2.1.h is the same message as " + oneSource.id() + ": mail 1.1.h.");
    }

    @Test
    @DisplayName("give one that only has the Message-ID of another")
    void sameNameOtherContent() {
        one.deliver("1.1.h", mail(1).replace("Example 1.", "Example 9."));
        other.deliver("1.1.h", mail(1)).deliver("2.1.h", mail(1).replace("-0123@", "-4567@"));

        assertThat(Reading.of(MergedSource.of(oneSource, otherSource)).summary())
                .containsExactly("+CVE-2025-20001", "+CVE-2025-20001", "+CVE-2025-20001");
    }

    @Test
    @DisplayName("give the signed copy of a message too, if the first one was not signed")
    void signedCopy() throws Exception {
        OwnSigner signer = OwnSigner.ed25519();
        one.deliver("1.1.h", mail(1));
        other.deliver("1.1.h", signer.sign(mail(1))).deliver("2.1.h", mail(1));
        MailOptions options = MailOptions.defaults().with(SignatureCheck.of(signer.ring()));

        assertThat(Reading.of(MergedSource.of(oneSource.with(options), otherSource.with(options)))
                        .elements())
                .extracting(element -> element.origin().authenticity())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(Authenticity.UNSIGNED),
                        second -> assertThat(second).isInstanceOf(Authenticity.Valid.class));
    }

    @Test
    @DisplayName("are read to their end where one fails, and the fault names it")
    void partialFailure() {
        one.deliver("1.1.h", mail(1));
        MboxSource missing = MboxSource.of(directory.resolve("missing"));
        MergedSource merged = MergedSource.of(missing, oneSource);

        Reading reading = Reading.of(merged);

        assertThat(reading.summary()).containsExactly("+CVE-2025-20001");
        assertThat(reading.fault().source()).isEqualTo(merged.id());
        assertThat(reading.fault().fault()).isEqualTo(SourceException.Fault.MISSING);
        assertThat(reading.fault())
                .hasMessageStartingWith("Of 2 sources 1 could not be read to the end, the first being " + missing.id());
        assertThat(((SourceException) reading.fault().getCause()).source()).isEqualTo(missing.id());
    }

    @Test
    @DisplayName("know what was delivered before a cursor, in the same object and in a new one")
    void copiesBehindACursor() {
        one.deliver("1.1.h", mail(1)).deliver("2.1.h", mail(2));
        MergedSource merged = MergedSource.of(oneSource, otherSource);
        Cursor cursor = Reading.of(merged).elements().get(1).cursor();
        other.deliver("1.1.h", mail(1)).deliver("2.1.h", mail(3)).deliver("3.1.h", mail(2));

        List<String> expected = List.of("+CVE-2025-20003");
        assertThat(Reading.of(merged, cursor).summary()).isEqualTo(expected);
        assertThat(Reading.of(MergedSource.of(oneSource, otherSource), cursor).summary())
                .isEqualTo(expected);
    }

    @Test
    void areAtLeastOne() {
        assertThatIllegalArgumentException().isThrownBy(MergedSource::of);
    }

    private static String dated(int number, int minute) {
        return "Date: Mon, 5 Jan 2026 10:" + minute + ":00 +0000\n" + mail(number);
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }
}
