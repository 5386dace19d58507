package org.tuxtape.examples.build;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.examples.Words;
import org.tuxtape.kpatch.compose.Composition;
import org.tuxtape.kpatch.compose.CompositionOutcome;
import org.tuxtape.kpatch.compose.LeftOut;
import org.tuxtape.kpatch.lint.LintReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as JSON, one object per line. What is unknown is absent, never null. */
final class BuildJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private BuildJson() {}

    static ObjectNode line(String kind) {
        return MAPPER.createObjectNode().put("kind", kind);
    }

    static String write(ObjectNode line) {
        return MAPPER.writeValueAsString(line);
    }

    static String lint(FixArgument fix, LintReport report) {
        ObjectNode line = lint(fix);
        verdict(line, report);
        return write(line);
    }

    static String unreadable(FixArgument fix, String reason) {
        return write(lint(fix).put("verdict", "unreadable").put("reason", reason));
    }

    private static ObjectNode lint(FixArgument fix) {
        ObjectNode line = line("lint");
        fix.cve().ifPresent(cve -> line.put("cve", cve.toString()));
        line.putArray("patches").add(fix.file().toString());
        return line;
    }

    private static void verdict(ObjectNode node, LintReport report) {
        node.put("verdict", Words.key(report.verdict()));
        ArrayNode findings = node.putArray("findings");
        report.findings().forEach(finding -> {
            ObjectNode each = findings.addObject()
                    .put("code", Words.key(finding.rule()))
                    .put("verdict", Words.key(finding.verdict()));
            finding.place().ifPresent(place -> each.put("place", place.toString()));
            finding.symbol().ifPresent(symbol -> each.put("function", symbol));
            each.put("detail", finding.detail())
                    .put("why", finding.rule().why())
                    .put("remedy", finding.rule().remedy());
        });
    }

    static String of(FixResult result) {
        if (result instanceof FixResult.Together together) {
            return of(together);
        }
        ObjectNode line = line("fix");
        if (result instanceof FixResult.NotFound none) {
            line.put("cve", none.missing().cve().toString())
                    .put("outcome", "missing")
                    .put("reason", none.missing().reason());
        } else if (result instanceof FixResult.Hopeless hopeless) {
            fix(line, hopeless.fix(), Optional.of(hopeless.lint()));
            line.put("outcome", "not_tried").put("reason", reason(hopeless.lint()));
        } else if (result instanceof FixResult.Idle idle) {
            fix(line, idle.fix(), Optional.of(idle.lint()));
            line.put("outcome", "no_change").put("reason", reason(idle.lint()));
        } else if (result instanceof FixResult.Alone alone) {
            fix(line.put("name", alone.name().text()), alone.hopeful());
            outcome(line, alone.outcome());
            line.put("seconds", Words.seconds(alone.took()))
                    .put("key", alone.key().text())
                    .put("reused", alone.reused());
        } else if (result instanceof FixResult.Among among) {
            fix(line, among.hopeful());
            line.put("outcome", "included")
                    .put("effect", Words.key(among.included().effect()));
        } else if (result instanceof FixResult.Out out) {
            fix(line, out.hopeful());
            leftOut(line, out.leftOut().reason());
        }
        return write(line);
    }

    static String reason(LintReport lint) {
        return lint.reasons().get(0).explain();
    }

    private static void fix(ObjectNode line, FixResult.Hopeful hopeful) {
        fix(line, hopeful.fix(), hopeful.lint());
    }

    private static void fix(ObjectNode line, Wanted.Fixed wanted, Optional<LintReport> lint) {
        Fix fix = wanted.fix();
        line.put("cve", fix.cve().toString()).put("branch", fix.branch().toString());
        ArrayNode commits = line.putArray("commits");
        fix.commits().forEach(commit -> commit.commit().ifPresent(id -> commits.add(id.text())));
        if (!wanted.patches().isEmpty()) {
            ArrayNode patches = line.putArray("patches");
            wanted.patches().forEach(file -> patches.add(file.toString()));
        }
        wanted.backport().ifPresent(reason -> line.put("backport", reason));
        lint.ifPresent(report -> verdict(line.putObject("lint"), report));
    }

    private static void outcome(ObjectNode line, BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built built) {
            module(line.put("outcome", "built"), built.module());
            report(line, built.report());
        } else if (outcome instanceof BuildOutcome.NoChange none) {
            report(line.put("outcome", "no_change").put("reason", none.reason()), none.report());
        } else if (outcome instanceof BuildOutcome.Failed failed) {
            failed(line.put("outcome", "failed"), failed);
        } else {
            line.put("outcome", "cancelled");
        }
    }

    private static void failed(ObjectNode line, BuildOutcome.Failed failed) {
        BuildDiagnosis diagnosis = failed.diagnosis();
        line.put("class", Words.key(diagnosis.failure()));
        diagnosis.object().ifPresent(object -> line.put("object", object.name()));
        diagnosis.function().ifPresent(function -> line.put("function", function));
        diagnosis.place().ifPresent(place -> line.put("place", place.toString()));
        line.put("excerpt", diagnosis.excerpt()).put("remedy", diagnosis.remedy());
        report(line, failed.report());
    }

    private static void report(ObjectNode line, BuildReport report) {
        if (!report.tool().isEmpty()) {
            line.put("tool", report.tool());
        }
        ArrayNode phases = line.putArray("phases");
        report.phases()
                .forEach(phase ->
                        phases.addObject().put("name", phase.name()).put("seconds", Words.seconds(phase.time())));
        ArrayNode remarks = line.putArray("remarks");
        report.remarks().forEach(remarks::add);
        report.log().ifPresent(log -> line.put("log", log.toString()));
    }

    private static void module(ObjectNode line, LivepatchModule module) {
        line.put("module", module.file().toString())
                .put("manifest", Manifest.beside(module.file()).toString());
        module.manifest().key().ifPresent(key -> line.put("key", key.text()));
        ArrayNode functions = line.putArray("functions");
        module.manifest()
                .functions()
                .forEach(function -> functions
                        .addObject()
                        .put("object", function.object().name())
                        .put("name", function.name())
                        .put("sympos", function.sympos()));
    }

    private static void leftOut(ObjectNode line, LeftOut.Reason reason) {
        if (reason instanceof LeftOut.AlreadyThere there) {
            cves(line.put("outcome", "already_in_tree"), "through", there.through());
            line.put("reason", "The source is as it is after the fix.");
        } else if (reason instanceof LeftOut.NoChange none) {
            line.put("outcome", "no_change").put("reason", none.reason());
        } else if (reason instanceof LeftOut.Fails fails) {
            failed(line.put("outcome", "left_out"), fails.seen());
        } else if (reason instanceof LeftOut.Conflicts conflicts) {
            cves(line.put("outcome", "left_out"), "with", conflicts.with());
            failed(line, conflicts.seen());
        } else if (reason instanceof LeftOut.Depends depends) {
            cves(line.put("outcome", "left_out"), "needs", depends.on());
            failed(line, depends.seen());
        } else if (reason instanceof LeftOut.Undecided undecided) {
            line.put("outcome", "not_tried").put("reason", "It was not decided when the builds ended.");
            undecided.seen().ifPresent(seen -> failed(line, seen));
        }
    }

    private static void cves(ObjectNode line, String name, List<Fix> fixes) {
        if (!fixes.isEmpty()) {
            ids(line.putArray(name), fixes.stream().map(Fix::cve).toList());
        }
    }

    static void ids(ArrayNode array, Collection<CveId> cves) {
        cves.forEach(cve -> array.add(cve.toString()));
    }

    private static String of(FixResult.Together together) {
        CompositionOutcome outcome = together.outcome();
        Composition composition = outcome.composition();
        ObjectNode line = line("module").put("name", together.name().text());
        if (outcome instanceof CompositionOutcome.Built built) {
            module(line.put("outcome", "built"), built.module());
            report(line, built.report());
        } else if (outcome instanceof CompositionOutcome.Failed failed) {
            failed(line.put("outcome", "failed"), failed.failure());
        } else {
            line.put("outcome", outcome instanceof CompositionOutcome.Empty ? "nothing_to_build" : "cancelled");
        }
        ids(line.putArray("cves"), composition.fixes().stream().map(Fix::cve).toList());
        line.put("fixes", composition.wanted().fixes().size())
                .put("included", composition.included().size())
                .put("leftOut", composition.leftOut().size())
                .put("builds", outcome.builds())
                .put("maxBuilds", together.mostBuilds())
                .put("seconds", Words.seconds(together.took()));
        return write(line);
    }
}
