package org.tuxtape.archive.trust;

import org.tuxtape.archive.trust.ArchiveException.Fault;

/**
 * A private key, wherever it lies: in a {@linkplain KeyFile file}, in a security module, behind the interface of a key
 * service. Callers implement it for theirs.
 *
 * <ul>
 *   <li><b>SI-1</b> {@link #key()} MUST always return the same key.
 *   <li><b>SI-2</b> {@link #sign} MUST return a signature that {@link ArchiveKey#verifies} with that key, in the form of
 *       its {@link KeyScheme}. Each is verified before it is used.
 *   <li><b>SI-3</b> Whatever {@link #sign} throws ends the publication, which leaves the archive as it was.
 * </ul>
 *
 * @since 0.1
 */
public interface Signer {

    /**
     * Returns the public half.
     *
     * @return the key
     */
    ArchiveKey key();

    /**
     * Signs.
     *
     * @param message the bytes, not their digest; a few MiB at most
     * @return the signature: 64 bytes for Ed25519, DER for ECDSA
     */
    byte[] sign(byte[] message);

    /**
     * Signs, and verifies what came out: this is what the library calls.
     *
     * @param message the bytes
     * @return the signature
     * @throws ArchiveException if {@link #sign} throws, or the key does not verify what it gives
     */
    default byte[] verifiedSignature(byte[] message) {
        ArchiveKey key = key();
        byte[] signature;
        try {
            signature = sign(message.clone());
        } catch (RuntimeException e) {
            throw new ArchiveException(Fault.SIGNER, key.id(), "The signer of " + key + " failed: " + e + ".", e);
        }
        if (!key.verifies(message, signature)) {
            throw new ArchiveException(
                    Fault.SIGNER, key.id(), "What the signer of " + key + " has signed is not verified by it.");
        }
        return signature;
    }
}
