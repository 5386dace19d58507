package org.tuxtape.mail.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.Signer;

/** What is told of a mail that somebody signed, and then did something to; whoever signs it. */
abstract class SignatureRules {
    private static final String MAIL = AnnouncementPrinter.mail(Cves.full());
    private static final String OTHER = AnnouncementPrinter.mail(Cves.numbered(2));

    private Signer signer;
    private String signed;
    private KeyRing ring;

    abstract Signer signer() throws Exception;

    @BeforeEach
    void sign() throws Exception {
        signer = signer();
        ring = signer.ring();
        signed = signer.sign(MAIL);
    }

    @Test
    void asItWasSignedIsValid() {
        assertThat(ring.verify(Mbox.bytes(signed))).isInstanceOf(Authenticity.Valid.class);
    }

    @Test
    void whatServersDoToAMailDoesNotMatter() {
        String delivered = "Received: by mail.example.org;\n\tMon, 5 Jan 2026 10:00:00 +0000\n"
                + signed.replace("Message-Id:", "Message-ID:").replace("\nSubject: ", "\nSubject:\n ") + "\n\n";

        assertThat(ring.verify(Mbox.bytes(delivered.replace("\n", "\r\n")))).isInstanceOf(Authenticity.Valid.class);
    }

    @Test
    void withoutItsSignatureIsUnsigned() {
        assertThat(ring.verify(Mbox.bytes(MAIL))).isEqualTo(Authenticity.UNSIGNED);
    }

    @Test
    void byAKeyThatIsNotInTheRingIsOfAnUnknownKey() {
        assertThat(KeyRing.empty().verify(Mbox.bytes(signed))).isInstanceOf(Authenticity.KeyUnknown.class);
    }

    @Test
    void withAnotherAuthorIsInvalid() {
        assertInvalid(signed.replace("Kernel CVEs <cna@example.org>", "Kernel CVEs <cna@example.com>"), "signed field");
        assertInvalid(signed.replace("Kernel CVEs <cna", "Kernel CNA <cna"), "signed field");
    }

    @Test
    void withAnotherSubjectIsInvalid() {
        assertInvalid(signed.replace("Subject: CVE-", "Subject: REJECTED: CVE-"), "signed field");
        assertInvalid(signed.replaceFirst("drop the reference once", "drop the reference"), "signed field");
    }

    @Test
    void withAnotherMessageIdIsInvalid() {
        assertInvalid(signed.replace("2026010203-", "2026010204-"), "signed field");
        assertInvalid(signed.replaceFirst("Message-Id: .*\n", ""), "signed field");
    }

    @Test
    void withAnotherTextIsInvalid() {
        assertInvalid(signed.replace("with commit 0123456789ab", "with commit 0123456789ac"), "text");
        assertInvalid(signed + "And more.\n", "text");
        assertInvalid(signed.substring(0, signed.length() - 30), "text");
    }

    @Test
    void withAnotherLengthIsInvalid() {
        assertInvalid(signed.replaceFirst("; l=\\d", "; l="), "signed field");
        assertInvalid(signed.replaceFirst("; l=", "; l=1"), "signed field");
    }

    @Test
    void withTheSignatureOfAnotherMailIsInvalid() throws Exception {
        String other = signer.sign(OTHER);

        assertInvalid(header(other) + MAIL.substring(MAIL.indexOf("\n\n")), "text");
        assertInvalid(
                header(MAIL).replaceFirst("(?s)X-Signature.*", "")
                        + signatureOf(other)
                        + MAIL.substring(MAIL.indexOf("\n\n") + 1),
                "text");
    }

    private static String header(String mail) {
        return mail.substring(0, mail.indexOf("\n\n") + 1).stripTrailing();
    }

    private static String signatureOf(String mail) {
        String header = mail.substring(0, mail.indexOf("\n\n") + 1);
        return header.substring(header.indexOf("X-Developer-Signature"));
    }

    @Test
    void withASignatureThatIsCutIsInvalid() {
        int b = signed.indexOf(" b=") < 0 ? signed.indexOf("b=", signed.indexOf("bh=") + 3) : signed.indexOf(" b=") + 1;
        assertInvalid(signed.substring(0, b + 2) + signed.substring(signed.indexOf('\n', b)), "signature");
    }

    @Test
    void withOneSignatureThatHoldsIsValidWhateverTheOthersDo() {
        String forged = "X-Developer-Signature: v=1; a=ed25519-sha256; h=from:subject; bh=AA==; b=AA==\n";

        assertThat(ring.verify(Mbox.bytes(forged + signed))).isInstanceOf(Authenticity.Valid.class);
        assertThat(ring.verify(Mbox.bytes(signed.replaceFirst("\n\n", "\n" + forged + "\n"))))
                .isInstanceOf(Authenticity.Valid.class);
        assertThat(KeyRing.empty().verify(Mbox.bytes(signed.replaceFirst("\n\n", "\n" + forged + "\n"))))
                .isInstanceOf(Authenticity.Invalid.class);
    }

    @Test
    void thatCouldBeReadInTwoWaysIsInvalid() {
        assertInvalid("Subject: CVE-2026-99999: forged\n" + signed, "more than once");
        assertInvalid("From: Kernel CVEs <cna@example.org>\n" + signed, "more than once");
        assertInvalid("Content-Type: multipart/mixed; boundary=x\n" + signed, "several parts");
        assertInvalid(signed.replaceFirst("\n\n", "\n\nSubject: CVE-2026-99999: forged\n\n"), "begins with a field");
    }

    private void assertInvalid(String mail, String reason) {
        assertThat(ring.verify(Mbox.bytes(mail)))
                .isInstanceOfSatisfying(
                        Authenticity.Invalid.class,
                        invalid -> assertThat(invalid.reason().toLowerCase(Locale.ROOT))
                                .contains(reason));
    }
}
