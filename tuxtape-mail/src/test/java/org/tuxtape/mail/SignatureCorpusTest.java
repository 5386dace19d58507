package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.mail.fixture.Corpus;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.signature.KeyRing;
import org.tuxtape.mail.signature.SignatureCheck;

/**
 * What the real signatures say without the CNA's key. One that is called unknown signs the very fields and text of its
 * mail: otherwise it would be invalid, whoever made it.
 */
@DisplayName("The real announcements")
class SignatureCorpusTest {

    @ParameterizedTest(name = "of {0} are {1} signed by a key that is not known here, {2} unsigned and {3} changed")
    @CsvSource({"2024, 4444, 13, 0", "2025, 5950, 4, 0", "2026, 3411, 0, 0"})
    void areSigned(int year, int signed, int unsigned, int invalid) {
        Reading reading = Reading.of(MboxSource.of(Corpus.file("linux-cve-announce-" + year + ".mbox.xz"))
                .with(MboxOptions.defaults().with(MailOptions.defaults().with(SignatureCheck.of(KeyRing.empty())))));

        assertThat(count(reading, Authenticity.KeyUnknown.class)).isEqualTo(signed);
        assertThat(count(reading, Authenticity.Unsigned.class)).isEqualTo(unsigned);
        assertThat(count(reading, Authenticity.Invalid.class)).isEqualTo(invalid);
        assertThat(reading.elements()).hasSize(signed + unsigned + invalid);
    }

    private static long count(Reading reading, Class<? extends Authenticity> kind) {
        return reading.elements().stream()
                .map(CveEvent::origin)
                .filter(origin -> kind.isInstance(origin.authenticity()))
                .count();
    }
}
