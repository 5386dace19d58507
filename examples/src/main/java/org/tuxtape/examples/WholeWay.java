package org.tuxtape.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.pipeline.CveRun;
import org.tuxtape.core.pipeline.KernelRun;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.Pipeline;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Target;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.KpatchBuilder;
import org.tuxtape.kpatch.LintScreen;
import org.tuxtape.kpatch.TrialCompile;
import org.tuxtape.kpatch.compose.IsolatingComposer;
import org.tuxtape.kpatch.fix.PatchFixSource;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.profile.KbuildTree;

/** The README's second example: from announcements to a livepatch in force, as far as a reviewer lets it. */
final class WholeWay {
    private WholeWay() {}

    // snippet: whole-way
    static Workbench workbench(Path tree, Path patches, Path artefacts, Path scratch) {
        BuildTree built = BuildTree.open(tree);
        BuilderOptions options = BuilderOptions.in(scratch);
        // What a tool that was killed has left in the tree is put back before anybody reads it.
        built.lease("to look at it", options.patience(), Context.standard()).close();
        BuildProfile profile = KbuildTree.read(tree);
        SourceDirectory source = SourceDirectory.of(tree);
        ArtefactStore store = ArtefactStore.open(artefacts, Context.standard());
        return Workbench.of(Target.of(profile).with(source).with(PatchFixSource.of(patches)))
                .screening(LintScreen.of(PatchLint.forKpatchBuild(), source, Optional.of(profile))
                        .trying(TrialCompile.of(built, options)))
                .building(KpatchBuilder.of(built, store, options))
                .composing(IsolatingComposer.with(composer -> composer.against(source::text)))
                .reviewedBy(module -> store.reviews(module.manifest().key().orElseThrow()), new ReviewPolicy.Required())
                .loading(new Loading(
                        SysfsController.ofThisMachine(),
                        new TransitionPolicy.Reverse(Duration.ofSeconds(60)),
                        Loading.Purpose.KEEP));
    }

    static void run(Path archive, Workbench kernel) {
        PipelineReport report = Pipeline.of(MboxSource.of(archive)).run(List.of(kernel), Context.standard());
        report.faults().forEach(fault -> System.err.println(fault.stage() + ": " + fault.message()));
        for (KernelRun run : report.kernels()) {
            System.out.println(run.kernel().release() + " " + run.standings());
            for (CveRun cve : run.exposed()) {
                System.out.println(cve.id() + " " + cve.standing());
                cve.fallback()
                        .ifPresent(rest -> rest.measures().forEach(measure -> System.out.println(measure.order())));
            }
        }
    }
    // end
}
