package org.tuxtape.examples;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;

/** Draws a bar for each task that is under way. */
final class ProgressBars implements EventListener {
    private static final int UNKNOWN_TOTAL = -1;

    private final PrintStream terminal;
    private final Map<String, ProgressBar> bars = new ConcurrentHashMap<>();

    ProgressBars(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void on(Event event) {
        bars.computeIfPresent(event.task(), (task, bar) -> show(bar, event));
        if (event instanceof Event.Started started) {
            bars.put(started.task(), bar(started));
        }
    }

    /** Returns the bar if it is still needed, else null. */
    private static @Nullable ProgressBar show(ProgressBar bar, Event event) {
        if (event instanceof Event.Ended) {
            bar.close();
            return null;
        }
        if (event instanceof Event.Advanced advanced) {
            bar.stepTo(advanced.done());
        } else if (event instanceof Event.Noted noted) {
            bar.setExtraMessage(noted.message());
        }
        return bar;
    }

    private ProgressBar bar(Event.Started started) {
        return new ProgressBarBuilder()
                .setTaskName(started.task())
                .setInitialMax(started.total().orElse(UNKNOWN_TOTAL))
                .setUnit(" " + started.unit(), 1)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(terminal))
                .build();
    }
}
