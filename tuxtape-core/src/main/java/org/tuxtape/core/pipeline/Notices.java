package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.pipeline.Notice.Kind;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.VexStatus;

/**
 * What people want to be told of one kernel.
 *
 * @param run what the run gave for it
 */
record Notices(KernelRun run) {

    Stream<Notice> from(Priority.Band lowest) {
        return Stream.concat(
                run.cves().stream().flatMap(cve -> of(cve, lowest)),
                run.cumulative().stream().flatMap(this::of));
    }

    private Stream<Notice> of(CveRun cve, Priority.Band lowest) {
        return Stream.of(applies(cve, lowest), ended(cve)).flatMap(Optional::stream);
    }

    private Optional<Notice> applies(CveRun cve, Priority.Band lowest) {
        return cve.finding()
                .priority()
                .flatMap(Priority::band)
                .filter(band -> band.compareTo(lowest) <= 0)
                .filter(band -> cve.finding().verdict().status() == VexStatus.AFFECTED)
                .filter(band -> cve.standing().state().isExposed())
                .map(band -> notice(
                        Kind.APPLIES,
                        cve,
                        "Its band is " + band + ". It is " + cve.standing().state() + ".",
                        band.name()));
    }

    private Optional<Notice> ended(CveRun cve) {
        return kind(cve.standing().state())
                .filter(kind -> kind == Kind.CANNOT_BUILD
                        || cve.find(StageResult.Loaded.class).isPresent())
                .map(kind -> notice(
                        kind,
                        cve,
                        "",
                        kind == Kind.CANNOT_BUILD
                                ? failure(cve)
                                : cve.module()
                                        .map(module -> module.manifest().sha256())
                                        .orElse("")));
    }

    /** Returns what stood in the way of a build: what the tool said, or what was to be expected of it. */
    private static String failure(CveRun cve) {
        return cve.diagnosis()
                .map(Notices::failure)
                .or(() -> cve.screening()
                        .map(screening -> screening.reasons().stream()
                                .map(Screening.Finding::code)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining("+"))))
                .orElse("");
    }

    private static String failure(BuildDiagnosis diagnosis) {
        return diagnosis.failure().name();
    }

    private Notice notice(Kind kind, CveRun cve, String before, String distinction) {
        String text = Stream.of(
                        cve.id() + " " + kind + ", " + run.name() + ": "
                                + cve.finding().cve().title() + ".",
                        before,
                        said(cve.standing()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Notice(
                kind,
                run.name(),
                Optional.of(cve.id()),
                text,
                key(kind, cve.id().toString(), distinction));
    }

    private Stream<Notice> of(CumulativeRun patch) {
        return kind(patch.standing().state())
                .map(kind -> new Notice(
                        kind,
                        run.name(),
                        Optional.empty(),
                        patch.name() + " " + kind + ", " + run.name() + ": " + said(patch.standing()),
                        key(
                                kind,
                                patch.name().text(),
                                patch.module()
                                        .map(module -> module.manifest().sha256())
                                        .orElse(failure(patch)))))
                .stream();
    }

    private static String failure(CumulativeRun patch) {
        return patch.composition()
                .map(Composition::outcome)
                .filter(BuildOutcome.Failed.class::isInstance)
                .map(BuildOutcome.Failed.class::cast)
                .map(failed -> failure(failed.diagnosis()))
                .orElse("");
    }

    private static Optional<Kind> kind(Standing.State state) {
        return switch (state) {
            case CANNOT_BUILD -> Optional.of(Kind.CANNOT_BUILD);
            case TURNED_DOWN, UNPROVEN -> Optional.of(Kind.TURNED_DOWN);
            default -> Optional.empty();
        };
    }

    private static String said(Standing standing) {
        return (standing.reason() + " " + standing.remedy()).strip();
    }

    private String key(Kind kind, String about, String distinction) {
        String key = String.join(" ", List.of(kind.name(), about, run.name(), distinction))
                .strip();
        // Codes of a screen are the caller's own words.
        String printable = key.replaceAll("[^ -~]", "?");
        return printable.substring(0, Math.min(printable.length(), Notice.LONGEST_KEY));
    }
}
