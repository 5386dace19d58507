package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Screen;
import org.tuxtape.core.pipeline.Stage;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.triage.Target;
import org.tuxtape.testkit.fake.FakeCveSource;

/** Many kernels, many builds at once, and what breaks among them. */
class PipelineKernelsTest {
    private static final KernelBuild OTHER = KernelBuild.of(KernelVersion.parse("6.6.40"));

    private final House house = new House();

    /** Watches how many builds run at once, and holds each until as many as are expected have begun. */
    private final class Crowd implements PatchBuilder {
        private final PatchBuilder real = house.builder();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch expected;

        Crowd(int expected) {
            this.expected = new CountDownLatch(expected);
        }

        @Override
        public BuildKey key(BuildRequest request) {
            return real.key(request);
        }

        @Override
        public BuildOutcome build(BuildRequest request, Context context) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                expected.countDown();
                assertThat(expected.await(1, TimeUnit.MINUTES)).isTrue();
                return real.build(request, context);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                inside.decrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void asManyBuildsRunAtOnceAsTheCallerAllowsAndNoMore(int atOnce) {
        Crowd crowd = new Crowd(atOnce);

        PipelineReport report = house.run(house.bench().building(crowd, atOnce));

        assertThat(crowd.most).hasValue(atOnce);
        assertThat(report.essence()).isEqualTo(new House().run(house.bench()).essence());
        house.listener.assertWellFormed();
    }

    /** A tool works in the source itself: what is looked at meanwhile is not the source of the kernel. */
    @Test
    void nothingIsBuiltWhileAnythingIsStillLookedAt() {
        CountDownLatch building = new CountDownLatch(1);
        PatchBuilder real = house.builder();
        PatchBuilder watched = new PatchBuilder() {
            @Override
            public BuildKey key(BuildRequest request) {
                building.countDown();
                return real.key(request);
            }

            @Override
            public BuildOutcome build(BuildRequest request, Context context) {
                return real.build(request, context);
            }
        };
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger looksBesideABuild = new AtomicInteger();

        house.run(house.bench().building(watched).screening((fix, context) -> {
            // A build that may begin has begun until then.
            if (looks.incrementAndGet() == 2 && hasBegunWithin(building, 300)) {
                looksBesideABuild.incrementAndGet();
            }
            return Screen.none().screen(fix, context);
        }));

        assertThat(looks).hasValue(7);
        assertThat(looksBesideABuild).hasValue(0);
    }

    private static boolean hasBegunWithin(CountDownLatch work, int millis) {
        try {
            return work.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBuilderIsNeverUsedForTwoBuildsAtOnce() {
        Crowd one = new Crowd(1);
        Crowd two = new Crowd(1);

        house.run(house.bench().building(List.of(one, two)));

        assertThat(one.most.get()).isLessThanOrEqualTo(1);
        assertThat(two.most.get()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void kernelsComeInTheirOrderHoweverManyGoAtOnce(int atOnce) {
        List<Workbench> kernels =
                List.of(house.bench(), house.bench(OTHER), house.bench().named("again"));

        PipelineReport report =
                Pipeline.of(House.source()).kernelsAtOnce(atOnce).run(kernels, house.context());

        assertThat(report.kernels()).extracting(KernelRun::name).containsExactly("6.6.20", "6.6.40", "again");
        assertThat(report.kernels()).extracting(KernelRun::kernel).containsExactly(House.KERNEL, OTHER, House.KERNEL);
        assertThat(report.find(House.GOOD))
                .extracting(run -> run.standing().state())
                .containsExactly(State.AWAITING_REVIEW, State.FIXED, State.AWAITING_REVIEW);
        assertThat(report.standings().values().stream().mapToInt(i -> i).sum()).isEqualTo(36);
        house.listener.assertWellFormed();
    }

    @Test
    void kernelsGoTheirWayAtOnceWhereTheCallerAllowsIt() {
        Crowd crowd = new Crowd(2);
        List<Workbench> kernels = List.of(
                house.bench().building(crowd), house.bench().building(crowd).named("again"));

        PipelineReport report = Pipeline.of(House.source()).kernelsAtOnce(2).run(kernels, house.context());

        assertThat(crowd.most).hasValue(2);
        assertThat(report.faults()).isEmpty();
        assertThat(house.listener.events())
                .extracting(Event::task)
                .contains("pipeline", "6.6.20: patch 6.6.20", "again: patch again");
        house.listener.assertWellFormed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aKernelThatBreaksIsAFaultAndTheOthersGoOn(int atOnce) {
        List<Workbench> kernels = List.of(house.bench(), Workbench.of(Target.of(new Broken())), house.bench(OTHER));

        PipelineReport report =
                Pipeline.of(House.source()).kernelsAtOnce(atOnce).run(kernels, house.context());

        assertThat(report.kernels()).extracting(KernelRun::kernel).containsExactly(House.KERNEL, OTHER);
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.stage()).isEqualTo(Stage.TRIAGE);
            assertThat(fault.kernel()).isEmpty();
            assertThat(fault.message()).contains("unreadable");
        });
        assertThat(report.isCancelled()).isFalse();
    }

    @Test
    void kernelsOfOneNameAreNotTakenForOneAnother() {
        List<Workbench> kernels = List.of(house.bench(), house.bench());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of(House.source()).run(kernels, house.context()))
                .withMessageContaining("6.6.20");
        for (String name : List.of("", "two words", "caf\u00e9", "x".repeat(101))) {
            assertThatIllegalArgumentException().isThrownBy(() -> house.bench().named(name));
        }
        assertThat(house.builds).hasValue(0);
    }

    @Test
    void aSourceThatBreaksOffIsAFaultAndWhatItSaidBeforeGoesOn() {
        FakeCveSource broken = FakeCveSource.named("broken")
                .published(House.affected(House.GOOD))
                .failsAfter(1, SourceException.Fault.TRUNCATED)
                .build();

        PipelineReport report = Pipeline.of(broken).run(List.of(house.bench()), house.context());

        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.stage()).isEqualTo(Stage.READ);
            assertThat(fault.message()).contains("broken");
        });
        assertThat(PipelineTest.cve(report, House.GOOD).standing().state()).isEqualTo(State.AWAITING_REVIEW);
    }

    @Test
    void theTaskOfAKernelCountsItsCves() {
        house.run(house.bench());

        assertThat(house.listener.events())
                .filteredOn(event -> event.task().equals("patch 6.6.20"))
                .startsWith(new Event.Started("patch 6.6.20", OptionalLong.of(9), "CVEs"))
                .contains(new Event.Advanced("patch 6.6.20", 9))
                .endsWith(new Event.Ended("patch 6.6.20", Event.End.COMPLETED));
    }

    /** A profile whose file is gone. */
    private record Broken() implements BuildProfile {
        private static IllegalStateException unreadable() {
            return new IllegalStateException("unreadable");
        }

        @Override
        public KernelBuild kernel() {
            throw unreadable();
        }

        @Override
        public String provenance() {
            throw unreadable();
        }

        @Override
        public FilePresence file(SourcePath path) {
            throw unreadable();
        }

        @Override
        public FunctionPresence function(String name, SourcePath file) {
            throw unreadable();
        }

        @Override
        public Optional<ConfigValue> option(ConfigSymbol symbol) {
            throw unreadable();
        }
    }
}
