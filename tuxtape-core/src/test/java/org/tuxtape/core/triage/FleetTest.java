package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.CveCatalog;

@DisplayName("Many kernels")
class FleetTest {
    private static final List<String> RELEASES = List.of("6.6.20", "6.7", "5.10.3", "6.6.20-vendor", "6.6.20-other");
    private static final CveCatalog CATALOG = SmallCatalog.catalog();

    /** One of many kernels: what its build has is drawn from its number. */
    private static Target kernel(int number) {
        WrittenProfile profile = WrittenProfile.of(RELEASES.get(Math.floorMod(number, RELEASES.size())));
        int bits = Integer.reverse(number * 0x9E3779B9);
        if ((bits & 1) == 0) {
            profile.compiled("net/ipv4/tcp.c", "vmlinux");
        } else {
            profile.absent("net/ipv4/tcp.c");
        }
        if ((bits & 2) == 0) {
            profile.compiled("fs/btrfs/inode.c", (bits & 4) == 0 ? "vmlinux" : "fs/btrfs/btrfs");
        }
        if ((bits & 8) == 0) {
            profile.included("include/net/sock.h", (bits & 16) == 0 ? "a.c b.c" : "a.c c.c", "vmlinux");
        }
        return Target.of(profile);
    }

    private static List<Target> kernels(int count) {
        List<Target> kernels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kernels.add(kernel(i));
        }
        return kernels;
    }

    @Property(tries = 50)
    void eachGetTheReportThatTheyGetAlone(@ForAll @IntRange(max = 60) int count) {
        Triage triage = Triage.of(CATALOG);
        List<Target> kernels = kernels(count);

        List<TriageReport> together =
                triage.against(kernels.stream().map(Target::profile).toList());

        assertThat(together).isEqualTo(kernels.stream().map(triage::against).toList());
    }

    @Test
    void areReportedGroupByGroupWhereTheyAreAlike() {
        List<String> releases = new ArrayList<>();

        Triage.of(CATALOG)
                .against(
                        kernels(10),
                        report -> releases.add(report.kernel().release().text()));

        assertThat(releases)
                .containsExactly(
                        "6.6.20",
                        "6.6.20",
                        "6.7",
                        "6.7",
                        "5.10.3",
                        "5.10.3",
                        "6.6.20-vendor",
                        "6.6.20-vendor",
                        "6.6.20-other",
                        "6.6.20-other");
    }

    @Test
    void areAskedOnceIfTheyAreOne() {
        WrittenProfile profile = SmallCatalog.profile();
        List<TriageReport> reports = new ArrayList<>();

        Triage.of(CATALOG).against(Collections.nCopies(500, Target.of(profile)), reports::add);

        assertThat(reports).hasSize(500).containsOnly(reports.get(0));
        assertThat(profile.asked()).hasSizeLessThan(10);
    }

    @Test
    void shareTheRankOfWhatTheirBuildsHaveInCommon() {
        Set<Verdict> ranked = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        Prioritizer counting = (cve, verdict) -> {
            asked.incrementAndGet();
            ranked.add(verdict);
            return Priority.of(1, "counted", "It was counted.");
        };
        List<Target> alike = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            alike.add(Target.of(SmallCatalog.profile()));
        }

        Triage.of(CATALOG).with(counting).against(alike, report -> {});

        // Two threads may come to the same build at once.
        assertThat(asked.get()).isLessThan(6 * 64);
        assertThat(ranked).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void arePassedOneByOneWhereAMachineOrFixesAreKnown() {
        RunningModules modules = RunningModules.parse("", List.of(), false);
        List<Target> kernels = List.of(
                kernel(0).with(modules),
                kernel(1),
                kernel(2).with(WrittenFixes.none()).with(modules));
        Triage triage = Triage.of(CATALOG);
        List<TriageReport> reports = new ArrayList<>();

        triage.against(kernels, reports::add);

        assertThat(reports)
                .containsExactlyInAnyOrderElementsOf(
                        kernels.stream().map(triage::against).toList());
        assertThat(reports)
                .anyMatch(report -> report.findings().stream()
                        .anyMatch(finding -> finding.verdict().runTime().isPresent()));
    }

    @Test
    void areLeftWhenTheCallerStops() {
        CancellationToken token = CancellationToken.create();
        List<Event> events = new ArrayList<>();
        List<TriageReport> reports = new ArrayList<>();
        Triage triage = Triage.of(CATALOG).with(Context.standard().with(token).with(events::add));

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> triage.against(kernels(1000), report -> {
                    reports.add(report);
                    token.cancel();
                }));

        assertThat(reports).hasSize(1);
        assertThat(events.get(events.size() - 1))
                .isEqualTo(new Event.Ended("triage 1000 kernels", Event.End.CANCELLED));
    }

    @Test
    void areLeftWhenTheReportsAreNotTaken() {
        List<Event> events = new ArrayList<>();

        assertThatIllegalStateException()
                .isThrownBy(() -> Triage.of(CATALOG)
                        .with(Context.standard().with(events::add))
                        .against(kernels(1000), report -> {
                            throw new IllegalStateException("The disk is full.");
                        }))
                .withMessage("The disk is full.");

        assertThat(events.get(events.size() - 1)).isEqualTo(new Event.Ended("triage 1000 kernels", Event.End.FAILED));
    }

    @Test
    void thatBreakEndTheTriageWithWhatTheyThrew() {
        Prioritizer broken = (cve, verdict) -> {
            throw new OutOfMemoryError("Not really.");
        };

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> Triage.of(CATALOG).with(broken).against(kernels(10), report -> {}));
    }
}
