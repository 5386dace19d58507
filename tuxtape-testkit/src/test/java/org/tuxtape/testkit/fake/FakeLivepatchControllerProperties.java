package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.LEAVE;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.RELEASE;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.REVERSE;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.SLEEPER;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.function;
import static org.tuxtape.testkit.fake.FakeLivepatchControllerTest.module;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;

final class FakeLivepatchControllerProperties {

    enum Verb {
        LOAD,
        DISABLE,
        UNLOAD
    }

    record Step(Verb verb, LivepatchName name, Replacement replacement, TransitionPolicy policy, boolean stalled) {

        TransitionOutcome take(FakeLivepatchController controller, Context context) {
            controller.resume();
            if (stalled) {
                controller.stall(name, SLEEPER);
            }
            LivepatchModule module = module(name, RELEASE, replacement, function(KernelObject.VMLINUX, name.text()));
            return switch (verb) {
                case LOAD -> controller.load(module, policy, context);
                case DISABLE -> controller.disable(name, policy, context);
                case UNLOAD -> controller.unload(name, context);
            };
        }
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.of("a", "b", "c").map(LivepatchName::new),
                        Arbitraries.of(Replacement.class),
                        Arbitraries.of(REVERSE, LEAVE),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    @Property
    void noSequenceOfCallsLeadsWhereAKernelCannotBe(@ForAll("steps") List<Step> steps) {
        FakeLivepatchController controller = FakeLivepatchController.of(RELEASE).relaxed();
        RecordingListener listener = new RecordingListener();
        Context context = Context.standard().with(ManualClock.create()).with(listener);
        for (Step step : steps) {
            List<Livepatch> before = controller.resume().loaded();
            TransitionOutcome outcome = step.take(controller, context);
            List<Livepatch> after = controller.loaded();
            if (!(outcome instanceof Completed || outcome instanceof StillRunning)) {
                assertThat(after).as("%s by %s", outcome, step).isEqualTo(before);
            }
            assertThat(after).extracting(Livepatch::name).doesNotHaveDuplicates();
            assertThat(after.stream().filter(Livepatch::inTransition)).hasSizeLessThanOrEqualTo(1);
            assertThat(after.stream().map(livepatch -> livepatch.stackOrder().getAsInt()))
                    .isEqualTo(IntStream.rangeClosed(1, after.size()).boxed().toList());
        }
        listener.assertWellFormed();
    }
}
