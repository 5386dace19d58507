package org.tuxtape.archive;

import java.time.Duration;

/**
 * For how long what is signed now may be trusted. The shortest one decides how often the archive has to be
 * {@linkplain PatchArchive#refresh refreshed}, and how long a node can be kept from learning that there is something new.
 *
 * @param targets of the list of files
 * @param snapshot of the snapshot
 * @param timestamp of the timestamp, the shortest one as a rule
 * @since 0.1
 */
public record Validity(Duration targets, Duration snapshot, Duration timestamp) {
    private static final Duration LONGEST = Duration.ofDays(3660);

    /** Rejects what is not between one second and ten years. */
    public Validity {
        for (Duration duration : new Duration[] {targets, snapshot, timestamp}) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("Not how long something may be trusted: " + duration + ".");
            }
        }
    }

    /**
     * Returns what suits an archive that is refreshed once a day: a node that is fed an old state notices after three
     * days at most, and a weekend without anybody does not stop the fleet. The others are only as long as a disk or a
     * person may be away, since a refresh signs the timestamp alone.
     *
     * @return 90 days for targets, 30 for the snapshot, 3 for the timestamp
     */
    public static Validity standard() {
        return new Validity(Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(3));
    }
}
