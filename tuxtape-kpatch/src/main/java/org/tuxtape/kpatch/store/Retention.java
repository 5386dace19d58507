package org.tuxtape.kpatch.store;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tuxtape.core.livepatch.BuildKey;

/**
 * What a store keeps when it is pruned. An artefact goes if it is older than allowed, and the oldest go for as long as
 * all that is left takes more room than allowed; those that are named stay in any case.
 *
 * @param age how old an artefact may become; empty for any age
 * @param bytes how much room all may take together; empty for any
 * @param keys those that stay
 * @since 0.1
 */
public record Retention(Optional<Duration> age, OptionalLong bytes, Set<BuildKey> keys) {

    /** Copies the set, and rejects an age or a room below zero. */
    public Retention {
        Objects.requireNonNull(bytes, "bytes");
        keys = Set.copyOf(keys);
        if (age.filter(Duration::isNegative).isPresent() || bytes.orElse(0) < 0) {
            throw new IllegalArgumentException("Nothing can be kept below zero.");
        }
    }

    /**
     * Keeps everything that is sound.
     *
     * @return a retention without limits
     */
    public static Retention all() {
        return new Retention(Optional.empty(), OptionalLong.empty(), Set.of());
    }

    /**
     * Limits the age.
     *
     * @param limit how old an artefact may become
     * @return a retention that differs in it
     */
    public Retention upTo(Duration limit) {
        return new Retention(Optional.of(limit), bytes, keys);
    }

    /**
     * Limits the room.
     *
     * @param limit in bytes
     * @return a retention that differs in it
     */
    public Retention within(long limit) {
        return new Retention(age, OptionalLong.of(limit), keys);
    }

    /**
     * Names what stays.
     *
     * @param kept keys of any number of artefacts, in the store or not
     * @return a retention that differs in it
     */
    public Retention keeping(Set<BuildKey> kept) {
        return new Retention(age, bytes, kept);
    }
}
