package org.tuxtape.core.livepatch;

import java.util.Objects;
import java.util.Optional;

/**
 * A task that has not switched over and so keeps a transition from ending.
 *
 * @param pid its process
 * @param tid its thread
 * @param name its name, as {@code comm} has it
 * @param stackTop the function that it is in; empty if the stack may not be read
 * @since 0.1
 */
public record BlockingTask(int pid, int tid, String name, Optional<String> stackTop) {

    /** Rejects {@code null}. */
    public BlockingTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stackTop, "stackTop");
    }
}
