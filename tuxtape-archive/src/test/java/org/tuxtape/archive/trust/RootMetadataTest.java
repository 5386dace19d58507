package org.tuxtape.archive.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException.Fault;

class RootMetadataTest {
    private static final Instant EXPIRES = Instant.parse("2027-01-01T00:00:00Z");

    private KeyFile first;
    private KeyFile second;
    private KeyFile online;
    private RootMetadata root;

    @BeforeEach
    void makeKeys(@TempDir Path directory) {
        first = KeyFile.generate(directory.resolve("first.pem"), KeyScheme.ED25519);
        second = KeyFile.generate(directory.resolve("second.pem"), KeyScheme.ECDSA_P256);
        online = KeyFile.generate(directory.resolve("online.pem"), KeyScheme.ED25519);
        root = RootMetadata.first(roles(2, first, second), EXPIRES);
    }

    private Map<Role, RoleKeys> roles(int threshold, KeyFile... of) {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            roles.put(role, RoleKeys.of(online.key()));
        }
        List<ArchiveKey> keys = List.of(of).stream().map(KeyFile::key).toList();
        roles.put(Role.ROOT, new RoleKeys(keys, threshold));
        return roles;
    }

    @Test
    void itIsSignedStepByStepInSeveralPlaces() {
        RootMetadata here = RootMetadata.parse(root.toBytes()).signedBy(first);
        RootMetadata there = RootMetadata.parse(root.toBytes()).signedBy(second);

        assertThat(root.isSigned()).isFalse();
        assertThat(here.isSigned()).isFalse();
        RootMetadata whole = here.withSignaturesOf(there);
        assertThat(whole.isSigned()).isTrue();
        assertThat(RootMetadata.parse(whole.toBytes())).isEqualTo(whole).hasToString("root 1, until " + EXPIRES);
    }

    @Test
    void aSignatureOfAnotherKeyCountsNothing() {
        assertThat(root.signedBy(first).signedBy(online).isSigned()).isFalse();
        assertThat(root.signedBy(first).signedBy(first).isSigned()).isFalse();
    }

    @Test
    void signaturesOfAnotherRootAreNotTaken() {
        RootMetadata other = RootMetadata.first(roles(2, first, second), EXPIRES.plusSeconds(1));

        assertThatIllegalArgumentException().isThrownBy(() -> root.withSignaturesOf(other.signedBy(first)));
    }

    @Test
    void theNextOneIsSignedByTheKeysOfBoth() {
        RootMetadata signed = root.signedBy(first).signedBy(second);
        RootMetadata next = signed.next(roles(1, online), EXPIRES);

        assertThat(next.version()).isEqualTo(2);
        assertThat(next.signedBy(online).succeeds(signed)).isFalse();
        assertThat(next.signedBy(first).signedBy(second).succeeds(signed)).isFalse();
        assertThat(next.signedBy(first).signedBy(second).signedBy(online).succeeds(signed))
                .isTrue();
    }

    @Test
    void aChangedRootIsNotSigned() {
        String text = new String(root.signedBy(first).signedBy(second).toBytes(), StandardCharsets.US_ASCII);

        assertThat(RootMetadata.parse(text.replace("2027", "2037").getBytes(StandardCharsets.US_ASCII))
                        .isSigned())
                .isFalse();
    }

    @Test
    void aKeyUnderTheIdOfAnotherIsRefused() {
        String text = new String(root.toBytes(), StandardCharsets.US_ASCII);
        String swapped = text.replace(first.key().id(), "0".repeat(64));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RootMetadata.parse(swapped.getBytes(StandardCharsets.US_ASCII)))
                .withMessageContaining("is another one");
    }

    @Test
    void whatASignerGivesIsVerified() {
        Signer broken = new Signer() {
            @Override
            public ArchiveKey key() {
                return first.key();
            }

            @Override
            public byte[] sign(byte[] message) {
                return new byte[64];
            }
        };

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> root.signedBy(broken))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.SIGNER));
    }
}
