package org.tuxtape.examples.livepatch;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.examples.Console;
import org.tuxtape.livepatch.sysfs.transition.TransitionProgress;

/** Shows how far a transition or a trial is: on a terminal in one line that changes, else in a line for each change. */
final class Progress implements Consumer<TransitionProgress>, EventListener, AutoCloseable {
    private static final String START_OF_LINE = "\r\033[K";
    private static final String SECONDS = "seconds";

    private final Console console;
    private List<BlockingTask> last = List.of();
    private Event.Started trial = new Event.Started("", OptionalLong.empty(), SECONDS);
    private boolean isOpen;

    Progress(Console console) {
        this.console = console;
    }

    @Override
    public void accept(TransitionProgress progress) {
        if (console.isTerminal()) {
            show(LivepatchText.line(progress));
        } else if (!progress.blocking().equals(last)) {
            console.err().println(LivepatchText.line(progress));
        }
        last = progress.blocking();
    }

    /** Takes what is told of a trial, whose progress is counted in seconds; transitions come the other way. */
    @Override
    public void on(Event event) {
        if (event instanceof Event.Started started && started.unit().equals(SECONDS)) {
            trial = started;
        } else if (event instanceof Event.Advanced advanced && advanced.task().equals(trial.task())) {
            if (console.isTerminal()) {
                show(trial.task() + ", " + advanced.done() + " of "
                        + trial.total().orElse(0) + " s");
            }
        }
    }

    private void show(String line) {
        console.err().print(START_OF_LINE + Console.harmless(line));
        console.err().flush();
        isOpen = true;
    }

    @Override
    public void close() {
        if (isOpen) {
            console.err().print(START_OF_LINE);
            console.err().flush();
        }
    }
}
