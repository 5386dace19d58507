package org.tuxtape.mail.internal.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.internal.mime.HeaderFields;

/**
 * Verifies the signatures of a mail.
 *
 * @param ed25519 the trusted keys of one kind
 * @param openPgp those of the other
 */
public record Verifier(Ed25519Keys ed25519, OpenPgpKeys openPgp) {
    private static final int MOST_SIGNATURES = 8;

    /** Tells who signed a mail: a signature that holds counts, whatever the others do. */
    public Authenticity verify(byte[] mail) {
        HeaderFields header = HeaderFields.of(new ByteRange(mail, 0, mail.length));
        List<String> fields = header.raw(SignatureField.NAME);
        if (fields.isEmpty()) {
            return Authenticity.UNSIGNED;
        }
        if (fields.size() > MOST_SIGNATURES) {
            return new Authenticity.Invalid("It has more than " + MOST_SIGNATURES + " signatures.");
        }
        try {
            SignedText text = SignedText.of(header);
            List<Authenticity> each =
                    fields.stream().map(field -> verify(field, text)).toList();
            return first(each, Authenticity.Valid.class)
                    .or(() -> first(each, Authenticity.Invalid.class))
                    .orElse(each.get(0));
        } catch (SignatureException e) {
            return new Authenticity.Invalid(e.reason());
        }
    }

    private static Optional<Authenticity> first(List<Authenticity> each, Class<? extends Authenticity> kind) {
        return each.stream().filter(kind::isInstance).findFirst();
    }

    private Authenticity verify(String field, SignedText text) {
        try {
            return verify(SignatureField.parse(field), text);
        } catch (SignatureException e) {
            return new Authenticity.Invalid(e.reason());
        }
    }

    private Authenticity verify(SignatureField field, SignedText text) throws SignatureException {
        if (!field.required("v").equals("1")) {
            throw new SignatureException("Its signature is of an unknown version.");
        }
        String bodyHash = Base64.getEncoder().encodeToString(sha256().digest(text.body()));
        if (!field.required("bh").equals(bodyHash)) {
            throw new SignatureException("Its text is not the one that was signed.");
        }
        String identity = field.tag("i").orElse(text.address());
        byte[] digest = digest(field, text);
        return switch (field.required("a")) {
            case "ed25519-sha256" -> ed25519.verify(field, identity, digest);
            case "openpgp-sha256" -> openPgp.verify(field, identity, digest);
            // Nobody here has such a key, so nobody can tell.
            case "openssh-sha256" -> new Authenticity.KeyUnknown("OpenSSH key of " + identity);
            default -> throw new SignatureException("Its signature is of an unknown kind.");
        };
    }

    private static byte[] digest(SignatureField field, SignedText text) throws SignatureException {
        MessageDigest digest = sha256();
        Set<String> met = new HashSet<>();
        for (String name : field.signedFields()) {
            if (met.add(name)) {
                digest.update(text.field(name));
            }
        }
        digest.update((SignatureField.NAME + ':' + field.signedPart()).getBytes(StandardCharsets.ISO_8859_1));
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
