package org.tuxtape.core.livepatch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A task that has not switched over and so keeps a transition from ending.
 *
 * @param pid its process
 * @param tid its thread
 * @param name its name, as {@code comm} has it
 * @param kind whose thread it is
 * @param state its state as {@code /proc/PID/stat} has it, for example {@code S} for asleep; {@code ?} if it cannot be
 *     read
 * @param stack the functions that it is in, the innermost first; empty if the stack may not be read
 * @param sleepsOn the function of the livepatch that is on its stack, which is why it waits; empty if not known
 * @since 0.1
 */
public record BlockingTask(
        int pid, int tid, String name, Kind kind, char state, List<String> stack, Optional<String> sleepsOn) {

    /** Whose thread a task is. */
    public enum Kind {
        /** The kernel's own: it is woken, and gets no signals. */
        KERNEL_THREAD,
        /** Of a program: the kernel sends it a fake signal, which may end a system call early. */
        USER,
        /** Not to be told. */
        UNKNOWN
    }

    /** Copies the stack, and rejects {@code null}. */
    public BlockingTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sleepsOn, "sleepsOn");
        stack = List.copyOf(stack);
    }

    /**
     * Says in a few words who waits and why.
     *
     * @return for example {@code nfsd (311, kernel thread, S) sleeps on nfsd_dispatch}
     */
    public String describe() {
        String who = name + " (" + tid + ", "
                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ", " + state + ")";
        if (sleepsOn.isPresent()) {
            return who + " sleeps on " + sleepsOn.get();
        }
        return stack.isEmpty() ? who : who + " is in " + stack.get(0);
    }
}
