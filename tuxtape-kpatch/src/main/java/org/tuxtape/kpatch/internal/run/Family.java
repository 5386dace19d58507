package org.tuxtape.kpatch.internal.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a run: those that carry its marker, wherever they went, and those that descend from its tool, whatever
 * they did to their environment.
 */
final class Family {
    /** A shell that was asked to end first takes back what it did; kpatch-build un-applies its patches. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration STRUGGLE = Duration.ofMillis(1500);

    private static final int MOST_LOOKS = 10;

    private final ProcessTable table;
    private final ProcessMarker marker;
    private final @Nullable Process tool;
    /** By id; kept, since who has left the tree and has no marker is only known from before. */
    private final Map<Long, OsProcess> known = new HashMap<>();

    /** Whether a process showed no environment at the last look, perhaps since it was becoming another program. */
    private boolean undecided;

    private Family(ProcessTable table, ProcessMarker marker, @Nullable Process tool) {
        this.table = table;
        this.marker = marker;
        this.tool = tool;
    }

    static Family of(ProcessMarker marker) {
        return new Family(new ProcessTable(Path.of("/proc")), marker, null);
    }

    static Family of(ProcessMarker marker, Process tool) {
        return new Family(new ProcessTable(Path.of("/proc")), marker, tool);
    }

    /** Looks who is alive now. */
    private List<OsProcess> living() {
        undecided = false;
        List<OsProcess> all = table.processes();
        Set<Long> inside = new HashSet<>();
        Optional.ofNullable(tool).filter(Process::isAlive).ifPresent(alive -> inside.add(alive.pid()));
        all.stream().filter(this::belongs).forEach(process -> inside.add(process.pid()));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (OsProcess process : all) {
                grows |= inside.contains(process.parent()) && inside.add(process.pid());
            }
        }
        List<OsProcess> living =
                all.stream().filter(process -> inside.contains(process.pid())).toList();
        living.forEach(process -> known.put(process.pid(), process));
        return living;
    }

    private boolean belongs(OsProcess process) {
        OsProcess before = known.get(process.pid());
        if (before != null && before.is(process)) {
            return true;
        }
        Optional<String> environment = process.isKernelThread() ? Optional.empty() : table.environment(process);
        undecided |= environment.filter(String::isEmpty).isPresent();
        return environment.filter(marker::isIn).isPresent();
    }

    /** Looks until somebody is found or two looks found nobody, and saw all there was to see. */
    List<OsProcess> settled(Runnable nap) {
        List<OsProcess> living = living();
        for (int looks = 1, empty = 0; living.isEmpty() && looks < MOST_LOOKS; looks++) {
            empty = undecided ? 0 : empty + 1;
            if (empty == 2) {
                break;
            }
            nap.run();
            living = living();
        }
        return living;
    }

    /**
     * Ends all: TERM, a time of grace in which they may start others that clean up, then KILL until none is left.
     *
     * @param nap how the caller waits a moment
     * @return who is still alive after that
     */
    List<OsProcess> end(Runnable nap) {
        List<OsProcess> living = settled(nap);
        living.forEach(process -> signal(process, ProcessHandle::destroy));
        long grace = System.nanoTime() + GRACE.toNanos();
        while (!living.isEmpty() && System.nanoTime() - grace < 0) {
            nap.run();
            living = settled(nap);
        }
        long end = System.nanoTime() + STRUGGLE.toNanos();
        while (!living.isEmpty() && System.nanoTime() - end < 0) {
            living.forEach(process -> signal(process, ProcessHandle::destroyForcibly));
            nap.run();
            living = settled(nap);
        }
        return living;
    }

    private void signal(OsProcess process, Consumer<ProcessHandle> how) {
        ProcessHandle.of(process.pid()).filter(handle -> table.isAlive(process)).ifPresent(how);
    }
}
