package org.tuxtape.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.livepatch.BlockingTask.Kind;

/**
 * A task of a simulated kernel.
 *
 * @param pid its process, above zero
 * @param tid its thread; the same as {@code pid} for the first of a process
 * @param name its name, as {@code comm} has it
 * @param kind whose thread it is
 * @param state its state as {@code /proc/PID/stat} has it
 * @param stack the functions that it is in, the innermost first; {@code f [m]} for a function of a module
 * @param sleepsOn the function that keeps it from switching over in transitions that change it; empty if any transition
 *     finds it unable to switch, as a task with an unreliable stack is
 * @since 0.1
 */
public record SimulatedTask(
        int pid, int tid, String name, Kind kind, char state, List<String> stack, Optional<String> sleepsOn) {

    /** Copies the stack, and rejects numbers that no task has. */
    public SimulatedTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sleepsOn, "sleepsOn");
        stack = List.copyOf(stack);
        if (pid < 1 || tid < 1) {
            throw new IllegalArgumentException("Tasks are numbered from 1.");
        }
    }

    /**
     * Returns a program that waits for something outside of the kernel.
     *
     * @param pid its process
     * @param name its name
     * @return the first thread of the process
     */
    public static SimulatedTask user(int pid, String name) {
        List<String> stack = List.of("do_poll", "do_sys_poll", "__x64_sys_poll", "do_syscall_64");
        return new SimulatedTask(pid, pid, name, Kind.USER, 'S', stack, Optional.empty());
    }

    /**
     * Returns a kernel thread that waits for work.
     *
     * @param pid its number
     * @param name its name
     * @return the thread
     */
    public static SimulatedTask kernelThread(int pid, String name) {
        List<String> stack = List.of("schedule", "kthread", "ret_from_fork");
        return new SimulatedTask(pid, pid, name, Kind.KERNEL_THREAD, 'S', stack, Optional.empty());
    }

    /**
     * Returns another thread of the same process.
     *
     * @param otherTid its number
     * @return a task that differs in it
     */
    public SimulatedTask thread(int otherTid) {
        return new SimulatedTask(pid, otherTid, name, kind, state, stack, sleepsOn);
    }

    /**
     * Returns the task inside a function, where it sleeps.
     *
     * @param function the function's name
     * @return a task that differs in its stack
     */
    public SimulatedTask sleepingOn(String function) {
        List<String> inside = new ArrayList<>(List.of("schedule_timeout", function));
        inside.addAll(stack);
        return new SimulatedTask(pid, tid, name, kind, state, inside, Optional.of(function));
    }
}
