package org.tuxtape.core.livepatch;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A livepatch that was built and can be loaded.
 *
 * @param file the {@code .ko}
 * @param manifest what it is
 * @since 0.1
 */
public record LivepatchModule(Path file, Manifest manifest) {

    /** Rejects {@code null}. */
    public LivepatchModule {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(manifest, "manifest");
    }
}
