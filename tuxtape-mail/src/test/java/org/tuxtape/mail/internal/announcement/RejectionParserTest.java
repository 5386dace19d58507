package org.tuxtape.mail.internal.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.mail.internal.mime.MailText;

@DisplayName("A rejection")
class RejectionParserTest {
    private static final CveId ID = CveId.parse("CVE-2024-26581");
    private static final String FACT = "\n\nCVE-2024-26581 has now been rejected and is no longer a valid CVE.\n\n";

    @Test
    void mostlyHasNoReason() {
        assertThat(parse(FACT)).isEqualTo(new Announcement.Rejected(ID, "net: fix it", Optional.empty()));
    }

    @Test
    @DisplayName("has the text beyond the fact as its reason")
    void mayHaveAReason() {
        assertThat(parse(FACT + "\nIt takes a broken\nfile system.\n\nSo it is none.\n\n"))
                .isEqualTo(new Announcement.Rejected(
                        ID, "net: fix it", Optional.of("It takes a broken\nfile system.\n\nSo it is none.")));
    }

    @Test
    void leavesOutTheSignature() {
        assertThat(parse(FACT + "Not a bug.\n-- \nthe team\n"))
                .isEqualTo(new Announcement.Rejected(ID, "net: fix it", Optional.of("Not a bug.")));
    }

    @Test
    @DisplayName("may be wrapped and worded a little differently")
    void mayBeWrapped() {
        assertThat(parse("CVE-2024-26581 has been\nrejected.\n"))
                .isEqualTo(new Announcement.Rejected(ID, "net: fix it", Optional.empty()));
    }

    @Test
    @DisplayName("of another CVE in the text than in the subject is not believed")
    void mustAgree() {
        assertThat(parse(FACT.replace("26581", "26582")))
                .isEqualTo(Announcement.Unreadable.because(
                        Optional.of(ID), "Its subject rejects CVE-2024-26581, but its text CVE-2024-26582."));
    }

    @Test
    @DisplayName("in the subject alone is not believed")
    void mustBeSaid() {
        assertThat(parse("Hello.\n" + FACT))
                .isEqualTo(Announcement.Unreadable.because(
                        Optional.of(ID),
                        "Its subject says that the CVE was rejected, but its text does not begin so."));
        assertThat(parse("")).isInstanceOf(Announcement.Unreadable.class);
    }

    private static Announcement parse(String text) {
        return RejectionParser.parse(ID, "net: fix it", new MailLines(new MailText.Plain(text, 1)));
    }
}
