package org.tuxtape.kpatch.store;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An entry of a store that is not what it should be. It is never handed out, and putting the same build in again replaces
 * it.
 *
 * @param path the entry
 * @param why what is wrong, one sentence
 * @since 0.1
 */
public record Damage(Path path, String why) {

    /** Rejects {@code null}. */
    public Damage {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(why, "why");
    }
}
