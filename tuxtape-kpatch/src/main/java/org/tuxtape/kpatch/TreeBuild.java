package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildReport.Phase;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.kpatch.internal.diagnosis.ToolOutput;
import org.tuxtape.kpatch.internal.diagnosis.ToolVerdict;
import org.tuxtape.kpatch.internal.run.BoundedLog;
import org.tuxtape.kpatch.internal.run.LineSink;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolRun;
import org.tuxtape.kpatch.lint.LintVerdict;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.source.SourceView;
import org.tuxtape.kpatch.store.StoredArtefact;
import org.tuxtape.kpatch.tree.TreeLease;

/** One build, with the tree for its own. */
final class TreeBuild {
    /** The linker says it of every section of every function, some 200,000 times a link. */
    private static final String NOISE = ": warning: orphan section `";

    private static final int LOG_HEAD = 1 << 20;
    private static final int LOG_TAIL = 1 << 20;

    private final ToolBuild build;
    private final BuildRequest request;
    private final BuildKey key;
    private final TreeLease lease;
    private final Context context;
    private final BuildWatch watch;
    private boolean hasRun;
    private String version = "";
    private Optional<String> kernelBuildId = Optional.empty();
    private List<Phase> phases = List.of();
    private List<String> remarks = List.of();

    TreeBuild(ToolBuild build, BuildRequest request, BuildKey key, TreeLease lease, String task, Context context) {
        this.build = build;
        this.request = request;
        this.key = key;
        this.lease = lease;
        this.context = context;
        this.watch = new BuildWatch(task, context);
    }

    BuildOutcome run() {
        Event.End end = Event.End.FAILED;
        try {
            BuildOutcome outcome = outcome();
            end = outcome instanceof BuildOutcome.Cancelled ? Event.End.CANCELLED : Event.End.COMPLETED;
            return outcome;
        } finally {
            if (!hasRun) {
                lease.toolsEnded();
            }
            watch.end(end);
        }
    }

    private BuildOutcome outcome() {
        lease.repair().ifPresent(repair -> watch.ownRemark("The tree had to be put back first: " + repair + "."));
        build.tool().remarks().forEach(watch::ownRemark);
        SourceView source = SourceDirectory.of(lease.tree().directory());
        FixPatch.Outcome fitted =
                FixPatch.apply(request.fixes(), source::text, options().fuzz());
        if (fitted instanceof FixPatch.Outcome.Unfit unfit) {
            return failed(unfit.diagnosis(), Optional.empty());
        }
        List<FixPatch> patches = ((FixPatch.Outcome.Fitting) fitted).patches();
        Optional<BuildDiagnosis> obstacle = refusal(patches, source)
                .or(() -> build.preflight(context).stream().findFirst());
        if (obstacle.isPresent()) {
            return failed(obstacle.get(), Optional.empty());
        }
        version = build.tool().version(build.shell(context));
        kernelBuildId = build.tool().kernelBuildId(); // before the tool puts another kernel there
        try (Workplace workplace =
                Workplace.in(options().scratch(), request.name(), lease.tree().directory(), key)) {
            return run(patches, workplace);
        } catch (IOException e) {
            return failed(unwritten(e), Optional.empty());
        }
    }

    private static BuildDiagnosis unwritten(IOException e) {
        return BuildDiagnosis.of(
                BuildFailure.NO_SPACE,
                e.toString(),
                "See that there is room, and leave to write, in the scratch directory and the store.");
    }

    private BuilderOptions options() {
        return build.options();
    }

    /** What must not be built, whoever asks; and what may be if the caller allows it. */
    private Optional<BuildDiagnosis> refusal(List<FixPatch> patches, SourceView source) {
        List<Diff> diffs =
                patches.stream().flatMap(patch -> patch.diffs().stream()).toList();
        return build.tool().kind().lint().check(diffs, source, Optional.empty()).findings().stream()
                .filter(finding -> finding.verdict() == LintVerdict.REFUSED)
                .filter(finding -> !options().scripts().allows(finding.rule()))
                .findFirst()
                .map(finding -> new BuildDiagnosis(
                        BuildFailure.REFUSED,
                        finding.place(),
                        Optional.empty(),
                        finding.symbol(),
                        finding.explain(),
                        finding.rule().remedy()));
    }

    private BuildOutcome run(List<FixPatch> patches, Workplace workplace) throws IOException {
        List<Path> files = new ArrayList<>();
        for (FixPatch patch : build.tool().given(patches)) {
            Path file = workplace.patches().resolve(patch.fileName(files.size() + 1));
            Files.writeString(file, ExactDiff.of(patch.files()), StandardCharsets.ISO_8859_1);
            files.add(file);
        }
        SortedSet<SourcePath> changed = FixPatch.files(patches);
        Tool.Call call = build.tool().call(request, changed, files, workplace);
        SortedSet<SourcePath> guarded = new TreeSet<>(changed);
        guarded.addAll(build.tool().edits(changed));
        lease.guard(guarded);
        ToolOutput output = build.tool().output(changed, context.clock(), watch);
        hasRun = true;
        ToolExit exit;
        try (BoundedLog log = BoundedLog.open(workplace.log(), LOG_HEAD, LOG_TAIL)) {
            exit = run(call, line -> {
                if (!line.contains(NOISE)) {
                    log.line(line);
                    watch.line(line);
                    output.line(line);
                }
            });
            log.fault().ifPresent(fault -> watch.ownRemark("The log is not whole: " + fault + "."));
        }
        phases = output.phases();
        remarks = output.remarks();
        ToolVerdict verdict = output.verdict(exit, this::shortage);
        if (verdict instanceof ToolVerdict.Built || verdict instanceof ToolVerdict.NoChange) {
            lease.toolsEnded(); // a build that failed may have been killed in the middle of an object
        }
        if (verdict instanceof ToolVerdict.Cancelled) {
            return new BuildOutcome.Cancelled();
        }
        if (verdict instanceof ToolVerdict.NoChange none) {
            return new BuildOutcome.NoChange(none.reason(), report(Optional.of(keep(workplace.log()))));
        }
        if (verdict instanceof ToolVerdict.Failed failed) {
            return failed(failed.diagnosis(), Optional.of(keep(workplace.log())));
        }
        return store(patches, workplace);
    }

    private Optional<BuildDiagnosis> shortage() {
        return build.preflight(context).stream()
                .filter(obstacle -> obstacle.failure() == BuildFailure.NO_SPACE)
                .findFirst();
    }

    private ToolExit run(Tool.Call call, LineSink sink) {
        ToolRun run = ToolRun.of(call.command())
                .behind(options().wrapper())
                .in(call.directory())
                .marked(ProcessMarker.parse(lease.marker()));
        for (Map.Entry<String, String> variable : call.environment().entrySet()) {
            run = run.with(variable.getKey(), variable.getValue());
        }
        return run.run(sink, options().timeout(), context);
    }

    private BuildOutcome store(List<FixPatch> patches, Workplace workplace) throws IOException {
        Path file = workplace.module(request.name());
        Optional<String> fault;
        Optional<BuiltModule> module = Optional.empty();
        try {
            DwarfSections.empty(file);
            if (Files.size(file) > ModuleFile.LARGEST) {
                return failed(tooLarge(Files.size(file)), Optional.of(keep(workplace.log())));
            }
            module = Optional.of(BuiltModule.read(file));
            fault = module.get().fault(request);
        } catch (NoSuchFileException e) {
            fault = Optional.of("There is none, although the tool said so.");
        } catch (IllegalArgumentException e) {
            fault = Optional.of("It is no kernel module: " + e.getMessage());
        } catch (IOException e) {
            return failed(unwritten(e), Optional.of(keep(workplace.log())));
        }
        if (fault.isPresent()) {
            return failed(
                    BuildDiagnosis.of(
                            BuildFailure.TOOL_BROKE,
                            "The module of " + version + ": " + fault.get(),
                            "Report it to the tool's authors, with the log."),
                    Optional.of(keep(workplace.log())));
        }
        Manifest manifest = module.orElseThrow().manifest(request, key, version, patches);
        Manifest known = kernelBuildId.map(manifest::withKernelBuildId).orElse(manifest);
        StoredArtefact stored = build.store().put(new LivepatchModule(file, known), Optional.of(workplace.log()));
        return new BuildOutcome.Built(stored.module(), report(stored.log()));
    }

    private static BuildDiagnosis tooLarge(long bytes) {
        return BuildDiagnosis.of(
                BuildFailure.TOO_LARGE,
                "The module has " + bytes + " bytes; at most " + ModuleFile.LARGEST + " are taken.",
                "Divide the fixes between several modules that do not replace each other.");
    }

    private BuildOutcome failed(BuildDiagnosis diagnosis, Optional<Path> log) {
        return new BuildOutcome.Failed(diagnosis, report(log));
    }

    private BuildReport report(Optional<Path> log) {
        String tool = version.isEmpty() ? "" : version + ", since " + build.reason();
        return new BuildReport(tool, watch.phases(phases), watch.remarks(remarks), log);
    }

    /** The log of a build without a module: the last one of each key. */
    private Path keep(Path log) throws IOException {
        Path folder = Files.createDirectories(options().scratch().resolve("logs"));
        return Files.move(log, folder.resolve(key + ".log"), StandardCopyOption.REPLACE_EXISTING);
    }
}
