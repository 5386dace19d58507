package org.tuxtape.kpatch;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.standin.Fault;
import org.tuxtape.kpatch.standin.SmallFix;
import org.tuxtape.testkit.contract.PatchBuilderContract;
import org.tuxtape.testkit.contract.PatchBuilderSubject;

/** The contract for a builder over a stand-in, which is as bad to it as it can. */
abstract class BuilderContract extends PatchBuilderContract {
    /** A megabyte from the beginning, one from the end, and what stands between them. */
    private static final long LONGEST_LOG = (2 << 20) + 1000;

    private static final String PATCHED = "compiling";

    @TempDir
    private Path directory = Path.of("");

    abstract LivepatchTool tool();

    @Override
    protected PatchBuilderSubject subject() {
        Site site = Site.of(tool(), directory);
        site.standIn()
                .faults(
                        Fault.halfModule().in("half"),
                        Fault.ignoreTerm(PATCHED).in("hanging"),
                        Fault.orphan(PATCHED).in("hanging"),
                        Fault.hang(PATCHED).in("hanging"),
                        Fault.orphan(PATCHED).in("slow"),
                        Fault.hang(PATCHED).in("slow"),
                        Fault.hang(PATCHED).in("killed"),
                        Fault.flood(PATCHED, 8 << 20).in("talkative"));
        BuilderOptions impatient = site.options().withTimeout(Duration.ofSeconds(3));
        return PatchBuilderSubject.of(
                        site::builder,
                        site.request("one", SmallFix.BUILDS),
                        site.request("two", SmallFix.BUILDS_TOO, SmallFix.BUILDS_IN_A_MODULE))
                .tree(site.tree().directory(), Site::isSource, Site::isStamped)
                .artefacts(site.store())
                .processes(() -> site.standIn().processes().size())
                .toolRuns(site::runs)
                .noChange(site.request("no_change", SmallFix.COMMENT))
                .failing(site.request("failing", SmallFix.COMPILE_ERROR), BuildFailure.COMPILE_ERROR)
                .halfWritten(site.request("half", SmallFix.BUILDS))
                .hanging(
                        site.request("hanging", SmallFix.BUILDS),
                        () -> site.standIn().isHanging())
                .slow(() -> site.builder(impatient), site.request("slow", SmallFix.BUILDS))
                .killed(() ->
                        BuilderProcess.start(site, "killed", SmallFix.BUILDS).killWhereItHangs())
                .logLimit(site.request("talkative", SmallFix.BUILDS), LONGEST_LOG)
                .cleanUp(() -> site.standIn().endProcesses());
    }
}
