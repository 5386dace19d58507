package org.tuxtape.kpatch.internal.run;

import java.util.List;
import java.util.Objects;

/** How a run ended. But for {@link Stuck}, no process of it is alive any more. */
public sealed interface ToolExit {

    /**
     * The tool ended by itself.
     *
     * @param code its exit status; a shell or wrapper that finds no program says 127, or 126 if it may not run it
     */
    record Exited(int code) implements ToolExit {}

    /**
     * The tool was ended by a signal that was not ours, or says so of a process of its own as shells do, with a status
     * of 128 and the signal.
     *
     * @param signal its number, from 1; 9 is also what the kernel sends when memory is short, 11 a crash
     */
    record Signalled(int signal) implements ToolExit {}

    /** The time was up. */
    record TimedOut() implements ToolExit {}

    /** The caller asked to stop, with its token or by an interrupt; the thread then still is interrupted. */
    record Cancelled() implements ToolExit {}

    /**
     * Nothing was run.
     *
     * @param reason what the system says, with the name of the program
     */
    record NotStarted(String reason) implements ToolExit {
        /** Rejects {@code null}. */
        public NotStarted {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Not everything could be ended, for example since the kernel itself waits in it. What the tool works on may still
     * be written to.
     *
     * @param processes the ids of those that are alive, at least one
     */
    record Stuck(List<Long> processes) implements ToolExit {
        /** Copies the list. */
        public Stuck {
            processes = List.copyOf(processes);
        }
    }

    /**
     * Reads a status as the system gives it to a parent that asks for one number.
     *
     * @param status 0 to 255
     * @return signalled if the number can only come from a signal
     */
    static ToolExit ofStatus(int status) {
        int signal = status - 128;
        return signal >= 1 && signal <= 64 ? new Signalled(signal) : new Exited(status);
    }
}
