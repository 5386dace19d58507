package org.tuxtape.livepatch.sysfs.trial;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;

/**
 * A livepatch that a {@link PatchStore} keeps, as it was when it was read. It is known by the digest of its module: the
 * same name with other content is another patch.
 *
 * @param manifest what it is
 * @param file the store's own copy of the {@code .ko}
 * @param state how far it has come
 * @param since when it came to that state
 * @param by who brought it there, one line
 * @param why the reason, one line
 * @param marked whether it bears a load marker of this boot: it was or is being loaded, and the machine going down now
 *     would be held against it
 * @since 0.1
 */
public record StoredPatch(
        Manifest manifest, Path file, PatchState state, Instant since, String by, String why, boolean marked) {

    /** Rejects {@code null}. */
    public StoredPatch {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(why, "why");
    }

    /**
     * Returns what a controller loads.
     *
     * @return the store's copy and its manifest
     */
    public LivepatchModule module() {
        return new LivepatchModule(file, manifest);
    }

    /** Returns one line for people. */
    @Override
    public String toString() {
        return manifest.name() + " (" + manifest.sha256().substring(0, 12) + ") is " + state + " since " + since
                + " by " + by + ": " + why;
    }
}
