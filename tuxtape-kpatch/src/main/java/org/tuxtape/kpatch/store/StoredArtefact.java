package org.tuxtape.kpatch.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;

/**
 * What a store keeps of one build.
 *
 * @param key what it was built from
 * @param module the module and its manifest
 * @param log the log of the build; empty if none was put in
 * @param since when it was put in
 * @param bytes how much room it takes, as the sum of its files
 * @since 0.1
 */
public record StoredArtefact(BuildKey key, LivepatchModule module, Optional<Path> log, Instant since, long bytes) {

    /** Rejects {@code null}. */
    public StoredArtefact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(since, "since");
    }
}
