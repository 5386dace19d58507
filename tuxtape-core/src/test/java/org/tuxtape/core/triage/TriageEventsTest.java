package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.ScriptedSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;

class TriageEventsTest {
    private static final BuildProfile KERNEL = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("6.8")));
    private static final String TASK = "triage 6.8";

    private final List<Event> events = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 1000})
    void aTriageStartsAdvancesAndEnds(int size) {
        triage(size, events::add).against(KERNEL);

        assertThat(events.get(0)).isEqualTo(new Event.Started(TASK, OptionalLong.of(size), "CVEs"));
        assertThat(events.get(events.size() - 1)).isEqualTo(new Event.Ended(TASK, Event.End.COMPLETED));
        List<Event> between = events.subList(1, events.size() - 1);
        assertThat(between)
                .allSatisfy(event -> assertThat(event).isInstanceOfAny(Event.Advanced.class, Event.Noted.class));
        assertThat(between.stream()
                        .filter(Event.Advanced.class::isInstance)
                        .map(Event.Advanced.class::cast)
                        .map(Event.Advanced::done))
                .isSorted()
                .allSatisfy(done -> assertThat(done).isBetween(0L, (long) size));
        assertThat(events).extracting(Event::task).containsOnly(TASK);
    }

    @Test
    void aLongTriageAdvancesMoreThanOnce() {
        triage(1000, events::add).against(KERNEL);

        assertThat(events).filteredOn(Event.Advanced.class::isInstance).hasSizeGreaterThan(2);
    }

    @Test
    void aTriageThatIsCancelledOnTheWayStopsAndSaysSo() {
        CancellationToken token = CancellationToken.create();
        EventListener impatient = event -> {
            events.add(event);
            if (event instanceof Event.Advanced advanced && advanced.done() > 0) {
                token.cancel();
            }
        };
        Triage triage =
                Triage.of(catalog(1000)).with(Context.standard().with(token).with(impatient));

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> triage.against(KERNEL));

        assertThat(events.get(events.size() - 1)).isEqualTo(new Event.Ended(TASK, Event.End.CANCELLED));
        assertThat(events).hasSize(4);
    }

    @Test
    void aTriageThatBreaksSaysSo() {
        Triage triage = triage(3, events::add).with((Prioritizer) (cve, verdict) -> {
            throw new OutOfMemoryError("Not really.");
        });

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> triage.against(KERNEL));

        assertThat(events.get(events.size() - 1)).isEqualTo(new Event.Ended(TASK, Event.End.FAILED));
    }

    @Test
    void severalKernelsAreOneTaskThatCountsKernels() {
        BuildProfile other = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("5.10")));

        triage(1, events::add).against(List.of(KERNEL, other));

        assertThat(events)
                .containsExactly(
                        new Event.Started("triage 2 kernels", OptionalLong.of(2), "kernels"),
                        new Event.Advanced("triage 2 kernels", 0),
                        new Event.Advanced("triage 2 kernels", 1),
                        new Event.Advanced("triage 2 kernels", 2),
                        new Event.Ended("triage 2 kernels", Event.End.COMPLETED));
    }

    @Test
    void aListenerThatThrowsDoesNotDisturbTheTriage() {
        EventListener broken = event -> {
            throw new IllegalStateException("The listener is broken.");
        };

        assertThatCode(() -> triage(300, broken).against(KERNEL)).doesNotThrowAnyException();
    }

    private static Triage triage(int size, EventListener listener) {
        return Triage.of(catalog(size)).with(Context.standard().with(listener));
    }

    private static CveCatalog catalog(int size) {
        ScriptedSource source = new ScriptedSource("many");
        for (int number = 1; number <= size; number++) {
            source.published(new CveId(2024, number).toString(), "One of many");
        }
        return CveCatalog.of(source);
    }
}
