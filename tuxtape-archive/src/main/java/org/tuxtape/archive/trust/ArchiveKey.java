package org.tuxtape.archive.trust;

import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.tuxtape.archive.internal.json.CanonicalJson;

/**
 * A public key, as the metadata of an archive has it.
 *
 * @param scheme how it signs
 * @param value for Ed25519 its 32 bytes as lower-case hexadecimal digits; for ECDSA a PEM text with the label
 *     {@code PUBLIC KEY}, in lines of 64 characters that end with line feeds
 * @see <a href="https://theupdateframework.github.io/specification/latest/#file-formats-keys">format of keys</a>
 * @since 0.1
 */
public record ArchiveKey(KeyScheme scheme, String value) {
    private static final String LABEL = "PUBLIC KEY";

    /** What stands before the bytes of a key in its usual encoding, RFC 8410 and RFC 5480. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] P256 = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final int ED25519_LENGTH = ED25519.length + 32;
    private static final int P256_LENGTH = P256.length + 65;

    /** Rejects what is no key of this scheme in this form. */
    public ArchiveKey {
        Objects.requireNonNull(scheme, "scheme");
        byte[] encoded = encoded(scheme, value);
        if (schemeOf(encoded) != scheme || !valueOf(scheme, encoded).equals(value)) {
            throw new IllegalArgumentException("Not a key in the form of " + scheme.scheme() + ".");
        }
        decoded(scheme, encoded);
    }

    /**
     * Takes a key of Java.
     *
     * @param key an Ed25519 key, or one on the curve P-256
     * @return the key
     * @throws IllegalArgumentException if it is of another kind
     */
    public static ArchiveKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("The key has no encoding.");
        }
        return ofEncoded(encoded);
    }

    /**
     * Reads a key.
     *
     * @param pem a text that holds a block {@code PUBLIC KEY}, as {@code openssl pkey -pubout} writes it
     * @return the key
     * @throws IllegalArgumentException if there is none, or one of another kind
     */
    public static ArchiveKey parse(String pem) {
        return ofEncoded(Pem.read(LABEL, pem));
    }

    static ArchiveKey ofEncoded(byte[] encoded) {
        KeyScheme scheme = schemeOf(encoded);
        return new ArchiveKey(scheme, valueOf(scheme, encoded));
    }

    static ArchiveKey ofEd25519(byte[] key) {
        return ofEncoded(joined(ED25519, key));
    }

    static ArchiveKey ofP256(byte[] uncompressedPoint) {
        return ofEncoded(joined(P256, uncompressedPoint));
    }

    private static byte[] joined(byte[] prefix, byte[] rest) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, whole, prefix.length, rest.length);
        return whole;
    }

    private static KeyScheme schemeOf(byte[] encoded) {
        if (encoded.length == ED25519_LENGTH && startsWith(encoded, ED25519)) {
            return KeyScheme.ED25519;
        }
        if (encoded.length == P256_LENGTH && startsWith(encoded, P256)) {
            return KeyScheme.ECDSA_P256;
        }
        throw new IllegalArgumentException("It is neither an Ed25519 key nor one on the curve P-256.");
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String valueOf(KeyScheme scheme, byte[] encoded) {
        return switch (scheme) {
            case ED25519 -> HexFormat.of().formatHex(encoded, ED25519.length, encoded.length);
            case ECDSA_P256 -> Pem.write(LABEL, encoded);
        };
    }

    private static byte[] encoded(KeyScheme scheme, String value) {
        return switch (scheme) {
            case ED25519 -> joined(ED25519, HexFormat.of().parseHex(value));
            case ECDSA_P256 -> Pem.read(LABEL, value);
        };
    }

    private static PublicKey decoded(KeyScheme scheme, byte[] encoded) {
        try {
            String family = scheme == KeyScheme.ED25519 ? "Ed25519" : "EC";
            return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("It is no point on the curve of its kind.", e);
        }
    }

    /**
     * Returns the name that signatures give it.
     *
     * @return SHA-256 of its entry in the metadata in canonical form, 64 lower-case hexadecimal digits
     */
    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(CanonicalJson.of(toJson())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    JsonObject toJson() {
        JsonObject held = new JsonObject();
        held.addProperty("public", value);
        JsonObject key = new JsonObject();
        key.addProperty("keytype", scheme.keyType());
        key.add("keyval", held);
        key.addProperty("scheme", scheme.scheme());
        return key;
    }

    /**
     * Verifies a signature.
     *
     * @param message what is said to be signed
     * @param signature any bytes
     * @return whether it is this key's signature of the message
     */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(scheme.algorithm());
            verifier.initVerify(decoded(scheme, encoded(scheme, value)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // The JDK throws for what has not even the form of a signature.
            return false;
        }
    }

    /**
     * Returns the key as OpenSSL reads it.
     *
     * @return a PEM text with the label {@code PUBLIC KEY}
     */
    public String toPem() {
        return Pem.write(LABEL, encoded(scheme, value));
    }

    /** Returns its scheme and the beginning of its id. */
    @Override
    public String toString() {
        return scheme.scheme() + " " + id().substring(0, 16);
    }
}
