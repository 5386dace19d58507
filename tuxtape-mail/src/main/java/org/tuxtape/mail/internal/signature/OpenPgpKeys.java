package org.tuxtape.mail.internal.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.tuxtape.core.cve.Authenticity;

/**
 * Certificates of OpenPGP.
 *
 * @param certificates in any order
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9580">RFC 9580</a>
 */
public record OpenPgpKeys(List<OpenPGPCertificate> certificates) implements Keys {
    /** A message in a message in a message is none that patatt makes. */
    private static final int DEEPEST = 2;

    private static final Set<Integer> STRONG = Set.of(
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    /** Copies the list. */
    public OpenPgpKeys {
        certificates = List.copyOf(certificates);
    }

    /** These certificates and those in a text or in bytes. */
    public OpenPgpKeys with(byte[] encoded) {
        try {
            List<OpenPGPCertificate> read = new OpenPGPKeyReader().parseCertificates(encoded);
            if (read.isEmpty()) {
                throw new IllegalArgumentException("This holds no certificate of OpenPGP.");
            }
            return new OpenPgpKeys(
                    Stream.concat(certificates.stream(), read.stream()).toList());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("This is no certificate of OpenPGP.", e);
        }
    }

    @Override
    public Authenticity verify(SignatureField field, String identity, byte[] digest) throws SignatureException {
        PGPSignature signature = read(field.signature().bytes(), digest);
        for (KeyIdentifier keyId : signature.getKeyIdentifiers()) {
            Optional<Owned> found = find(keyId);
            if (found.isPresent()) {
                check(signature, found.get(), digest);
                return new Authenticity.Valid(found.get().fingerprint());
            }
        }
        return new Authenticity.KeyUnknown("OpenPGP key "
                + signature.getKeyIdentifiers().stream()
                        .map(keyId -> HexFormat.of().withUpperCase().toHexDigits(keyId.getKeyId()))
                        .findFirst()
                        .orElse("without a name"));
    }

    /** A key and the certificate that it belongs to. */
    private record Owned(OpenPGPCertificate certificate, OpenPGPComponentKey key) {
        String fingerprint() {
            return HexFormat.of().formatHex(certificate.getFingerprint()).toUpperCase(Locale.ROOT);
        }
    }

    private Optional<Owned> find(KeyIdentifier keyId) {
        for (OpenPGPCertificate certificate : certificates) {
            OpenPGPComponentKey key = certificate.getKey(keyId);
            if (key != null) {
                return Optional.of(new Owned(certificate, key));
            }
        }
        return Optional.empty();
    }

    private static void check(PGPSignature signature, Owned owned, byte[] digest) throws SignatureException {
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            throw new SignatureException("Its signature is of a kind that signs no mail.");
        }
        if (!STRONG.contains(signature.getHashAlgorithm())) {
            throw new SignatureException("Its signature rests on a hash that is broken.");
        }
        Date made = signature.getCreationTime();
        if (!owned.key().isBoundAt(made) || !owned.key().isSigningKey(made)) {
            throw new SignatureException(
                    "Its key " + owned.fingerprint() + " was revoked, expired or not meant for signing.");
        }
        try {
            signature.init(
                    new BcPGPContentVerifierBuilderProvider(), owned.key().getPGPPublicKey());
            signature.update(digest);
            if (!signature.verify()) {
                throw new SignatureException("Its signature was not made by the key that it names.");
            }
        } catch (PGPException | RuntimeException e) {
            throw new SignatureException("Its signature cannot be verified: " + e.getMessage() + ".");
        }
    }

    /** Takes a message of OpenPGP apart, which signs a digest if all is well. */
    private static PGPSignature read(byte[] message, byte[] digest) throws SignatureException {
        try {
            PGPObjectFactory objects = new BcPGPObjectFactory(new ByteArrayInputStream(message));
            byte[] content = {};
            int depth = 0;
            for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
                if (object instanceof PGPCompressedData compressed && depth++ < DEEPEST) {
                    objects = new BcPGPObjectFactory(compressed.getDataStream());
                } else if (object instanceof PGPLiteralData literal) {
                    // A longer one is none of ours, whatever it expands to.
                    content = literal.getInputStream().readNBytes(digest.length + 1);
                } else if (object instanceof PGPSignatureList signatures && signatures.size() == 1) {
                    if (!Arrays.equals(content, digest)) {
                        throw new SignatureException("A signed field is not the one that was signed.");
                    }
                    return signatures.get(0);
                }
            }
        } catch (IOException | PGPException | RuntimeException e) {
            throw new SignatureException("Its signature is no message of OpenPGP.");
        }
        throw new SignatureException("Its signature is no signed message of OpenPGP.");
    }
}
