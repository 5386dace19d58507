package org.tuxtape.archive;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;

/** The keys of an archive, all of them in one hand. Not changed, but copied with other keys. */
final class Keys {
    private final Map<Role, List<Signer>> signers;
    private final Map<Role, Integer> thresholds;

    private Keys(Map<Role, List<Signer>> signers, Map<Role, Integer> thresholds) {
        this.signers = signers;
        this.thresholds = thresholds;
    }

    /** Two of three keys for the root, one for each other role. */
    static Keys create() {
        Map<Role, List<Signer>> signers = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            signers.put(role, List.of(signer(KeyScheme.ED25519)));
        }
        Keys keys = new Keys(signers, new EnumMap<>(Role.class));
        return keys.with(
                Role.ROOT, 2, signer(KeyScheme.ED25519), signer(KeyScheme.ECDSA_P256), signer(KeyScheme.ED25519));
    }

    /** The same with other keys of a role. */
    Keys with(Role role, int threshold, Signer... of) {
        Map<Role, List<Signer>> other = new EnumMap<>(signers);
        other.put(role, List.copyOf(Arrays.asList(of)));
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        counts.putAll(thresholds);
        counts.put(role, threshold);
        return new Keys(other, counts);
    }

    List<Signer> of(Role role) {
        return signers.get(role);
    }

    /** All but those of the root. */
    List<Signer> online() {
        List<Signer> online = new ArrayList<>(of(Role.TARGETS));
        online.addAll(of(Role.SNAPSHOT));
        online.addAll(of(Role.TIMESTAMP));
        return online;
    }

    Map<Role, RoleKeys> roles() {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        signers.forEach((role, list) -> roles.put(
                role, new RoleKeys(list.stream().map(Signer::key).toList(), thresholds.getOrDefault(role, 1))));
        return roles;
    }

    RootMetadata firstRoot(Instant now) {
        return signed(RootMetadata.first(roles(), now.plus(Duration.ofDays(365))));
    }

    /** The next root, with these keys, signed by the root keys before and by these. */
    RootMetadata nextRoot(RootMetadata before, Keys old, Instant now) {
        return old.signed(signed(before.next(roles(), now.plus(Duration.ofDays(365)))));
    }

    RootMetadata signed(RootMetadata root) {
        RootMetadata whole = root;
        for (Signer signer : of(Role.ROOT)) {
            whole = whole.signedBy(signer);
        }
        return whole;
    }

    static Signer signer(KeyScheme scheme) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(scheme == KeyScheme.ED25519 ? "Ed25519" : "EC");
            if (scheme == KeyScheme.ECDSA_P256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return new InMemory(generator.generateKeyPair(), scheme);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private record InMemory(KeyPair pair, KeyScheme scheme) implements Signer {
        @Override
        public ArchiveKey key() {
            return ArchiveKey.of(pair.getPublic());
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance(scheme.algorithm());
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
