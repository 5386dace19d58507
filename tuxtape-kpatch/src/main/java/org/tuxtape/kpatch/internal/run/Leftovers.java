package org.tuxtape.kpatch.internal.run;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Processes that outlived the JVM that started them. They are found by the marker in their environment, so those of other
 * users, of other machines, and of containers that do not pass the environment on are not found.
 */
public final class Leftovers {
    private static final long NAP_MILLIS = 20;

    private Leftovers() {}

    /**
     * Looks for processes.
     *
     * @param marker what they carry
     * @return the ids of those that are alive
     */
    public static List<Long> of(ProcessMarker marker) {
        return undisturbed(nap -> Family.of(marker).settled(nap));
    }

    /**
     * Ends processes: TERM, a time of grace, KILL, in at most 5 seconds. An interrupt does not shorten it.
     *
     * @param marker what they carry
     * @return the ids of those that are alive nevertheless; usually none
     */
    public static List<Long> end(ProcessMarker marker) {
        return undisturbed(nap -> Family.of(marker).end(nap));
    }

    private static List<Long> undisturbed(Function<Runnable, List<OsProcess>> task) {
        boolean[] interrupted = {false};
        Runnable nap = () -> {
            try {
                TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
            } catch (InterruptedException e) {
                interrupted[0] = true;
            }
        };
        try {
            return task.apply(nap).stream().map(OsProcess::pid).toList();
        } finally {
            if (interrupted[0]) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
