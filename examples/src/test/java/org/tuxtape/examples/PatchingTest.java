package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.KpatchBuilder;
import org.tuxtape.kpatch.fix.PatchFixSource;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.PatchLint;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.kpatch.tree.TreeException;
import org.tuxtape.livepatch.sysfs.ModuleFiles;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.kernel.SimulatedKernel;
import org.tuxtape.testkit.kernel.SimulatedTask;

/** From a fix to a livepatch in force, as the pages show it. */
class PatchingTest {
    @TempDir
    private Path directory;

    @Test
    void aFixIsLookedUpLintedAndBuilt() throws IOException {
        SimulatedWorkshop workshop = new SimulatedWorkshop(directory);
        Path fixes = Path.of(workshop.patch("CVE-2024-26582", "net/tls.c")).getParent();
        Path linux = workshop.tree();
        Path patches = workshop.store();
        Path scratch = directory;
        Cve cve = Cve.builder(CveId.parse("CVE-2024-26582"))
                .ranges(AffectedRange.fixedBy(Change.of(
                        KernelVersion.parse("6.1.91"), CommitId.parse("0123456789012345678901234567890123456789"))))
                .files("net/tls.c")
                .build();

        String said = "";

        // snippet: build
        BuildTree tree = BuildTree.open(linux);
        FixSource source = PatchFixSource.of(fixes);
        if (source.find(cve, tree.kernel(), Context.standard()) instanceof FixLookup.Found found) {
            LintReport lint = PatchLint.forKpatchBuild()
                    .check(
                            found.fix().commits().stream()
                                    .map(commit -> Diff.parse(commit.diff()))
                                    .toList(),
                            SourceDirectory.of(linux),
                            Optional.empty());
            System.out.println(lint.verdict() + " " + lint.reasons());

            ArtefactStore store = ArtefactStore.open(patches, Context.standard());
            PatchBuilder builder = KpatchBuilder.of(tree, store, BuilderOptions.in(scratch));
            BuildRequest request = new BuildRequest(
                    new LivepatchName("livepatch_tls"), tree.kernel(), List.of(found.fix()), Replacement.REPLACE_ALL);
            said = outcome(builder.build(request, Context.standard()));
        }
        // end

        assertThat(said).contains(": "); // there is no real tree, and maybe no tool
    }

    // snippet: build-outcome
    static String outcome(BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built built) {
            return "built " + built.module().file();
        }
        if (outcome instanceof BuildOutcome.NoChange same) {
            return "nothing to patch: " + same.reason(); // this build does not have the code
        }
        if (outcome instanceof BuildOutcome.Failed failed) {
            return failed.diagnosis().failure() + ": " + failed.diagnosis().remedy();
        }
        return "not built: " + outcome; // cancelled, or what a later version adds
    }
    // end

    @Test
    void whatIsNotClearIsNotLoaded() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(directory);
        Path file = machine.write("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv")
                .file();
        LivepatchController controller =
                SysfsController.builder(machine.files()).loading(machine).build();
        Context context = machine.clock().context();

        // snippet: load
        LivepatchModule module = ModuleFiles.describe(file); // by the file alone; the manifest beside it knows the CVEs
        LoadPlan plan = controller.plan(module); // changes nothing
        plan.obstacles().forEach(obstacle -> System.err.println(obstacle.reason()));
        if (plan.isClear()) {
            TransitionOutcome outcome =
                    controller.load(module, new TransitionPolicy.Reverse(Duration.ofSeconds(60)), context);
            System.out.println(outcome);
        }
        // end

        assertThat(controller.loaded()).hasSize(1);
    }

    @Test
    void aTaskThatDoesNotSwitchOverIsNamedAndNothingHasChanged() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(directory);
        LivepatchModule module = machine.write("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv");
        LivepatchController controller =
                SysfsController.builder(machine.files()).loading(machine).build();

        // snippet: simulated-kernel
        SimulatedKernel kernel = machine.kernel(); // SimulatedKernel.builder(release).clock(clock).build()
        kernel.stall(SimulatedTask.kernelThread(311, "nfsd").sleepingOn("tcp_v4_rcv"));
        TransitionOutcome outcome = controller.load(
                module,
                new TransitionPolicy.Reverse(Duration.ofMinutes(1)),
                machine.clock().context()); // a minute of its clock, no time of yours

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Reversed.class,
                        reversed -> assertThat(reversed.blocking())
                                .extracting(BlockingTask::name)
                                .containsExactly("nfsd"));
        assertThat(controller.loaded()).isEmpty();
        // end
    }

    @Test
    void forceNeedsAPermitAndAnAuditLog() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(directory);
        LivepatchModule module = machine.write("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv");
        Path audit = directory.resolve("audit");
        ManualClock clock = machine.clock();

        // snippet: force
        LivepatchController controller = SysfsController.builder(machine.files())
                .loading(machine)
                .audit(AuditLog.toFile(audit)) // without it nothing is forced
                .build();
        ForcePermit permit = new ForcePermit(
                "Ada", "exploited on this machine", clock.instant().plus(Duration.ofHours(1)));
        TransitionPolicy policy = new TransitionPolicy.Force(Duration.ofMinutes(5), permit);
        TransitionOutcome outcome = controller.load(module, policy, clock.context());
        // end

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionOutcome.Completed.class,
                        done -> assertThat(done.forced()).isFalse());
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SysfsController.builder(machine.files())
                        .loading(machine)
                        .build()
                        .load(module, policy, clock.context()));
    }

    @Test
    void infrastructureThatIsBrokenIsAnExceptionWithFields() {
        Path linux = directory.resolve("nowhere");
        String said = "";

        // snippet: catch
        try {
            BuildTree.open(linux);
        } catch (TreeException e) {
            said = e.fault() + " " + e.path(); // for programs; the message is for people
        } catch (TuxtapeException e) {
            said = e.getMessage(); // every other one of the family
        }
        // end

        assertThat(said).startsWith("MISSING ");
    }
}
