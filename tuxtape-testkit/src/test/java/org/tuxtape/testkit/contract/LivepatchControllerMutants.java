package org.tuxtape.testkit.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.Refused;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.contract.LivepatchControllerSubject.Stall;
import org.tuxtape.testkit.fake.FakeLivepatchController;

/** A correct controller over a fake kernel, and controllers that break one rule. */
final class LivepatchControllerMutants {
    private static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    private static final LivepatchModule ONE = module("one", "STACK", "vmlinux", "vmlinux a 0");
    private static final LivepatchModule LARGER =
            module("larger", "REPLACE_ALL", "vmlinux", "vmlinux a 0", "vmlinux b 0");
    private static final LivepatchModule SMALLER = module("smaller", "REPLACE_ALL", "vmlinux", "vmlinux b 0");
    private static final LivepatchModule WAITING =
            module("waiting", "STACK", "fs/btrfs/btrfs", "fs/btrfs/btrfs scrub 0");
    private static final LivepatchModule UNWANTED = module("unwanted", "STACK", "vmlinux", "vmlinux c 0");
    private static final List<LivepatchModule> MODULES = List.of(ONE, LARGER, SMALLER, WAITING, UNWANTED);
    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final BlockingTask SLEEPER =
            new BlockingTask(7, 7, "sleeper", BlockingTask.Kind.USER, 'S', List.of("a"), Optional.of("a"));

    private LivepatchControllerMutants() {}

    private static LivepatchModule module(String name, String replacement, String fixedIn, String... functions) {
        String text = "Format: tuxtape-manifest 1\nName: " + name + "\nSHA-256: " + "0".repeat(64) + "\nRelease: "
                + RELEASE + "\nVermagic: " + RELEASE + " SMP\nBuilder: none\nReplacement: " + replacement
                + "\nFixes:\n CVE-2024-0001 - " + fixedIn + "\nFunctions:\n " + String.join("\n ", functions) + "\n";
        return new LivepatchModule(Path.of(name + ".ko"), Manifest.parse(text));
    }

    /** A kernel, and how its controllers are bent. */
    static final class Setting {
        final ManualClock clock = ManualClock.create();
        final FakeLivepatchController kernel = kernel();
        private UnaryOperator<LivepatchController> bend = UnaryOperator.identity();
        Function<LivepatchController, LivepatchController> bendUnprivileged = Unprivileged::new;
        Function<LivepatchController, LivepatchController> bendOlder = Older::new;
        final AtomicInteger notes = new AtomicInteger();
        final AtomicInteger looks = new AtomicInteger();

        private static FakeLivepatchController kernel() {
            return FakeLivepatchController.of(RELEASE)
                    .relaxed()
                    .refuse(UNWANTED.manifest().name(), "ENOMEM");
        }

        LivepatchControllerSubject subject() {
            return LivepatchControllerSubject.of(() -> bend.apply(kernel), this::state, ONE)
                    .context(clock.context())
                    .cumulative(LARGER, SMALLER)
                    .ofAbsentObject(WAITING, () -> kernel.withObject("btrfs"))
                    .refused(UNWANTED, "ENOMEM")
                    .stall(new Sleeper(kernel))
                    .stallOnTheWayBack(new Sleeper(kernel))
                    .unprivileged(() -> bendUnprivileged.apply(bend.apply(kernel)))
                    .older(() -> bendOlder.apply(kernel()));
        }

        private Object state() {
            List<Object> state = new ArrayList<>(kernel.loaded());
            MODULES.forEach(module -> state.add(kernel.plan(module).obstacles()));
            state.add(notes.get());
            return state;
        }
    }

    private record Sleeper(FakeLivepatchController kernel) implements Stall {
        @Override
        public int begin() {
            kernel.stall(ONE.manifest().name(), SLEEPER);
            return SLEEPER.tid();
        }

        @Override
        public void end() {
            kernel.resume();
        }
    }

    /** Everything correct, to be changed in one place. */
    static class Bent implements LivepatchController {
        private final LivepatchController controller;

        Bent(LivepatchController controller) {
            this.controller = controller;
        }

        @Override
        public List<Livepatch> loaded() {
            return controller.loaded();
        }

        @Override
        public LoadPlan plan(LivepatchModule module) {
            return controller.plan(module);
        }

        @Override
        public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
            return bend(controller.load(module, bend(policy), bend(context)));
        }

        @Override
        public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
            return bend(controller.disable(name, bend(policy), bend(context)));
        }

        @Override
        public TransitionOutcome unload(LivepatchName name, Context context) {
            return controller.unload(name, bend(context));
        }

        TransitionPolicy bend(TransitionPolicy policy) {
            return policy;
        }

        Context bend(Context context) {
            return context;
        }

        TransitionOutcome bend(TransitionOutcome outcome) {
            return outcome;
        }
    }

    /** A correct controller that may not change anything. */
    static class Unprivileged extends Bent {
        Unprivileged(LivepatchController controller) {
            super(controller);
        }

        TransitionOutcome refuse() {
            return new Refused(new Obstacle(Cause.NOT_PERMITTED, "EPERM", "This user may not."));
        }

        @Override
        public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
            return refuse();
        }

        @Override
        public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
            return refuse();
        }
    }

    /** A controller that shows its livepatches otherwise. */
    static class Seeing extends Bent {
        private final UnaryOperator<Livepatch> glasses;

        Seeing(LivepatchController controller, UnaryOperator<Livepatch> glasses) {
            super(controller);
            this.glasses = glasses;
        }

        @Override
        public List<Livepatch> loaded() {
            return super.loaded().stream().map(glasses).toList();
        }
    }

    /** A correct controller of a kernel that shows less. */
    private static final class Older extends Seeing {
        Older(LivepatchController controller) {
            super(
                    controller,
                    livepatch -> new Livepatch(
                            livepatch.name(),
                            livepatch.enabled(),
                            livepatch.inTransition(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            patched(livepatch, object -> Optional.empty())));
        }
    }

    static List<PatchedObject> patched(Livepatch livepatch, Function<PatchedObject, Optional<Boolean>> answer) {
        return livepatch.objects().stream()
                .map(object -> new PatchedObject(object.objectName(), answer.apply(object), object.functions()))
                .toList();
    }

    static Livepatch with(Livepatch livepatch, boolean inTransition, List<PatchedObject> objects) {
        return new Livepatch(
                livepatch.name(),
                livepatch.enabled(),
                inTransition,
                livepatch.replacement(),
                livepatch.stackOrder(),
                objects);
    }

    static LivepatchControllerSubject correct() {
        return new Setting().subject();
    }

    static Mutant<LivepatchControllerSubject> mutant(
            String rule, String fault, BiFunction<Setting, LivepatchController, LivepatchController> bend) {
        return new Mutant<>(rule, fault, () -> {
            Setting setting = new Setting();
            setting.bend = controller -> bend.apply(setting, controller);
            return setting.subject();
        });
    }

    static List<Mutant<LivepatchControllerSubject>> all() {
        return Stream.concat(LivepatchReadingMutants.all(), LivepatchChangingMutants.all())
                .toList();
    }
}
