package org.tuxtape.archive;

import java.time.Duration;
import org.tuxtape.core.livepatch.ModuleFile;

/**
 * What a client takes from an archive that it does not trust.
 *
 * @param metadataBytes the largest list of files or snapshot, in bytes; roots and timestamps are at most 99 KiB
 * @param moduleBytes the largest module, in bytes
 * @param answer how long the first byte of an answer may take
 * @param slowest the fewest bytes a second that a whole file may come with, after {@code answer} has been added once
 * @since 0.1
 */
public record ClientLimits(int metadataBytes, int moduleBytes, Duration answer, int slowest) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Rejects what is below one, or an hour and more of waiting. */
    public ClientLimits {
        if (metadataBytes < 1 || moduleBytes < 1 || slowest < 1) {
            throw new IllegalArgumentException("A limit is at least 1.");
        }
        if (answer.isNegative() || answer.isZero() || answer.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Not how long an answer may take: " + answer + ".");
        }
    }

    /**
     * Returns limits that suit nodes: 16 MiB of metadata, which are some 15,000 patches; modules as large as a store
     * of artefacts takes them, {@link ModuleFile#LARGEST}; 30 seconds for an answer, and 4 KiB a second.
     *
     * @return the limits
     */
    public static ClientLimits standard() {
        return new ClientLimits(16 << 20, ModuleFile.LARGEST, Duration.ofSeconds(30), 4096);
    }
}
