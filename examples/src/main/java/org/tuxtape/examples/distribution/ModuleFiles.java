package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tuxtape.archive.Submission;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.examples.Unusable;

/** A module with what is said of it in files beside it, as a store and an archive keep it. */
final class ModuleFiles {
    private static final int MOST_BYTES = 1 << 20;

    private ModuleFiles() {}

    /** A module that nobody has reviewed is submitted too, and refused with the reason. */
    static Submission submission(Path file, KernelIdentity kernel) {
        Path reviews = Reviews.beside(file);
        try {
            return new Submission(
                    new LivepatchModule(file, Manifest.parse(text(Manifest.beside(file)))),
                    Files.exists(reviews) ? Reviews.parse(text(reviews)) : Reviews.none(),
                    kernel);
        } catch (IOException e) {
            throw new Unusable("What lies beside " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Unusable("What lies beside " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
