package org.tuxtape.archive.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.archive.trust.ArchiveException.Fault;

class KeyFileTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aKeyThatWasWrittenIsReadAgain(KeyScheme scheme) throws IOException {
        Path file = directory.resolve("key.pem");
        KeyFile made = KeyFile.generate(file, scheme);
        KeyFile read = KeyFile.read(file);

        assertThat(read.key()).isEqualTo(made.key());
        assertThat(made.key().verifies(MESSAGE, read.sign(MESSAGE))).isTrue();
        assertThat(made.key().verifies(new byte[1], read.sign(MESSAGE))).isFalse();
        assertThat(made.key().verifies(MESSAGE, new byte[3])).isFalse();
        assertThat(ArchiveKey.parse(made.key().toPem())).isEqualTo(made.key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfOpensslIsRead(KeyScheme scheme) throws Exception {
        Path file = directory.resolve("key.pem");
        List<String> make = new ArrayList<>(List.of("openssl", "genpkey", "-out", file.toString(), "-algorithm"));
        make.addAll(
                scheme == KeyScheme.ED25519
                        ? List.of("ed25519")
                        : List.of("EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        run(make);

        String publicHalf = run(List.of("openssl", "pkey", "-in", file.toString(), "-pubout"));
        assertThat(KeyFile.read(file).key()).isEqualTo(ArchiveKey.parse(publicHalf));
    }

    private static String run(List<String> command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("openssl is missing");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    @Test
    void aKeyThatIsThereIsNotReplaced() {
        Path file = directory.resolve("key.pem");
        KeyFile made = KeyFile.generate(file, KeyScheme.ED25519);

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> KeyFile.generate(file, KeyScheme.ED25519))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NOT_PERMITTED));
        assertThat(KeyFile.read(file).key()).isEqualTo(made.key());
    }

    @Test
    void whatIsNoKeyIsSaidSo() throws IOException {
        Path file = directory.resolve("key.pem");
        for (String text : List.of("", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "\0\1\2")) {
            Files.writeString(file, text);
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> KeyFile.read(file))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.MALFORMED));
        }
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> KeyFile.read(directory.resolve("missing")))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.MISSING));
    }

    @Test
    void aValueThatIsNoKeyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey(KeyScheme.ED25519, "00"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey(KeyScheme.ED25519, "AB".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveKey(KeyScheme.ECDSA_P256, "ab".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> ArchiveKey.parse("no key"));
    }
}
