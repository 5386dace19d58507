package org.tuxtape.feeds;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of a fetch that worked.
 *
 * @since 0.1
 */
public sealed interface FetchOutcome {

    /**
     * The file holds what the server has now.
     *
     * @param bytes how many
     * @param tag the server's name for this state; empty if it gave none, and then the next fetch gets all of it again
     */
    record Fetched(long bytes, Optional<String> tag) implements FetchOutcome {
        /** Rejects {@code null}. */
        public Fetched {
            Objects.requireNonNull(tag, "tag");
        }
    }

    /** The server has nothing newer than the file, which was left as it is. */
    record Unchanged() implements FetchOutcome {}
}
