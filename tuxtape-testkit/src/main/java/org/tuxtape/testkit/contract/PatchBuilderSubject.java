package org.tuxtape.testkit.contract;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;

/**
 * What {@link PatchBuilderContract} tests: a builder, what it can be asked for, and where the traces of its work are to be
 * seen. Nothing was built before, and nothing else works with the same tree and store. Not safe for use by several
 * threads.
 *
 * @since 0.1
 */
public final class PatchBuilderSubject {

    /** What not every builder has, or shows. */
    public enum Ability {
        /** {@link #tree}. */
        TREE("what becomes of the source tree"),
        /** {@link #artefacts}. */
        ARTEFACTS("which artefacts are visible"),
        /** {@link #processes}. */
        PROCESSES("which processes are left"),
        /** {@link #toolRuns}. */
        TOOL_RUNS("whether the tool was run again"),
        /** {@link #noChange}. */
        NO_CHANGE("a fix that changes nothing"),
        /** {@link #failing}. */
        FAILING("a build that fails"),
        /** {@link #halfWritten}. */
        HALF_WRITTEN("a tool that breaks while it writes the module"),
        /** {@link #hanging}. */
        HANGING("a build that is cancelled while it runs"),
        /** {@link #slow}. */
        SLOW("a build that takes too long"),
        /** {@link #killed}. */
        KILLED("a builder that was killed"),
        /** {@link #logLimit}. */
        LOG("the kept log");

        private final String unchecked;

        Ability(String unchecked) {
            this.unchecked = unchecked;
        }
    }

    /**
     * A source tree.
     *
     * @param root its directory
     * @param source which paths below it, relative to it, are source and not a product of the build
     * @param stamped which of those keep their time of modification where no fix touches them
     */
    record Tree(Path root, Predicate<Path> source, Predicate<Path> stamped) {}

    /** A request, and how its build fails. */
    record Failing(BuildRequest request, BuildFailure failure) {}

    /** A request whose build does not end by itself, and whether it has come to where it hangs. */
    record Hanging(BuildRequest request, BooleanSupplier reached) {}

    /** A builder, and a request that takes it too long. */
    record Slow(Supplier<? extends PatchBuilder> builder, BuildRequest request) {}

    /** A request whose tool says more than is kept, and how much is. */
    record LogLimit(BuildRequest request, long bytes) {}

    private final Supplier<? extends PatchBuilder> factory;
    private final BuildRequest request;
    private final BuildRequest other;
    private final Given<Tree> tree = new Given<>("tree");
    private final Given<Path> artefacts = new Given<>("artefacts");
    private final Given<LongSupplier> processes = new Given<>("processes");
    private final Given<LongSupplier> toolRuns = new Given<>("toolRuns");
    private final Given<BuildRequest> noChange = new Given<>("noChange");
    private final Given<Failing> failing = new Given<>("failing");
    private final Given<BuildRequest> halfWritten = new Given<>("halfWritten");
    private final Given<Hanging> hanging = new Given<>("hanging");
    private final Given<Slow> slow = new Given<>("slow");
    private final Given<Runnable> killed = new Given<>("killed");
    private final Given<LogLimit> log = new Given<>("logLimit");
    private final Map<Ability, Given<?>> abilities = new EnumMap<>(Ability.class);
    private Context context = Context.standard();
    private Runnable cleanUp = () -> {};

    private PatchBuilderSubject(Supplier<? extends PatchBuilder> factory, BuildRequest request, BuildRequest other) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.request = Objects.requireNonNull(request, "request");
        this.other = Objects.requireNonNull(other, "other");
        if (request.name().equals(other.name()) || request.fixes().equals(other.fixes())) {
            throw new IllegalArgumentException("The other request has to differ in its name and in its fixes.");
        }
        abilities.putAll(Map.of(
                Ability.TREE, tree,
                Ability.ARTEFACTS, artefacts,
                Ability.PROCESSES, processes,
                Ability.TOOL_RUNS, toolRuns));
        abilities.putAll(Map.of(
                Ability.NO_CHANGE, noChange,
                Ability.FAILING, failing,
                Ability.HALF_WRITTEN, halfWritten,
                Ability.HANGING, hanging,
                Ability.SLOW, slow,
                Ability.KILLED, killed,
                Ability.LOG, log));
    }

    /**
     * Names the builder to be tested.
     *
     * @param factory makes a builder over one and the same tree and store; each call stands for a new process
     * @param request is built
     * @param other is built too; differs in its name and in its fixes
     * @return a subject that has no more than these
     */
    public static PatchBuilderSubject of(
            Supplier<? extends PatchBuilder> factory, BuildRequest request, BuildRequest other) {
        return new PatchBuilderSubject(factory, request, other);
    }

    /**
     * Sets what the calls are made with.
     *
     * @param newContext without a listener, not cancelled; {@link Context#standard()} if it is not set
     * @return this subject
     */
    public PatchBuilderSubject context(Context newContext) {
        context = Objects.requireNonNull(newContext, "context");
        return this;
    }

    /**
     * Sets what is done after each test, whatever came of it.
     *
     * @param newCleanUp for example ends the processes that a wrong builder has left
     * @return this subject
     */
    public PatchBuilderSubject cleanUp(Runnable newCleanUp) {
        cleanUp = Objects.requireNonNull(newCleanUp, "cleanUp");
        return this;
    }

    /**
     * Gives the tree that is built in.
     *
     * @param root its directory
     * @param source tells of a path relative to it whether that is source, as opposed to what the build makes of it
     * @param stamped tells of such a path whether it keeps its time of modification where no fix touches it; the tools
     *     edit some files and put them back
     * @return this subject
     */
    public PatchBuilderSubject tree(Path root, Predicate<Path> source, Predicate<Path> stamped) {
        tree.is(new Tree(root, source, stamped));
        return this;
    }

    /**
     * Gives the directory below which finished artefacts become visible to others.
     *
     * @param directory need not be there before the first build; what has a name below it that begins with a dot is not
     *     visible
     * @return this subject
     */
    public PatchBuilderSubject artefacts(Path directory) {
        artefacts.is(directory);
        return this;
    }

    /**
     * Gives a count of the processes that builds have started, at whatever depth.
     *
     * @param count counts those that are still there, at the moment of the call
     * @return this subject
     */
    public PatchBuilderSubject processes(LongSupplier count) {
        processes.is(count);
        return this;
    }

    /**
     * Gives a count of the tool's runs.
     *
     * @param count counts all since the subject was made
     * @return this subject
     */
    public PatchBuilderSubject toolRuns(LongSupplier count) {
        toolRuns.is(count);
        return this;
    }

    /**
     * Gives a request whose fixes change nothing of what is compiled.
     *
     * @param unchanging the request
     * @return this subject
     */
    public PatchBuilderSubject noChange(BuildRequest unchanging) {
        noChange.is(unchanging);
        return this;
    }

    /**
     * Gives a request whose build fails after the source was patched.
     *
     * @param impossible the request
     * @param failure how it fails
     * @return this subject
     */
    public PatchBuilderSubject failing(BuildRequest impossible, BuildFailure failure) {
        failing.is(new Failing(impossible, failure));
        return this;
    }

    /**
     * Gives a request whose tool breaks when part of the module is written where the tool leaves it.
     *
     * @param broken the request
     * @return this subject
     */
    public PatchBuilderSubject halfWritten(BuildRequest broken) {
        halfWritten.is(broken);
        return this;
    }

    /**
     * Gives a request whose tool hangs while the source is patched.
     *
     * @param endless the request; its build would not time out within minutes
     * @param reached tells whether its tool hangs now
     * @return this subject
     */
    public PatchBuilderSubject hanging(BuildRequest endless, BooleanSupplier reached) {
        hanging.is(new Hanging(endless, reached));
        return this;
    }

    /**
     * Gives a builder with little patience, and a request whose tool takes longer while the source is patched.
     *
     * @param impatient makes a builder over the same tree and store that allows a build a few seconds
     * @param tooSlow the request
     * @return this subject
     */
    public PatchBuilderSubject slow(Supplier<? extends PatchBuilder> impatient, BuildRequest tooSlow) {
        slow.is(new Slow(impatient, tooSlow));
        return this;
    }

    /**
     * Gives a way to kill a builder while it has the source patched.
     *
     * @param way lets a builder of the same tree and store build, and kills it; returns when it is gone, while what it ran
     *     may live on
     * @return this subject
     */
    public PatchBuilderSubject killed(Runnable way) {
        killed.is(way);
        return this;
    }

    /**
     * Says that logs are kept, and gives a request whose tool says more than that.
     *
     * @param talkative the request, whose build ends in whatever way
     * @param bytes how large a kept log is at most
     * @return this subject
     */
    public PatchBuilderSubject logLimit(BuildRequest talkative, long bytes) {
        log.is(new LogLimit(talkative, bytes));
        return this;
    }

    /**
     * Says why something is not given.
     *
     * @param ability what
     * @param why one sentence
     * @return this subject
     */
    public PatchBuilderSubject lacks(Ability ability, String why) {
        Objects.requireNonNull(abilities.get(ability)).isNot(why);
        return this;
    }

    PatchBuilder builder() {
        return factory.get();
    }

    BuildRequest request() {
        return request;
    }

    BuildRequest other() {
        return other;
    }

    Context context() {
        return context;
    }

    void cleanUp() {
        cleanUp.run();
    }

    /** Looks at the tree now, and names what the fixes of these requests may touch. */
    TreeState treeOrAbort(String rule, BuildRequest... requests) {
        Tree given = orAbort(tree, rule, Ability.TREE);
        Set<Path> touched = new HashSet<>();
        Stream.of(requests).forEach(asked -> touched.addAll(TreeState.touchedBy(asked)));
        return new TreeState(
                given.root(), given.source(), path -> given.stamped().test(path) && !touched.contains(path));
    }

    Artefacts artefactsOrAbort(String rule) {
        return new Artefacts(orAbort(artefacts, rule, Ability.ARTEFACTS));
    }

    LongSupplier processesOrAbort(String rule) {
        return orAbort(processes, rule, Ability.PROCESSES);
    }

    LongSupplier toolRunsOrAbort(String rule) {
        return orAbort(toolRuns, rule, Ability.TOOL_RUNS);
    }

    BuildRequest noChangeOrAbort(String rule) {
        return orAbort(noChange, rule, Ability.NO_CHANGE);
    }

    Failing failingOrAbort(String rule) {
        return orAbort(failing, rule, Ability.FAILING);
    }

    BuildRequest halfWrittenOrAbort(String rule) {
        return orAbort(halfWritten, rule, Ability.HALF_WRITTEN);
    }

    Hanging hangingOrAbort(String rule) {
        return orAbort(hanging, rule, Ability.HANGING);
    }

    Slow slowOrAbort(String rule) {
        return orAbort(slow, rule, Ability.SLOW);
    }

    Runnable killedOrAbort(String rule) {
        return orAbort(killed, rule, Ability.KILLED);
    }

    LogLimit logOrAbort(String rule) {
        return orAbort(log, rule, Ability.LOG);
    }

    private static <T> T orAbort(Given<T> given, String rule, Ability ability) {
        return given.orAbort(rule + " is not checked for " + ability.unchecked);
    }
}
