package org.tuxtape.testkit.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.livepatch.BlockingTask.Kind;

/** The tasks, and where each is in the transition. Outside of one, the patch state is -1. */
final class TaskList {
    private static final int IDLE = -1;

    private static final class Task {
        private SimulatedTask shape;
        private boolean stalled;
        private int state = IDLE;
        private @Nullable Instant switchesAt;

        Task(SimulatedTask shape) {
            this.shape = shape;
        }
    }

    private final Map<Integer, Task> tasks = new TreeMap<>();
    private final Duration pace;
    private int target = IDLE;
    private Predicate<String> inPatch = function -> false;

    TaskList(Collection<SimulatedTask> ordinary, Duration pace) {
        this.pace = pace;
        ordinary.forEach(shape -> tasks.put(shape.tid(), new Task(shape)));
    }

    /** Sets every task to the other side; see klp_init_transition. */
    void init(int newTarget, Predicate<String> newInPatch) {
        inPatch = newInPatch;
        tasks.values().forEach(task -> {
            task.state = 1 - newTarget;
            task.switchesAt = null;
        });
    }

    /** Lets tasks go over, one by one; also used to turn around. */
    void start(int newTarget, Instant now) {
        tasks.values().forEach(task -> settle(task, now));
        target = newTarget;
        Instant turn = now;
        for (Task task : tasks.values()) {
            task.switchesAt = null;
            if (task.state != target && !blocks(task)) {
                task.switchesAt = turn;
                turn = turn.plus(pace);
            }
        }
    }

    private boolean blocks(Task task) {
        return task.stalled && task.shape.sleepsOn().map(inPatch::test).orElse(true);
    }

    private void settle(Task task, Instant now) {
        Instant turn = task.switchesAt;
        if (turn != null && !now.isBefore(turn)) {
            task.state = target;
            task.switchesAt = null;
        }
    }

    boolean allSwitched(Instant now) {
        return tasks.values().stream().allMatch(task -> state(task, now) == target);
    }

    void force(Instant now) {
        tasks.values().forEach(task -> {
            settle(task, now);
            task.state = target;
            task.switchesAt = null;
        });
    }

    void end() {
        target = IDLE;
        tasks.values().forEach(task -> {
            task.state = IDLE;
            task.switchesAt = null;
        });
    }

    void stall(SimulatedTask shape, Instant now) {
        Task task = tasks.computeIfAbsent(shape.tid(), tid -> {
            Task started = new Task(shape);
            started.state = target == IDLE ? IDLE : 1 - target;
            return started;
        });
        settle(task, now);
        task.shape = shape;
        task.stalled = true;
        if (blocks(task)) {
            task.switchesAt = null;
        }
    }

    /** Lets a task go; on its way out of the kernel it switches over. */
    void resume(int tid, Instant now) {
        Task task = tasks.get(tid);
        if (task == null || !task.stalled) {
            throw new IllegalArgumentException("No task " + tid + " is stalled.");
        }
        settle(task, now);
        task.stalled = false;
        SimulatedTask was = task.shape;
        SimulatedTask idle = was.kind() == Kind.USER
                ? SimulatedTask.user(was.pid(), was.name())
                : SimulatedTask.kernelThread(was.pid(), was.name());
        task.shape = idle.thread(was.tid());
        if (task.state != target) {
            task.switchesAt = now;
        }
    }

    void resumeAll(Instant now) {
        tasks.values().stream()
                .filter(task -> task.stalled)
                .map(task -> task.shape.tid())
                .toList()
                .forEach(tid -> resume(tid, now));
    }

    List<SimulatedTask> all() {
        List<SimulatedTask> shapes =
                new ArrayList<>(tasks.values().stream().map(task -> task.shape).toList());
        shapes.sort(Comparator.comparingInt(SimulatedTask::pid));
        return shapes;
    }

    int state(int tid, Instant now) {
        Task task = tasks.get(tid);
        return task == null ? IDLE : state(task, now);
    }

    private int state(Task task, Instant now) {
        settle(task, now);
        return task.state;
    }
}
