package org.tuxtape.kpatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BuildReport.Phase;
import org.tuxtape.kpatch.internal.diagnosis.FoundFunction;
import org.tuxtape.kpatch.internal.diagnosis.OutputListener;

/** Passes on to the caller's listener what a build does: each phase as a task of its own, the rest below the build's. */
final class BuildWatch implements OutputListener {
    private static final String FIRST = "Checking the tree";
    private static final int MOST_LINES = 100_000;

    private final String task;
    private final Context context;
    private final Instant since;
    private final List<String> remarks = new ArrayList<>();
    private int lines;
    private String current = FIRST;
    private Duration checking = Duration.ZERO;

    BuildWatch(String task, Context context) {
        this.task = task;
        this.context = context;
        this.since = context.clock().instant();
        begin();
    }

    private void begin() {
        context.tell(new Event.Started(task + ": " + current, OptionalLong.empty(), "lines"));
    }

    /** Passes a line on, of a tool that talks without end the first ones only; the log has the last ones too. */
    void line(String line) {
        if (lines < MOST_LINES) {
            lines++;
            context.tell(new Event.Logged(task, line));
        }
    }

    @Override
    public void phase(String name) {
        end(Event.End.COMPLETED);
        current = name;
        begin();
    }

    /** Ends the last phase. */
    void end(Event.End how) {
        if (current.equals(FIRST)) {
            Instant now = context.clock().instant();
            checking = now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
        }
        context.tell(new Event.Ended(task + ": " + current, how));
    }

    @Override
    public void function(FoundFunction function) {
        String what = function.isNew() ? ": new function " : ": changed function ";
        context.tell(new Event.Noted(task, function.unit() + what + function.name() + "."));
    }

    @Override
    public void remark(String sentence) {
        context.tell(new Event.Noted(task, sentence));
    }

    /** Says and keeps what the tool does not know. */
    void ownRemark(String sentence) {
        remarks.add(sentence);
        remark(sentence);
    }

    /** The phase before the tool's first one, and those of the tool. */
    List<Phase> phases(List<Phase> ofTool) {
        List<Phase> all = new ArrayList<>(List.of(new Phase(FIRST, checking)));
        all.addAll(ofTool);
        return all;
    }

    List<String> remarks(List<String> ofTool) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(ofTool);
        return all;
    }
}
