package org.tuxtape.kpatch.compose;

import java.util.Objects;
import org.tuxtape.core.fix.Fix;

/**
 * A fix that is in a cumulative patch.
 *
 * @param fix the fix
 * @param effect whether it is known to change what runs
 * @since 0.1
 */
public record Included(Fix fix, Effect effect) {

    /** What is known of a fix's own share in a module that holds many. */
    public enum Effect {
        /** The module, or one of this fix without the others, patches a function that the fix touches. */
        SEEN,
        /**
         * Not known: the functions that it touches are not among those patched, which may be since the compiler put them
         * into others; or the source was not given, so it is not known what it touches.
         */
        UNKNOWN,
        /** Built without the others it changes nothing; it is in since others were not seen to build without it. */
        NONE
    }

    /** Rejects {@code null}. */
    public Included {
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(effect, "effect");
    }
}
