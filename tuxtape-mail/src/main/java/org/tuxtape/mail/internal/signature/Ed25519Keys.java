package org.tuxtape.mail.internal.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.tuxtape.core.cve.Authenticity;

/**
 * Keys of Ed25519, each of which belongs to somebody.
 *
 * @param keys in any order
 */
public record Ed25519Keys(List<Key> keys) implements Keys {
    private static final int SIGNATURE = Ed25519.SIGNATURE_SIZE;

    /** Copies the list. */
    public Ed25519Keys {
        keys = List.copyOf(keys);
    }

    /** A key and whom it belongs to. */
    public static final class Key {
        private final String identity;
        private final byte[] bytes;

        /** Takes the mail address of its owner, and its 32 bytes. */
        public Key(String identity, byte[] bytes) {
            if (bytes.length != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(bytes, 0)) {
                throw new IllegalArgumentException("This is no key of Ed25519.");
            }
            this.identity = identity.toLowerCase(Locale.ROOT);
            this.bytes = bytes.clone();
        }

        private boolean signed(byte[] signature, byte[] digest) {
            return Ed25519.verify(signature, 0, bytes, 0, digest, 0, digest.length);
        }
    }

    /** These keys and one more. */
    public Ed25519Keys with(Key key) {
        return new Ed25519Keys(Stream.concat(keys.stream(), Stream.of(key)).toList());
    }

    @Override
    public Authenticity verify(SignatureField field, String identity, byte[] digest) throws SignatureException {
        byte[] signed = field.signature().bytes();
        if (signed.length != SIGNATURE + digest.length) {
            throw new SignatureException("Its signature has the wrong length.");
        }
        if (!Arrays.equals(signed, SIGNATURE, signed.length, digest, 0, digest.length)) {
            throw new SignatureException("A signed field is not the one that was signed.");
        }
        String owner = identity.toLowerCase(Locale.ROOT);
        List<Key> candidates =
                keys.stream().filter(key -> key.identity.equals(owner)).toList();
        String name = "ed25519 key of " + owner;
        if (candidates.isEmpty()) {
            return new Authenticity.KeyUnknown(name);
        }
        for (Key key : candidates) {
            if (key.signed(signed, digest)) {
                return new Authenticity.Valid(name);
            }
        }
        throw new SignatureException("No " + name + " made its signature.");
    }
}
