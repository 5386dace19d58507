package org.tuxtape.core.pipeline;

/**
 * Some of several.
 *
 * @param passed how many passed; zero or more
 * @param of of how many; at least as many
 * @since 0.1
 */
public record Share(int passed, int of) {

    /** Rejects what is no share. */
    public Share {
        if (passed < 0 || of < passed) {
            throw new IllegalArgumentException(passed + " of " + of + " is no share.");
        }
    }

    static Share of(boolean isPassed) {
        return new Share(isPassed ? 1 : 0, 1);
    }

    /**
     * Adds another share.
     *
     * @param other the other
     * @return both together
     */
    public Share plus(Share other) {
        return new Share(passed + other.passed, of + other.of);
    }

    /**
     * Returns the share in per cent.
     *
     * @return 0 to 100; 100 of nothing
     */
    public double percent() {
        return of == 0 ? 100 : 100.0 * passed / of;
    }
}
