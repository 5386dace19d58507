package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.Loading.Purpose;
import org.tuxtape.core.pipeline.Notice;
import org.tuxtape.core.pipeline.Notice.Kind;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Priority.Band;

/** What of a run people are told of. */
class NoticeTest {
    private final House house = new House();

    @Test
    void aCveAppliesWhereItIsInTheBandAndNothingClosesIt() {
        PipelineReport report = rated(house.run(house.bench()), 65);

        assertThat(cves(Notice.of(report, Band.HIGH), Kind.APPLIES))
                .contains(House.GOOD, House.WITHOUT_FIX, House.DOES_NOT_BUILD)
                .doesNotContain(House.FIXED, House.NOT_COMPILED, House.COMPILED_OUT, House.OPEN_QUESTION);
        assertThat(cves(Notice.of(report, Band.CRITICAL), Kind.APPLIES)).isEmpty();
    }

    @Test
    void whatCannotBeBuiltIsKnownByWhatFailed() {
        List<Notice> notices = Notice.of(rated(house.run(house.bench()), 10), Band.CRITICAL);

        assertThat(notices)
                .filteredOn(notice -> notice.kind() == Kind.CANNOT_BUILD)
                .extracting(Notice::key)
                .containsExactlyInAnyOrder(
                        "CANNOT_BUILD CVE-2024-1005 6.6.20 DATA_CHANGE", "CANNOT_BUILD CVE-2024-1007 6.6.20 A_RULE");
        assertThat(notices)
                .filteredOn(notice -> notice.cve().equals(Optional.of(House.DOES_NOT_BUILD)))
                .singleElement()
                .extracting(Notice::text)
                .asString()
                .startsWith("CVE-2024-1005 cannot be built, 6.6.20: something went wrong.")
                .endsWith("Use a shadow.");
    }

    @Test
    void theSameRunGivesTheSameNotices() {
        assertThat(Notice.of(house.run(house.composing()), Band.LOW))
                .isEqualTo(Notice.of(new House().run(new House().composing()), Band.LOW))
                .extracting(Notice::key)
                .doesNotHaveDuplicates();
    }

    /** Two builds of one release, of which the one is not the other. */
    @Test
    void kernelsOfOneReleaseAreToldApartByTheirNames() {
        List<Workbench> kernels =
                List.of(house.bench().named("web"), house.bench().named("db"));

        List<Notice> notices =
                Notice.of(rated(Pipeline.of(House.source()).run(kernels, house.context()), 65), Band.HIGH);

        assertThat(notices).extracting(Notice::key).doesNotHaveDuplicates();
        assertThat(notices).filteredOn(notice -> notice.kernel().equals("web")).isNotEmpty();
        assertThat(notices)
                .filteredOn(notice -> notice.kernel().equals("db"))
                .hasSize(notices.size() / 2)
                .allMatch(notice -> notice.text().contains(", db: "));
    }

    @Test
    void aCumulativePatchThatIsTurnedDownIsOneNoticeAndNotOneForEachCveInIt() {
        house.approved();
        house.kernel.refuse(
                house.run(house.composing())
                        .kernels()
                        .get(0)
                        .cumulative()
                        .orElseThrow()
                        .name(),
                "ENOMEM");

        PipelineReport report = house.run(house.composing().loading(house.loading(Purpose.KEEP)));

        assertThat(PipelineTest.cve(report, House.GOOD).standing().state()).isEqualTo(State.TURNED_DOWN);
        assertThat(Notice.of(report, Band.CRITICAL))
                .filteredOn(notice -> notice.kind() == Kind.TURNED_DOWN)
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.cve()).isEmpty();
                    assertThat(notice.text()).contains("ENOMEM");
                });
    }

    @Test
    void anotherBandIsAnotherNotice() {
        PipelineReport report = house.run(house.bench());

        assertThat(Notice.of(rated(report, 65), Band.HIGH))
                .filteredOn(notice -> notice.kind() == Kind.APPLIES)
                .doesNotContainAnyElementsOf(Notice.of(rated(report, 95), Band.HIGH));
    }

    @Test
    void aNoticeIsOneLineWithAKeyThatAFileCanHold() {
        assertThat(new Notice(Kind.APPLIES, "6.1.1", Optional.empty(), "a\r\nb\u202Ec", "key").text())
                .isEqualTo("a  b c");
        for (String key : List.of("", "a\nb", "\u00e4", "x".repeat(501))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Notice(Kind.APPLIES, "6.1.1", Optional.empty(), "", key));
        }
    }

    private static List<CveId> cves(List<Notice> notices, Kind kind) {
        return notices.stream()
                .filter(notice -> notice.kind() == kind)
                .flatMap(notice -> notice.cve().stream())
                .toList();
    }

    /** The same run, with one score for whatever has any. */
    private static PipelineReport rated(PipelineReport report, double score) {
        return new PipelineReport(
                report.begin(),
                report.end(),
                report.isCancelled(),
                report.kernels().stream()
                        .map(kernel -> new KernelRun(
                                kernel.name(),
                                kernel.kernel(),
                                kernel.provenance(),
                                kernel.funnel(),
                                kernel.cves().stream()
                                        .map(run -> rated(run, score))
                                        .toList(),
                                kernel.cumulative(),
                                kernel.triage()))
                        .toList(),
                report.faults());
    }

    private static CveRun rated(CveRun run, double score) {
        Finding finding = run.finding();
        return new CveRun(
                new Finding(
                        finding.cve(),
                        finding.verdict(),
                        finding.verdict().status().isOpen()
                                ? Optional.of(Priority.of(score, "test", "as the test wants it"))
                                : Optional.empty()),
                run.stages(),
                run.standing(),
                run.fallback());
    }
}
