package org.tuxtape.kpatch.internal.run;

import java.util.Optional;

/**
 * A process that is alive. Ids are used again, so its start belongs to what tells it from others.
 *
 * @param pid its id
 * @param parent the id of its parent, which changes when that ends
 * @param start when it began, in clock ticks after boot
 */
record OsProcess(long pid, long parent, long start) {
    // proc(5), counted from the state, which is the first after the name: parent is the second, start the twentieth.
    private static final int PARENT = 1;
    private static final int START = 19;
    private static final long KERNEL_THREADS = 2;

    /**
     * Reads {@code /proc/PID/stat}.
     *
     * @param stat its only line; the name in parentheses may hold anything
     * @return the process; empty if it has ended and only waits for its parent to notice, or the text is something else
     */
    static Optional<OsProcess> parse(String stat) {
        int name = stat.indexOf(' ');
        int rest = stat.lastIndexOf(')') + 2;
        if (name < 0 || rest < 2 || rest >= stat.length()) {
            return Optional.empty();
        }
        String[] fields = stat.substring(rest).strip().split(" ", -1);
        if (fields.length <= START || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OsProcess(
                    Long.parseLong(stat.substring(0, name)),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[START])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a thread of the kernel, which has no environment and nothing to do with anybody. */
    boolean isKernelThread() {
        return pid == KERNEL_THREADS || parent == KERNEL_THREADS;
    }

    /** Whether it is the same process, whoever its parent is now. */
    boolean is(OsProcess other) {
        return pid == other.pid && start == other.start;
    }
}
