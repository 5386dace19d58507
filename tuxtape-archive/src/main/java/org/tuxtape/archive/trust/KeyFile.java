package org.tuxtape.archive.trust;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.disk.Disk;

/**
 * A private key in a file: PEM with the label {@code PRIVATE KEY} (PKCS&nbsp;#8, RFC 5958), not encrypted, as
 * {@code openssl genpkey} writes it. Whoever can read the file can sign. May be used by several threads.
 *
 * @since 0.1
 */
public final class KeyFile implements Signer {
    private static final String LABEL = "PRIVATE KEY";
    private static final int LARGEST = 16 * 1024;
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ArchiveKey key;
    private final PrivateKey privateKey;

    private KeyFile(ArchiveKey key, PrivateKey privateKey) {
        this.key = key;
        this.privateKey = privateKey;
    }

    /**
     * Makes a new key and writes it to a file that only its owner may read.
     *
     * @param file the file, which must not be there
     * @param scheme how it shall sign
     * @return the key
     * @throws ArchiveException if the file is there, or cannot be written
     */
    public static KeyFile generate(Path file, KeyScheme scheme) {
        KeyPair pair = generate(scheme);
        try {
            write(file, Pem.write(LABEL, pair.getPrivate().getEncoded()));
        } catch (FileAlreadyExistsException e) {
            throw new ArchiveException(Fault.NOT_PERMITTED, file.toString(), file + " is there already.", e);
        } catch (IOException e) {
            throw new ArchiveException(Fault.IO, file.toString(), file + " cannot be written: " + e + ".", e);
        }
        return new KeyFile(ArchiveKey.of(pair.getPublic()), pair.getPrivate());
    }

    /** A key that others know by its public half already must not be lost, nor half of one be in the way. */
    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), OWNERS_ALONE)) {
            ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        Disk.REAL.sync(file.toAbsolutePath().getParent());
    }

    private static KeyPair generate(KeyScheme scheme) {
        try {
            if (scheme == KeyScheme.ED25519) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make keys for " + scheme.scheme() + ".", e);
        }
    }

    /**
     * Reads a key.
     *
     * @param file the file
     * @return the key
     * @throws ArchiveException if the file cannot be read, or holds no such key
     */
    public static KeyFile read(Path file) {
        String text = text(file);
        try {
            byte[] encoded = Pem.read(LABEL, text);
            ArchiveKey key = publicHalf(PrivateKeyFactory.createKey(encoded));
            String family = key.scheme() == KeyScheme.ED25519 ? "Ed25519" : "EC";
            return new KeyFile(key, KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            String message = file + " holds no unencrypted private key for Ed25519 or P-256: " + e.getMessage();
            throw new ArchiveException(Fault.MALFORMED, file.toString(), message, e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            throw new ArchiveException(Fault.MISSING, file.toString(), file + " does not exist.", e);
        } catch (AccessDeniedException e) {
            throw new ArchiveException(Fault.NOT_PERMITTED, file.toString(), file + " may not be read.", e);
        } catch (IOException e) {
            throw new ArchiveException(Fault.IO, file.toString(), file + " cannot be read: " + e + ".", e);
        }
    }

    /** The JDK makes no public key of a private one. */
    private static ArchiveKey publicHalf(AsymmetricKeyParameter key) {
        if (key instanceof Ed25519PrivateKeyParameters edwards) {
            return ArchiveKey.ofEd25519(edwards.generatePublicKey().getEncoded());
        }
        if (key instanceof ECPrivateKeyParameters curve) {
            return ArchiveKey.ofP256(new FixedPointCombMultiplier()
                    .multiply(curve.getParameters().getG(), curve.getD())
                    .normalize()
                    .getEncoded(false));
        }
        throw new IllegalArgumentException("It is a key of another kind.");
    }

    @Override
    public ArchiveKey key() {
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(key.scheme().algorithm());
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with " + key + ".", e);
        }
    }
}
