package org.tuxtape.livepatch.sysfs.transition;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionDirection;

/**
 * How far a transition is.
 *
 * @param name the livepatch
 * @param direction where its tasks are going
 * @param elapsed how long it has been watched
 * @param tasks how many tasks there are; empty if they may not be read
 * @param remaining how many of them have not switched over; 0 too if they may not be read
 * @param blocking those that have not switched over, the first 256 of them
 * @param signals how often the kernel has said that it signals the remaining tasks
 * @since 0.1
 */
public record TransitionProgress(
        LivepatchName name,
        TransitionDirection direction,
        Duration elapsed,
        OptionalInt tasks,
        int remaining,
        List<BlockingTask> blocking,
        int signals) {

    /** Copies the list, and rejects counts below zero. */
    public TransitionProgress {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(tasks, "tasks");
        blocking = List.copyOf(blocking);
        if (tasks.orElse(0) < 0 || remaining < 0 || signals < 0) {
            throw new IllegalArgumentException("A count is never below zero.");
        }
    }
}
