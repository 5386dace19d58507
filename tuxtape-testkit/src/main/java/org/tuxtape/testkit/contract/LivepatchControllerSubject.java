package org.tuxtape.testkit.contract;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;

/**
 * What {@link LivepatchControllerContract} tests: a controller, the kernel below it, and modules to load. The kernel may be
 * a simulated one or that of a machine that serves for nothing else; no livepatch is in force on it, and none of the
 * modules is loaded. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class LivepatchControllerSubject {

    /** What not every kernel and not every controller has. */
    public enum Ability {
        /** {@link #cumulative}. */
        CUMULATIVE("what a replacing livepatch does"),
        /** {@link #ofAbsentObject}. */
        ABSENT_OBJECT("an object that is not loaded"),
        /** {@link #refused}. */
        REFUSED("a module that the kernel refuses"),
        /** {@link #stall}. */
        STALL("a transition that stalls"),
        /** {@link #stallOnTheWayBack}. */
        STALL_ON_THE_WAY_BACK("a transition back that stalls"),
        /** {@link #unprivileged}. */
        UNPRIVILEGED("a caller without privileges"),
        /** {@link #older}. */
        OLDER_KERNEL("a kernel that lacks attributes");

        private final String unchecked;

        Ability(String unchecked) {
            this.unchecked = unchecked;
        }
    }

    /** Something that keeps a task from switching over. */
    public interface Stall {
        /**
         * Makes a task sleep in a function of the livepatch.
         *
         * @return the task's {@code tid}
         */
        int begin();

        /** Lets the task go on. */
        void end();
    }

    /** Two livepatches that replace what is there. */
    record Cumulative(LivepatchModule larger, LivepatchModule smaller) {}

    /** A livepatch and what it waits for. */
    record AbsentObject(LivepatchModule module, Runnable coming) {}

    /** A livepatch and what is said to it. */
    record Refusal(LivepatchModule module, String errno) {}

    private final Supplier<? extends LivepatchController> factory;
    private final Supplier<?> state;
    private final LivepatchModule module;
    private final Given<Cumulative> cumulative = new Given<>("cumulative");
    private final Given<AbsentObject> ofAbsentObject = new Given<>("ofAbsentObject");
    private final Given<Refusal> refused = new Given<>("refused");
    private final Given<Stall> stall = new Given<>("stall");
    private final Given<Stall> stallOnTheWayBack = new Given<>("stallOnTheWayBack");
    private final Given<Supplier<LivepatchController>> unprivileged = new Given<>("unprivileged");
    private final Given<Supplier<LivepatchController>> older = new Given<>("older");
    private final Map<Ability, Given<?>> abilities = new EnumMap<>(Map.of(
            Ability.CUMULATIVE, cumulative,
            Ability.ABSENT_OBJECT, ofAbsentObject,
            Ability.REFUSED, refused,
            Ability.STALL, stall,
            Ability.STALL_ON_THE_WAY_BACK, stallOnTheWayBack,
            Ability.UNPRIVILEGED, unprivileged,
            Ability.OLDER_KERNEL, older));
    private Context context = Context.standard();
    private Duration deadline = Duration.ofSeconds(3);
    private Runnable cleanUp = () -> {};

    private LivepatchControllerSubject(
            Supplier<? extends LivepatchController> factory, Supplier<?> state, LivepatchModule module) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.state = Objects.requireNonNull(state, "state");
        this.module = Objects.requireNonNull(module, "module");
        if (module.manifest().fixes().isEmpty() || !module.manifest().objects().equals(Set.of(KernelObject.VMLINUX))) {
            throw new IllegalArgumentException("The module has to fix a CVE, in vmlinux and nowhere else.");
        }
    }

    /**
     * Names the controller to be tested.
     *
     * @param factory makes a controller of one and the same kernel; each call stands for a new process
     * @param state reads, past any controller, which livepatches and modules there are; equal values mean that everything
     *     is as it was
     * @param module patches {@code vmlinux} and nothing else, and fixes a CVE there
     * @return a subject that has no more than these
     */
    public static LivepatchControllerSubject of(
            Supplier<? extends LivepatchController> factory, Supplier<?> state, LivepatchModule module) {
        return new LivepatchControllerSubject(factory, state, module);
    }

    /**
     * Sets what the calls are made with. Its time has to be the kernel's.
     *
     * @param newContext without a listener, not cancelled; {@link Context#standard()} if it is not set
     * @return this subject
     */
    public LivepatchControllerSubject context(Context newContext) {
        context = Objects.requireNonNull(newContext, "context");
        return this;
    }

    /**
     * Sets how long a transition may take that stalls. One that does not stall gets a minute.
     *
     * @param afterStart above zero; 3 seconds if it is not set
     * @return this subject
     */
    public LivepatchControllerSubject deadline(Duration afterStart) {
        deadline = Objects.requireNonNull(afterStart, "deadline");
        return this;
    }

    /**
     * Sets what brings the kernel back to what it was; called after each test, whatever came of it.
     *
     * @param newCleanUp ends a stall, then disables and unloads whatever is left; not needed for a kernel that is new for each test
     * @return this subject
     */
    public LivepatchControllerSubject cleanUp(Runnable newCleanUp) {
        cleanUp = Objects.requireNonNull(newCleanUp, "cleanUp");
        return this;
    }

    /**
     * Gives two livepatches that replace all others.
     *
     * @param larger patches what the subject's module does, and more
     * @param smaller patches less than the larger one does
     * @return this subject
     */
    public LivepatchControllerSubject cumulative(LivepatchModule larger, LivepatchModule smaller) {
        requireReplacing(larger);
        requireReplacing(smaller);
        requireMore(larger, module);
        requireMore(larger, smaller);
        cumulative.is(new Cumulative(larger, smaller));
        return this;
    }

    private static void requireReplacing(LivepatchModule replacing) {
        if (replacing.manifest().replacement() != Replacement.REPLACE_ALL) {
            throw new IllegalArgumentException(replacing.manifest().name() + " does not replace.");
        }
    }

    private static void requireMore(LivepatchModule larger, LivepatchModule smaller) {
        Set<PatchedFunction> own = functions(larger);
        if (!own.containsAll(functions(smaller))
                || own.size() == functions(smaller).size()) {
            throw new IllegalArgumentException(larger.manifest().name() + " has to patch more than "
                    + smaller.manifest().name() + ".");
        }
    }

    static Set<PatchedFunction> functions(LivepatchModule livepatch) {
        Set<PatchedFunction> functions = new HashSet<>();
        livepatch.manifest().functions().forEach(function -> functions.add(function.asRunning()));
        return functions;
    }

    /**
     * Gives a livepatch for a module that is not loaded.
     *
     * @param waiting patches that module and fixes a CVE there
     * @param coming loads that module
     * @return this subject
     */
    public LivepatchControllerSubject ofAbsentObject(LivepatchModule waiting, Runnable coming) {
        ofAbsentObject.is(new AbsentObject(waiting, coming));
        return this;
    }

    /**
     * Gives a livepatch that the kernel refuses, for a reason that can be seen before.
     *
     * @param unwanted the livepatch
     * @param errno the error number's name
     * @return this subject
     */
    public LivepatchControllerSubject refused(LivepatchModule unwanted, String errno) {
        refused.is(new Refusal(unwanted, errno));
        return this;
    }

    /**
     * Gives a way to stall the transition of the subject's module while it is loaded.
     *
     * @param way begun before the load, and ended at most once
     * @return this subject
     */
    public LivepatchControllerSubject stall(Stall way) {
        stall.is(way);
        return this;
    }

    /**
     * Gives a way to stall the transition of the subject's module while it is disabled.
     *
     * @param way begun when it is in force, and ended at most once
     * @return this subject
     */
    public LivepatchControllerSubject stallOnTheWayBack(Stall way) {
        stallOnTheWayBack.is(way);
        return this;
    }

    /**
     * Gives a controller of the same kernel that may change nothing.
     *
     * @param controller makes it, and may take the privileges of every other one away
     * @return this subject
     */
    public LivepatchControllerSubject unprivileged(Supplier<LivepatchController> controller) {
        unprivileged.is(controller);
        return this;
    }

    /**
     * Gives a controller of another kernel, which shows neither {@code replace} nor {@code stack_order} nor {@code patched},
     * and takes the subject's module.
     *
     * @param controller makes it
     * @return this subject
     */
    public LivepatchControllerSubject older(Supplier<LivepatchController> controller) {
        older.is(controller);
        return this;
    }

    /**
     * Says why something is not given.
     *
     * @param ability what
     * @param why one sentence
     * @return this subject
     */
    public LivepatchControllerSubject lacks(Ability ability, String why) {
        Objects.requireNonNull(abilities.get(ability)).isNot(why);
        return this;
    }

    LivepatchController controller() {
        return factory.get();
    }

    Object state() {
        return state.get();
    }

    LivepatchModule module() {
        return module;
    }

    Context context() {
        return context;
    }

    Duration deadline() {
        return deadline;
    }

    void cleanUp() {
        cleanUp.run();
    }

    Cumulative cumulativeOrAbort(String rule) {
        return orAbort(cumulative, rule, Ability.CUMULATIVE);
    }

    AbsentObject ofAbsentObjectOrAbort(String rule) {
        return orAbort(ofAbsentObject, rule, Ability.ABSENT_OBJECT);
    }

    Refusal refusedOrAbort(String rule) {
        return orAbort(refused, rule, Ability.REFUSED);
    }

    Stall stallOrAbort(String rule) {
        return orAbort(stall, rule, Ability.STALL);
    }

    Stall stallOnTheWayBackOrAbort(String rule) {
        return orAbort(stallOnTheWayBack, rule, Ability.STALL_ON_THE_WAY_BACK);
    }

    Supplier<LivepatchController> unprivilegedOrAbort(String rule) {
        return orAbort(unprivileged, rule, Ability.UNPRIVILEGED);
    }

    Supplier<LivepatchController> olderOrAbort(String rule) {
        return orAbort(older, rule, Ability.OLDER_KERNEL);
    }

    private static <T> T orAbort(Given<T> given, String rule, Ability ability) {
        return given.orAbort(rule + " is not checked for " + ability.unchecked);
    }
}
