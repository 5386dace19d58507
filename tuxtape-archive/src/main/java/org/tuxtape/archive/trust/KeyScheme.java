package org.tuxtape.archive.trust;

/**
 * How keys sign. Later major versions may add some.
 *
 * @since 0.1
 */
public enum KeyScheme {
    /** Ed25519, RFC 8032. */
    ED25519("ed25519", "ed25519", "Ed25519"),
    /** ECDSA on the curve P-256 with SHA-256, the signature in DER: what most security modules and key services have. */
    ECDSA_P256("ecdsa", "ecdsa-sha2-nistp256", "SHA256withECDSA");

    private final String keyType;
    private final String scheme;
    private final String algorithm;

    KeyScheme(String keyType, String scheme, String algorithm) {
        this.keyType = keyType;
        this.scheme = scheme;
        this.algorithm = algorithm;
    }

    /**
     * Returns the {@code keytype} of the metadata.
     *
     * @return {@code ed25519} or {@code ecdsa}
     */
    public String keyType() {
        return keyType;
    }

    /**
     * Returns the {@code scheme} of the metadata.
     *
     * @return {@code ed25519} or {@code ecdsa-sha2-nistp256}
     */
    public String scheme() {
        return scheme;
    }

    /**
     * Returns the name of the signature's algorithm, as {@link java.security.Signature} takes it.
     *
     * @return {@code Ed25519} or {@code SHA256withECDSA}
     */
    public String algorithm() {
        return algorithm;
    }
}
