package org.tuxtape.mail.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.mail.internal.signature.Ed25519Keys;
import org.tuxtape.mail.internal.signature.OpenPgpKeys;
import org.tuxtape.mail.internal.signature.Verifier;

/**
 * Keys that a caller trusts, and what they say of a mail that carries a signature by patatt
 * ({@code X-Developer-Signature}), as the kernel CNA's mails do since 2024.
 *
 * <p>Every key counts alike: so a ring for announcements holds those who may announce, and nobody else. A key of OpenPGP
 * must have been valid for signing when the signature was made: what its certificate says of expiry and revocation counts.
 * Signatures with a key of OpenSSH are not verified; their key is unknown to every ring.
 *
 * <p>What is signed are author, subject, the text and mostly the Message-ID, but neither the date nor other fields. Two
 * mails are told apart by it, one that is delivered again is not.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @see <a href="https://git.kernel.org/pub/scm/utils/patatt/patatt.git">patatt</a>
 * @since 0.1
 */
public final class KeyRing {
    private static final KeyRing EMPTY =
            new KeyRing(new Verifier(new Ed25519Keys(List.of()), new OpenPgpKeys(List.of())));
    private static final int LARGEST_FILE = 1 << 24;
    private static final int MOST_FILES = 10_000;

    private final Verifier verifier;

    private KeyRing(Verifier verifier) {
        this.verifier = verifier;
    }

    /**
     * Returns the ring without keys: every signature is by an unknown key, or invalid.
     *
     * @return an empty ring
     */
    public static KeyRing empty() {
        return EMPTY;
    }

    /**
     * Reads a file of OpenPGP certificates, armoured or not, or a directory as patatt keeps its keys in:
     * {@code ed25519} or {@code openpgp}, domain, local part, selector.
     *
     * @param path the file or directory
     * @return its keys
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if a file of it holds no key
     */
    public static KeyRing read(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return added(EMPTY, path, "openpgp", "");
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(path, 4)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> path.relativize(file).getNameCount() == 4)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        }
        KeyRing ring = EMPTY;
        for (Path file : files) {
            Path relative = path.relativize(file);
            ring = added(ring, file, relative.getName(0).toString(), relative.getName(2) + "@" + relative.getName(1));
        }
        return ring;
    }

    private static KeyRing added(KeyRing ring, Path file, String kind, String identity) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException(file + " is larger than any file of keys.");
        }
        try {
            byte[] content = Files.readAllBytes(file);
            return switch (kind) {
                case "openpgp" -> ring.withOpenPgp(content);
                case "ed25519" -> ring.withEd25519(identity, new String(content, StandardCharsets.ISO_8859_1).strip());
                default -> ring;
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds no key that can be read: " + e.getMessage(), e);
        }
    }

    /**
     * Adds certificates of OpenPGP.
     *
     * @param certificates one or more, armoured or not
     * @return a ring that has them too
     * @throws IllegalArgumentException if there is none
     */
    public KeyRing withOpenPgp(byte[] certificates) {
        return new KeyRing(new Verifier(verifier.ed25519(), verifier.openPgp().with(certificates)));
    }

    /**
     * Adds a key of Ed25519.
     *
     * @param identity the mail address that it belongs to; case does not matter
     * @param key the public key of 32 bytes in base64, as patatt writes it
     * @return a ring that has it too
     * @throws IllegalArgumentException if it is no such key
     */
    public KeyRing withEd25519(String identity, String key) {
        Ed25519Keys.Key added =
                new Ed25519Keys.Key(identity, Base64.getDecoder().decode(key));
        return new KeyRing(new Verifier(verifier.ed25519().with(added), verifier.openPgp()));
    }

    /**
     * Tells who signed a mail.
     *
     * @param mail the mail as it was delivered, from its first field on
     * @return valid, invalid, unsigned or of an unknown key; never unchecked
     */
    public Authenticity verify(byte[] mail) {
        return verifier.verify(mail);
    }

    /**
     * Counts the keys.
     *
     * @return how many there are; a certificate with several keys counts once
     */
    public int size() {
        return verifier.ed25519().keys().size()
                + verifier.openPgp().certificates().size();
    }

    @Override
    public String toString() {
        return size() + " keys";
    }
}
