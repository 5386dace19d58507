package org.tuxtape.kpatch.internal.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildReport.Phase;
import org.tuxtape.kpatch.internal.run.LineSink;
import org.tuxtape.kpatch.internal.run.ToolExit;

/**
 * Reads what a tool writes, line by line: first its output, then what it kept in its log, then how it ended. It keeps no
 * more than a few lines of each, however many there are. For one thread.
 */
public final class ToolOutput implements LineSink {
    private static final int MOST = 10_000;
    /** What explains stands at the beginning; some patterns take time that grows with the square of the length. */
    private static final int LONGEST = 1000;

    private static final Pattern FUNCTION =
            Pattern.compile("(?<unit>[^\\s:]+\\.o): (?<what>new|changed) function: (?<name>\\S{1,512})");
    /** What builds with a section for each function print by the hundred thousand. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?:\\S*/)?(?:\\S*-)?ld(?:\\.\\w+)?: warning: |  [A-Z][A-Z0-9_]* ");

    private final Tool tool;
    private final Clock clock;
    private final OutputListener listener;
    private final EvidenceReader evidence;
    private final List<Phase> phases = new ArrayList<>();
    private final Set<FoundFunction> functions = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private final Excerpt end = new Excerpt();
    private Optional<String> phase = Optional.empty();
    private Instant since = Instant.MIN;
    private Optional<String> noChange = Optional.empty();
    private boolean succeeded;
    private String last = "";

    private ToolOutput(Tool tool, TreeNames names, Clock clock, OutputListener listener) {
        this.tool = tool;
        this.clock = clock;
        this.listener = listener;
        this.evidence = new EvidenceReader(tool, names);
    }

    /**
     * Returns a reader for kpatch-build.
     *
     * @param names what its names stand for
     * @param clock gives the times of the phases, asked when a line arrives
     * @param listener told at once
     * @return a reader that has read nothing
     */
    public static ToolOutput ofKpatch(TreeNames names, Clock clock, OutputListener listener) {
        return new ToolOutput(Tool.KPATCH, names, clock, listener);
    }

    /**
     * Returns a reader for klp-build.
     *
     * @param names what its names stand for
     * @param clock gives the times of the phases, asked when a line arrives
     * @param listener told at once
     * @return a reader that has read nothing
     */
    public static ToolOutput ofKlp(TreeNames names, Clock clock, OutputListener listener) {
        return new ToolOutput(Tool.KLP, names, clock, listener);
    }

    /**
     * Reads a line of what the tool printed.
     *
     * @param line without its end
     */
    @Override
    public void line(String line) {
        if (line.equals(last) || HARMLESS.matcher(line).lookingAt()) {
            return; // what is said again says nothing new
        }
        last = line;
        end.push(line);
        Optional<String> begun = tool.phase(line);
        Matcher function = FUNCTION.matcher(line);
        if (begun.isPresent()) {
            begin(begun.get());
        } else if (line.equals("SUCCESS")) {
            succeeded = true;
        } else if (function.matches()) {
            found(new FoundFunction(
                    function.group("unit"),
                    function.group("name"),
                    function.group("what").equals("new")));
        } else {
            explain(line);
        }
    }

    /**
     * Reads a line of the log that the tool left, {@code build.log}, after all of its output.
     *
     * @param line without its end
     */
    public void logLine(String line) {
        if (!HARMLESS.matcher(line).lookingAt() && !FUNCTION.matcher(line).matches()) {
            explain(line);
        }
    }

    private void begin(String name) {
        endPhase();
        phase = Optional.of(name);
        since = clock.instant();
        evidence.stop();
        listener.phase(name);
    }

    private void endPhase() {
        phase.filter(name -> phases.size() < MOST).ifPresent(name -> phases.add(new Phase(name, elapsed())));
        phase = Optional.empty();
    }

    private Duration elapsed() {
        Duration time = Duration.between(since, clock.instant());
        return time.isNegative() ? Duration.ZERO : time;
    }

    private void found(FoundFunction function) {
        if (functions.size() < MOST && functions.add(function)) {
            listener.function(function);
        }
    }

    private void explain(String whole) {
        String line = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
        SpokenLine spoken = tool.reading().apply(line);
        if (spoken.isTool() && spoken.isError()) {
            noChange = noChange.or(() -> Optional.ofNullable(tool.noChange().get(spoken.text())));
        }
        evidence.read(line, spoken);
        Remark.in(spoken.text(), evidence.patchedFile())
                .filter(remark -> remarks.size() < MOST && remarks.add(remark))
                .ifPresent(listener::remark);
    }

    /**
     * Returns what the tool did, in its own words.
     *
     * @return the phases in order; the last one lasts until now
     */
    public List<Phase> phases() {
        List<Phase> all = new ArrayList<>(phases);
        phase.ifPresent(name -> all.add(new Phase(name, elapsed())));
        return List.copyOf(all);
    }

    /**
     * Returns the functions that the tool took into the module.
     *
     * @return in the order in which it named them
     */
    public List<FoundFunction> functions() {
        return List.copyOf(functions);
    }

    /**
     * Returns what the module means otherwise than the fix.
     *
     * @return one sentence each, none twice
     */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Judges, when all was read. An exit status alone is not believed: klp-build ends with 0 after an option that it
     * does not know. Nor is a word on what changed after the disk was full or something was killed: what the tools then
     * failed to write down counts for them as unchanged. And on a full disk their own messages get lost, so that nothing
     * but a failed step is left of them.
     *
     * @param exit how the tool ended
     * @param shortage what there is now too little space for, if anything; asked only where the tool does not tell
     * @return what came of it
     */
    public ToolVerdict verdict(ToolExit exit, Supplier<Optional<BuildDiagnosis>> shortage) {
        if (exit instanceof ToolExit.Cancelled) {
            return new ToolVerdict.Cancelled();
        }
        if (succeeded && exit.equals(new ToolExit.Exited(0)) && !isKnown(Trust.ROOT)) {
            return new ToolVerdict.Built();
        }
        boolean saysNoChange = exit instanceof ToolExit.Exited && noChange.isPresent() && !isKnown(Trust.ROOT);
        Optional<BuildDiagnosis> full = saysNoChange || isVague(exit) ? shortage.get() : Optional.empty();
        if (full.isPresent()) {
            return new ToolVerdict.Failed(full.get());
        }
        return saysNoChange
                ? new ToolVerdict.NoChange(noChange.orElseThrow())
                : new ToolVerdict.Failed(diagnosis(exit));
    }

    private boolean isVague(ToolExit exit) {
        return exit instanceof ToolExit.Exited && !isKnown(Trust.BUILD);
    }

    private boolean isKnown(Trust least) {
        return evidence.best(phases())
                .filter(finding -> finding.trust().compareTo(least) <= 0)
                .isPresent();
    }

    private BuildDiagnosis diagnosis(ToolExit exit) {
        if (exit instanceof ToolExit.TimedOut) {
            return BuildDiagnosis.of(
                    BuildFailure.TIMEOUT,
                    end.toString(),
                    "Allow more time, or more jobs; the first build of a tree takes longest.");
        }
        if (exit instanceof ToolExit.NotStarted missing) {
            return BuildDiagnosis.of(
                    BuildFailure.MISSING_TOOL,
                    missing.reason(),
                    "Install " + tool.name() + ", or name the place where it is.");
        }
        if (exit instanceof ToolExit.Stuck stuck) {
            return BuildDiagnosis.of(
                    BuildFailure.TOOL_BROKE,
                    "Processes " + stuck.processes() + " cannot be ended.",
                    "See in the kernel's log what they wait for, and use the tree again when they are gone.");
        }
        if (exit instanceof ToolExit.Signalled signalled && !isKnown(Trust.SUMMARY)) {
            return Signal.diagnosis(tool.name(), signalled.signal(), end);
        }
        return evidence.best(phases())
                .map(Finding::diagnosis)
                .orElseGet(() -> BuildDiagnosis.of(
                        BuildFailure.UNCLASSIFIED, end.toString(), "Read the log: nothing in it is known here."));
    }
}
