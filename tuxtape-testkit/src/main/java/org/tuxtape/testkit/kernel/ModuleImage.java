package org.tuxtape.testkit.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.testkit.sample.ElfModule;

/** The file of a module that fits its manifest. */
final class ModuleImage {
    private ModuleImage() {}

    static byte[] of(Manifest manifest) {
        ElfModule image = ElfModule.livepatch(manifest.name().text()).tag("vermagic", manifest.vermagic());
        manifest.functions()
                .forEach(function -> image.kpatch(function.object().moduleName(), function.name(), function.sympos()));
        return image.bytes();
    }

    /** Returns the manifest with the digest of a file. */
    static Manifest describing(byte[] image, Manifest manifest) {
        return new Manifest(
                manifest.name(),
                sha256(image),
                manifest.release(),
                manifest.vermagic(),
                manifest.builder(),
                manifest.key(),
                manifest.replacement(),
                manifest.fixes(),
                manifest.functions());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
