package org.tuxtape.core;

import java.util.OptionalLong;

/**
 * What a long call reports while it works. Who reports anything keeps this rule:
 *
 * <ul>
 *   <li><b>EV-1</b> The events of a task MUST follow the grammar {@code Started ( Advanced | Noted | Logged )* Ended}. A task whose
 *       call throws ends too, with {@link End#FAILED} or {@link End#CANCELLED}.
 * </ul>
 *
 * <p>Tasks of one call may nest or run side by side; they are told apart by their name, which may be used again once its
 * task has ended. Whoever does the same thing twice at once gives each call a listener of its own.
 *
 * @since 0.1
 */
public sealed interface Event {

    /**
     * Names the task.
     *
     * @return what is being done, for example {@code read linux-cve-announce.mbox}
     */
    String task();

    /**
     * The task begins.
     *
     * @param task its name
     * @param total how much there is to do, in {@code unit}; empty if not known beforehand
     * @param unit what is counted, in the plural, for example {@code bytes} or {@code files}
     */
    record Started(String task, OptionalLong total, String unit) implements Event {}

    /**
     * Part of the task is done.
     *
     * @param task its name
     * @param done how much is done since it started, in the unit of {@link Started}; never falls
     */
    record Advanced(String task, long done) implements Event {}

    /**
     * Something worth telling that does not stop the task.
     *
     * @param task its name
     * @param message one sentence
     */
    record Noted(String task, String message) implements Event {}

    /**
     * A tool that the task runs has written a line.
     *
     * @param task its name
     * @param line the line without its end; shortened if it is very long
     */
    record Logged(String task, String line) implements Event {}

    /**
     * The task is over; no event of it follows.
     *
     * @param task its name
     * @param end how it ended
     */
    record Ended(String task, End end) implements Event {}

    /** How a task ended. */
    enum End {
        /** It did all that it had to do. */
        COMPLETED,
        /** Its caller asked it to stop, or closed it before the end. */
        CANCELLED,
        /** It threw. */
        FAILED
    }
}
