package org.tuxtape.kpatch.tree;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolRun;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/**
 * Runs make, tar and cp on a tree: as a task whose lines are told, and to a good end or an exception with the last lines.
 *
 * @param task the name of the task
 * @param directory where it works
 * @param marker what its processes are found by
 */
record SystemTool(String task, Path directory, ProcessMarker marker) {
    private static final int LAST_LINES = 20;

    void run(List<String> command, Duration timeout, Context context) {
        Deque<String> last = new ArrayDeque<>();
        context.tell(new Event.Started(task, OptionalLong.empty(), "lines"));
        Event.End end = Event.End.FAILED;
        try {
            ToolExit exit = ToolRun.of(command)
                    .in(directory)
                    .marked(marker)
                    .run(
                            line -> {
                                if (last.size() == LAST_LINES) {
                                    last.removeFirst();
                                }
                                last.addLast(line);
                                context.tell(new Event.Logged(task, line));
                            },
                            timeout,
                            context);
            if (exit instanceof ToolExit.Cancelled) {
                end = Event.End.CANCELLED;
                throw new CancelledException();
            }
            if (!exit.equals(new ToolExit.Exited(0))) {
                throw failed(command, exit, timeout, last);
            }
            end = Event.End.COMPLETED;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    private TreeException failed(List<String> command, ToolExit exit, Duration timeout, Iterable<String> last) {
        String how = exit instanceof ToolExit.TimedOut ? "took longer than " + timeout : "failed (" + exit + ")";
        String lines = String.join("\n", last);
        boolean isFull = lines.contains("No space left on device") || lines.contains("Disk quota exceeded");
        return new TreeException(
                isFull ? Fault.NO_SPACE : Fault.TOOL_FAILED,
                directory,
                String.join(" ", command) + " in " + directory + " " + how + (lines.isEmpty() ? "." : ":\n" + lines));
    }
}
