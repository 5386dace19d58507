package org.tuxtape.examples.build;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;
import org.tuxtape.kpatch.compose.CompositionOutcome;
import org.tuxtape.kpatch.compose.Included.Effect;
import org.tuxtape.kpatch.compose.LeftOut;
import org.tuxtape.kpatch.lint.LintFinding;
import org.tuxtape.kpatch.lint.LintReport;

/** Results for people. */
final class BuildText {
    private static final int LONGEST_EXCERPT = 6;

    private final StringBuilder text = new StringBuilder();

    private BuildText() {}

    static String lint(FixArgument fix, LintReport report) {
        BuildText page = new BuildText();
        page.line("%s: %s", fix.file(), Words.of(report.verdict()));
        report.findings().forEach(page::finding);
        return page.toString();
    }

    static String unreadable(FixArgument fix, String reason) {
        BuildText page = new BuildText();
        page.line("%s: unreadable: %s", fix.file(), reason);
        return page.toString();
    }

    private void finding(LintFinding finding) {
        line("  %-10s %s", Words.of(finding.verdict()), finding.explain());
        line("  %-10s %s", "", finding.rule().remedy());
    }

    static String of(FixResult result) {
        BuildText page = new BuildText();
        if (result instanceof FixResult.NotFound none) {
            page.head(none.missing().cve(), "no fix: " + none.missing().reason());
        } else if (result instanceof FixResult.Hopeless hopeless) {
            page.head(hopeless.fix().cve(), "not tried, since no module can come of it");
            hopeless.lint().reasons().forEach(page::finding);
        } else if (result instanceof FixResult.Idle idle) {
            page.head(idle.fix().cve(), "no change: " + BuildJson.reason(idle.lint()));
        } else if (result instanceof FixResult.Alone alone) {
            page.alone(alone);
        } else if (result instanceof FixResult.Among among) {
            boolean idle = among.included().effect() == Effect.NONE;
            page.head(
                    among.hopeful().fix().cve(),
                    idle ? "included, since others need it; it changes nothing" : "included");
            page.backport(among.hopeful().fix());
        } else if (result instanceof FixResult.Out out) {
            page.leftOut(out.hopeful().fix().cve(), out.leftOut().reason());
        } else if (result instanceof FixResult.Together together) {
            page.together(together);
        }
        return page.toString();
    }

    private void head(CveId cve, String what) {
        line("%-16s %s", cve, what);
    }

    private void backport(Wanted.Fixed fix) {
        fix.backport().ifPresent(reason -> line("  of branch %s: %s", fix.fix().branch(), reason));
    }

    private void alone(FixResult.Alone alone) {
        CveId cve = alone.hopeful().fix().cve();
        if (alone.outcome() instanceof BuildOutcome.Built built) {
            head(cve, alone.reused() ? "built before" : "built in " + Words.of(alone.took()));
            backport(alone.hopeful().fix());
            module(built.module());
            built.report().remarks().forEach(remark -> line("  %s", remark));
        } else if (alone.outcome() instanceof BuildOutcome.NoChange none) {
            head(cve, "no change: " + none.reason());
        } else if (alone.outcome() instanceof BuildOutcome.Failed failed) {
            head(cve, "failed: " + Words.of(failed.diagnosis().failure()));
            backport(alone.hopeful().fix());
            failed(failed);
        } else {
            head(cve, "stopped on request; all is as it was before");
        }
    }

    private void module(LivepatchModule module) {
        line("  %s", module.file());
        module.manifest().functions().stream()
                .collect(Collectors.groupingBy(
                        function -> function.object().name(),
                        TreeMap::new,
                        Collectors.mapping(function -> function.name(), Collectors.joining(" "))))
                .forEach((object, functions) -> line("  %-12s %s", object, functions));
    }

    private void failed(BuildOutcome.Failed failed) {
        BuildDiagnosis diagnosis = failed.diagnosis();
        diagnosis.place().ifPresent(place -> line("  at %s", place));
        diagnosis.object().ifPresent(object -> line("  in %s", object));
        diagnosis.function().ifPresent(function -> line("  of %s", function));
        diagnosis.excerpt().lines().limit(LONGEST_EXCERPT).forEach(excerpt -> line("  | %s", excerpt));
        line("  %s", diagnosis.remedy());
        failed.report().log().ifPresent(log -> line("  See %s.", log));
    }

    private void leftOut(CveId cve, LeftOut.Reason reason) {
        if (reason instanceof LeftOut.AlreadyThere there) {
            head(
                    cve,
                    there.through().isEmpty() ? "already in the tree" : "already there with " + cves(there.through()));
        } else if (reason instanceof LeftOut.NoChange none) {
            head(cve, "no change: " + none.reason());
        } else if (reason instanceof LeftOut.Fails fails) {
            head(cve, "left out: " + Words.of(fails.seen().diagnosis().failure()));
            failed(fails.seen());
        } else if (reason instanceof LeftOut.Conflicts conflicts) {
            head(cve, "left out: it does not build with " + cves(conflicts.with()));
            failed(conflicts.seen());
        } else if (reason instanceof LeftOut.Depends depends) {
            head(cve, "left out: it needs " + cves(depends.on()));
            failed(depends.seen());
        } else if (reason instanceof LeftOut.Undecided undecided) {
            head(cve, "not decided when the builds ended");
            undecided.seen().ifPresent(this::failed);
        }
    }

    private static String cves(List<Fix> fixes) {
        return fixes.stream().map(fix -> fix.cve().toString()).collect(Collectors.joining(", "));
    }

    private void together(FixResult.Together together) {
        CompositionOutcome outcome = together.outcome();
        String cost = outcome.builds() + " builds, " + Words.of(together.took());
        if (outcome instanceof CompositionOutcome.Built built) {
            int included = built.composition().included().size();
            int wanted = built.composition().wanted().fixes().size();
            line("%s: built with %d of %d fixes, %s.", together.name(), included, wanted, cost);
            module(built.module());
        } else if (outcome instanceof CompositionOutcome.Failed failed) {
            String why = Words.of(failed.failure().diagnosis().failure());
            line("%s: failed, and not for any of its fixes: %s.", together.name(), why);
            failed(failed.failure());
        } else if (outcome instanceof CompositionOutcome.Empty) {
            line("%s: nothing is left to build, %s.", together.name(), cost);
        } else {
            line("%s: stopped on request, %s.", together.name(), cost);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    private void line(String format, Object... values) {
        text.append(text.length() == 0 ? "" : "\n").append(Console.harmless(String.format(format, values)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
