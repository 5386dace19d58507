package org.tuxtape.core.livepatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a build tells beside its result.
 *
 * @param tool what built it and why it was chosen, one sentence; empty if nothing came to be run
 * @param phases what the tool did, in order, each with its time; the last one is where a build that failed ended
 * @param remarks what changes the meaning of the result and is no failure, one sentence each
 * @param log the kept log; empty if there is none
 * @since 0.1
 */
public record BuildReport(String tool, List<Phase> phases, List<String> remarks, Optional<Path> log) {

    /** Copies the lists. */
    public BuildReport {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(log, "log");
        phases = List.copyOf(phases);
        remarks = List.copyOf(remarks);
    }

    /**
     * One step of a build.
     *
     * @param name in the tool's own words, for example {@code Building patched source}
     * @param time how long it took
     */
    public record Phase(String name, Duration time) {
        /** Rejects a time below zero. */
        public Phase {
            Objects.requireNonNull(name, "name");
            if (time.isNegative()) {
                throw new IllegalArgumentException("A phase took " + time + ".");
            }
        }
    }

    /**
     * Returns the report of a build that has nothing to tell.
     *
     * @return an empty report
     */
    public static BuildReport none() {
        return new BuildReport("", List.of(), List.of(), Optional.empty());
    }

    /**
     * Returns the phase that the build was in at its end.
     *
     * @return the last phase; empty if it did not begin
     */
    public Optional<Phase> lastPhase() {
        return phases.isEmpty() ? Optional.empty() : Optional.of(phases.get(phases.size() - 1));
    }

    /**
     * Returns how long the build took.
     *
     * @return the sum of its phases
     */
    public Duration time() {
        return phases.stream().map(Phase::time).reduce(Duration.ZERO, Duration::plus);
    }
}
