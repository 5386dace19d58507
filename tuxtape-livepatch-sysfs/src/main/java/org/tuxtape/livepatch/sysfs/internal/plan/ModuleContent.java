package org.tuxtape.livepatch.sysfs.internal.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.livepatch.sysfs.internal.kernel.Errno;
import org.tuxtape.livepatch.sysfs.loading.ModuleFileException;

/** The bytes of a module's file. */
public final class ModuleContent {
    private ModuleContent() {}

    /**
     * Reads a file.
     *
     * @param ko the file
     * @return its bytes, at most {@link ModuleFile#LARGEST}
     * @throws ModuleFileException if it cannot be read, is no regular file, or is larger
     */
    public static byte[] read(Path ko) {
        // A pipe would be waited for. What is not there is met when it is opened.
        if (Files.exists(ko) && !Files.isRegularFile(ko) && !Files.isDirectory(ko)) {
            throw new ModuleFileException(ko, "EINVAL", ko + " is no regular file.");
        }
        try (InputStream stream = Files.newInputStream(ko)) {
            byte[] content = stream.readNBytes(ModuleFile.LARGEST + 1);
            if (content.length > ModuleFile.LARGEST) {
                throw new ModuleFileException(
                        ko,
                        "EFBIG",
                        ko + " is larger than " + (ModuleFile.LARGEST >> 20)
                                + " MiB. Most of it may be debug information, which no kernel reads.");
            }
            return content;
        } catch (IOException e) {
            String errno = Errno.of(e).map(Errno::name).orElse("EIO");
            throw new ModuleFileException(ko, errno, ko + " cannot be read: " + reason(e) + ".", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "this process may not" : String.valueOf(e.getMessage());
    }

    /**
     * Computes the digest that a manifest has.
     *
     * @param content a module's bytes
     * @return 64 lower-case hexadecimal digits
     */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
