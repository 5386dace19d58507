package org.tuxtape.mail.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.mail.fixture.Mbox;
import org.tuxtape.mail.fixture.OwnSigner;
import org.tuxtape.mail.fixture.PatattSigner;
import org.tuxtape.mail.fixture.Signer;

@DisplayName("A mail that was signed")
class KeyRingTest {
    @TempDir
    Path directory;

    @Nested
    @DisplayName("with Ed25519")
    class Ed25519 extends SignatureRules {
        @Override
        Signer signer() {
            return OwnSigner.ed25519();
        }
    }

    @Nested
    @DisplayName("with OpenPGP")
    class OpenPgp extends SignatureRules {
        @Override
        Signer signer() {
            return OwnSigner.openPgp();
        }
    }

    @Nested
    @DisplayName("by patatt with Ed25519")
    class PatattEd25519 extends SignatureRules {
        @Override
        Signer signer() throws IOException {
            return PatattSigner.ed25519(Files.createTempDirectory(directory, "e"));
        }
    }

    @Nested
    @DisplayName("by patatt with OpenPGP")
    class PatattOpenPgp extends SignatureRules {
        private PatattSigner patatt;

        @Override
        Signer signer() throws IOException {
            patatt = PatattSigner.openPgp(Files.createTempDirectory(directory, "g"));
            return patatt;
        }

        @AfterEach
        void stop() throws IOException {
            if (patatt != null) {
                patatt.stop();
            }
        }
    }

    @Test
    void withAKeyOfOpenSshIsOfAnUnknownKey() throws Exception {
        String mail = OwnSigner.ed25519().sign("From: A <cna@example.org>\nSubject: b\nMessage-Id: <c>\n\nText\n");

        assertThat(KeyRing.empty().verify(Mbox.bytes(mail.replace("a=ed25519", "a=openssh"))))
                .isInstanceOf(Authenticity.KeyUnknown.class);
    }

    @Test
    void ofSomebodyElseWithTheSameNameIsInvalid() throws Exception {
        String mail = OwnSigner.ed25519().sign("From: A <cna@example.org>\nSubject: b\nMessage-Id: <c>\n\nText\n");

        assertThat(OwnSigner.ed25519().ring().verify(Mbox.bytes(mail))).isInstanceOf(Authenticity.Invalid.class);
    }

    @Test
    void aRingRefusesWhatIsNoKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.empty().withEd25519("a@b", "AAAA"));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.empty().withOpenPgp(Mbox.bytes("no key")));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.empty().withOpenPgp(new byte[0]));
    }
}
