package org.tuxtape.archive.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tuxtape.archive.rollout.SmallFleet.A;
import static org.tuxtape.archive.rollout.SmallFleet.START;
import static org.tuxtape.archive.rollout.SmallFleet.canary;
import static org.tuxtape.archive.rollout.SmallFleet.patched;
import static org.tuxtape.archive.rollout.SmallFleet.turnedDown;
import static org.tuxtape.archive.rollout.SmallFleet.unpatched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.rollout.NodeReports.Unreadable;
import org.tuxtape.archive.rollout.ReportException.Fault;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.testkit.ManualClock;

class ReportDirectoryTest {
    private final Context context = ManualClock.at(START).context();

    @TempDir
    Path directory;

    @Test
    void a_node_has_one_file_and_the_latest_report_in_it() throws IOException {
        ReportSink sink = ReportSink.directory(directory);

        sink.send(unpatched(canary(1), START), context);
        sink.send(patched(canary(1), A, START.plusSeconds(1)), context);
        sink.send(unpatched(Node.of("../escape"), START), context);

        assertThat(NodeReports.read(directory, context).reports())
                .containsExactly(unpatched(Node.of("../escape"), START), patched(canary(1), A, START.plusSeconds(1)));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("canary-1.report", NodeReport.fileName("../escape"));
        }
    }

    @Test
    void in_a_spool_the_latest_of_a_node_wins_whatever_the_files_are_called() throws IOException {
        spool("001", patched(canary(1), A, START).toText());
        spool("003", unpatched(canary(1), START.minusSeconds(1)).toText());
        spool("002", patched(canary(1), A, START).toText());

        assertThat(NodeReports.read(directory, context).reports()).containsExactly(patched(canary(1), A, START));
    }

    @Test
    void of_two_reports_of_the_same_time_the_one_against_the_patch_counts() throws IOException {
        spool("1", turnedDown(canary(1), A, START).toText());
        spool("2", patched(canary(1), A, START).toText());

        assertThat(NodeReports.read(directory, context).reports()).containsExactly(turnedDown(canary(1), A, START));
    }

    @Test
    void a_report_from_the_future_does_not_hide_the_present_one() throws IOException {
        spool("1", unpatched(canary(1), START.plus(Duration.ofDays(3000))).toText());
        spool("2", patched(canary(1), A, START).toText());

        assertThat(NodeReports.read(directory, context).reports()).containsExactly(patched(canary(1), A, START));
    }

    @Test
    void a_bad_file_is_named_and_the_others_are_read() throws IOException {
        spool("good", patched(canary(1), A, START).toText());
        spool("empty", "");
        spool("huge", "#".repeat(NodeReport.LONGEST_TEXT + 1));
        spool("later", patched(canary(2), A, START).toText().replace("report 1", "report 2"));
        Files.write(directory.resolve("binary.report"), new byte[] {(byte) 0xff, 0, (byte) 0xc0});
        Files.createSymbolicLink(directory.resolve("link.report"), directory.resolve("good.report"));
        Files.createSymbolicLink(directory.resolve("loop.report"), directory.resolve("loop.report"));

        NodeReports read = NodeReports.read(directory, context);

        assertThat(read.reports()).containsExactly(patched(canary(1), A, START));
        assertThat(read.unreadable())
                .extracting(Unreadable::file)
                .containsExactly(
                        "binary.report", "empty.report", "huge.report", "later.report", "link.report", "loop.report");
        assertThat(read.unreadableCount()).isEqualTo(6);
        assertThat(read.unreadable()).allSatisfy(bad -> assertThat(bad.reason()).isNotBlank());
    }

    @Test
    void what_is_no_report_by_its_name_is_passed_over() throws IOException {
        Files.writeString(directory.resolve("README"), "not a report");
        Files.writeString(directory.resolve(".half.report"), "Format: tux");
        Files.createDirectory(directory.resolve("sub.report"));

        assertThat(NodeReports.read(directory, context)).isEqualTo(new NodeReports(List.of(), List.of(), 0));
    }

    @Test
    void bad_files_are_counted_all_and_named_up_to_a_thousand() throws IOException {
        for (int i = 0; i < 1100; i++) {
            spool(String.format("%04d", 1099 - i), "");
        }

        NodeReports read = NodeReports.read(directory, context);

        assertThat(read.unreadableCount()).isEqualTo(1100);
        assertThat(read.unreadable()).hasSize(1000);
        assertThat(read.unreadable().get(999).file()).isEqualTo("0999.report");
    }

    @Test
    void a_directory_that_is_not_there_or_is_none_is_a_typed_fault() throws IOException {
        Path missing = directory.resolve("missing");
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertFault(Fault.MISSING, missing);
        assertFault(Fault.IO, file);
    }

    private void assertFault(Fault fault, Path place) {
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> NodeReports.read(place, context))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault))
                .satisfies(e -> assertThat(e.place()).isEqualTo(place.toString()));
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> ReportSink.directory(place).send(unpatched(canary(1), START), context));
    }

    /** Injects: the name of the report is taken by a directory that is not empty, so the last step fails. */
    @Test
    void a_report_that_cannot_be_put_in_its_place_leaves_nothing_behind() throws IOException {
        Path taken = Files.createDirectory(directory.resolve("canary-1.report"));
        Files.writeString(taken.resolve("x"), "x");

        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> ReportSink.directory(directory).send(unpatched(canary(1), START), context))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.IO));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(taken);
        }
    }

    @Test
    void a_caller_that_wants_to_stop_is_heard() throws IOException {
        spool("1", patched(canary(1), A, START).toText());
        CancellationToken cancelled = CancellationToken.create();
        cancelled.cancel();

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> NodeReports.read(directory, context.with(cancelled)));
    }

    private void spool(String name, String text) throws IOException {
        Files.write(directory.resolve(name + NodeReport.SUFFIX), text.getBytes(UTF_8));
    }
}
