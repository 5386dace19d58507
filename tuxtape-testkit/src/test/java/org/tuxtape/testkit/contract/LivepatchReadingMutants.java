package org.tuxtape.testkit.contract;

import static org.tuxtape.testkit.contract.LivepatchControllerMutants.MINUTE;
import static org.tuxtape.testkit.contract.LivepatchControllerMutants.mutant;
import static org.tuxtape.testkit.contract.LivepatchControllerMutants.patched;
import static org.tuxtape.testkit.contract.LivepatchControllerMutants.with;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Bent;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Seeing;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Setting;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Unprivileged;

/** Controllers that break LC-1, LC-3, LC-6 or LC-7, or LC-2 by looking: they see wrongly. */
final class LivepatchReadingMutants {
    private LivepatchReadingMutants() {}

    static Stream<Mutant<LivepatchControllerSubject>> all() {
        return Stream.of(reading(), planning()).flatMap(List::stream);
    }

    private static List<Mutant<LivepatchControllerSubject>> reading() {
        return List.of(
                unprivileged("LC-1", "sees nothing without privilege", controller -> new Unprivileged(controller) {
                    @Override
                    public List<Livepatch> loaded() {
                        return List.of();
                    }
                }),
                unprivileged("LC-1", "throws without privilege", controller -> new Unprivileged(controller) {
                    @Override
                    TransitionOutcome refuse() {
                        throw new SecurityException("This user may not.");
                    }
                }),
                mutant("LC-2", "leaves a note whenever it looks", (setting, controller) -> new Bent(controller) {
                    @Override
                    public List<Livepatch> loaded() {
                        setting.notes.incrementAndGet();
                        return super.loaded();
                    }
                }),
                seeing(
                        "LC-6",
                        "takes an absent object for patched",
                        livepatch -> with(
                                livepatch, livepatch.inTransition(), patched(livepatch, object -> Optional.of(true)))),
                seeing(
                        "LC-6",
                        "does not look at patched",
                        livepatch -> with(
                                livepatch, livepatch.inTransition(), patched(livepatch, object -> Optional.empty()))),
                seeing("LC-6", "does not look at transition", livepatch -> with(livepatch, false, livepatch.objects())),
                new Mutant<>("LC-7", "goes by the kernel's version", () -> {
                    Setting setting = new Setting();
                    setting.bendOlder = Bent::new;
                    return setting.subject();
                }));
    }

    private static Mutant<LivepatchControllerSubject> unprivileged(
            String rule, String fault, UnaryOperator<LivepatchController> bend) {
        return new Mutant<>(rule, fault, () -> {
            Setting setting = new Setting();
            setting.bendUnprivileged = bend;
            return setting.subject();
        });
    }

    private static Mutant<LivepatchControllerSubject> seeing(
            String rule, String fault, UnaryOperator<Livepatch> glasses) {
        return mutant(rule, fault, (setting, controller) -> new Seeing(controller, glasses));
    }

    private static List<Mutant<LivepatchControllerSubject>> planning() {
        return List.of(
                mutant("LC-3", "finds out by loading", (setting, controller) -> new Bent(controller) {
                    @Override
                    public LoadPlan plan(LivepatchModule module) {
                        LoadPlan plan = super.plan(module);
                        load(module, new TransitionPolicy.Reverse(MINUTE), setting.clock.context());
                        return plan;
                    }
                }),
                planning(
                        "LC-3",
                        "spells functions as the build does",
                        plan -> new LoadPlan(
                                plan.name(),
                                asBuilt(plan.patched()),
                                asBuilt(plan.kept()),
                                asBuilt(plan.reverted()),
                                plan.replaced(),
                                plan.absent(),
                                plan.obstacles(),
                                plan.remarks())),
                planning(
                        "LC-3",
                        "sees no obstacle",
                        plan -> new LoadPlan(
                                plan.name(),
                                plan.patched(),
                                plan.kept(),
                                plan.reverted(),
                                plan.replaced(),
                                plan.absent(),
                                List.of(),
                                plan.remarks())),
                planning(
                        "LC-3",
                        "takes every object for loaded",
                        plan -> new LoadPlan(
                                plan.name(),
                                plan.patched(),
                                plan.kept(),
                                plan.reverted(),
                                plan.replaced(),
                                List.of(),
                                plan.obstacles(),
                                plan.remarks())));
    }

    private static SortedSet<PatchedFunction> asBuilt(Iterable<PatchedFunction> functions) {
        SortedSet<PatchedFunction> built = new TreeSet<>();
        functions.forEach(function -> built.add(new PatchedFunction(function.object(), function.name(), 0)));
        return built;
    }

    private static Mutant<LivepatchControllerSubject> planning(
            String rule, String fault, UnaryOperator<LoadPlan> bend) {
        return mutant(rule, fault, (setting, controller) -> new Bent(controller) {
            @Override
            public LoadPlan plan(LivepatchModule module) {
                return bend.apply(super.plan(module));
            }
        });
    }
}
