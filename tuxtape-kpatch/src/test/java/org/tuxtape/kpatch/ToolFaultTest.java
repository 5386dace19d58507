package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.kpatch.standin.Fault;
import org.tuxtape.kpatch.standin.SmallFix;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.sample.ElfModule;

/** What tools do wrong: each is a typed outcome, leaves the tree clean, and the next build is right. */
final class ToolFaultTest {
    private static final List<String> KPATCH_PHASES = List.of(
            "Using source directory at",
            "Testing patch file(s)",
            "Reading special section data",
            "Building original source",
            "Building patched source",
            "compiling",
            "Extracting new and modified ELF sections",
            "Patched objects",
            "Building patch module",
            "copying");
    private static final List<String> KLP_PHASES = List.of(
            "Validating patch(es)",
            "Building original kernel",
            "Copying original object files",
            "Fixing patch(es)",
            "Building patched kernel",
            "compiling",
            "Copying patched object files",
            "Generating original checksums",
            "Generating patched checksums",
            "Diffing objects",
            "Building patch module",
            "copying");

    /** Several times what is kept; a gigabyte takes minutes where it is looked at line by line, and shows no more. */
    private static final long FLOOD = 8 << 20;

    @TempDir
    private Path directory = Path.of("");

    private Site site;
    private Map<String, String> before = Map.of();

    private Site site(LivepatchTool tool) {
        site = Site.of(tool, directory);
        before = site.picture();
        return site;
    }

    @AfterEach
    void endWhatIsLeft() {
        if (site != null) {
            site.standIn().endProcesses();
        }
    }

    private static Stream<Arguments> phases() {
        return Stream.concat(
                KPATCH_PHASES.stream().map(phase -> Arguments.of(LivepatchTool.KPATCH_BUILD, phase)),
                KLP_PHASES.stream().map(phase -> Arguments.of(LivepatchTool.KLP_BUILD, phase)));
    }

    /** Builds with faults, sees that nothing of it is left, and that the next build is right. */
    private Failed fails(Fault... faults) {
        BuildOutcome outcome = build(faults);
        assertThat(outcome).isInstanceOf(Failed.class);
        site.standIn().faults();
        assertThat(site.build(SmallFix.BUILDS))
                .isInstanceOfSatisfying(
                        Built.class, built -> assertThat(functions(built)).containsExactly("mailbox_weigh"));
        assertThat(site.picture()).isEqualTo(before);
        return (Failed) outcome;
    }

    private BuildOutcome build(Fault... faults) {
        site.standIn().faults(faults);
        BuildOutcome outcome = site.build(SmallFix.BUILDS);
        assertThat(site.picture()).isEqualTo(before);
        assertThat(site.standIn().processes()).isEmpty();
        assertThat(site.scratch()).isDirectoryNotContaining("glob:**/build-*");
        return outcome;
    }

    private static List<String> functions(Built built) {
        Manifest manifest = built.module().manifest();
        return manifest.functions().stream().map(PatchedFunction::name).toList();
    }

    private static void assertIs(BuildFailure failure, BuildDiagnosis diagnosis) {
        assertThat(diagnosis.failure()).isEqualTo(failure);
        assertThat(diagnosis.remedy()).isNotBlank();
    }

    @Test
    void kpatchBuildThatIsMissingIsNamed() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        here.standIn().remove("bin/kpatch-build");
        assertThat(here.build(SmallFix.BUILDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertIs(BuildFailure.MISSING_TOOL, failed.diagnosis());
            assertThat(failed.diagnosis().excerpt()).contains("kpatch-build");
        });
    }

    @Test
    void kpatchBuildWithoutItsOwnProgramsIsNamed() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        here.standIn().remove("lib/kpatch/create-diff-object");
        assertThat(here.build(SmallFix.BUILDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertIs(BuildFailure.MISSING_TOOL, failed.diagnosis()));
    }

    @Test
    void aWrapperThatLeadsNowhereIsNamedAndNotTheTool() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        List<String> closed =
                List.of("sh", "-c", "echo ssh: connect to host node7 port 22: Connection refused >&2; exit 255");
        assertThat(here.builder(here.options().withWrapper(closed))
                        .build(here.request("small_fix", SmallFix.BUILDS), Context.standard()))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertIs(BuildFailure.MISSING_TOOL, failed.diagnosis());
                    assertThat(failed.diagnosis().excerpt()).contains("Connection refused");
                    assertThat(failed.diagnosis().remedy()).contains("wrapper");
                });
        assertThat(here.picture()).isEqualTo(before);
    }

    /** The faults: the connection breaks, and the node of a cluster goes down, of which srun tells with the status 0. */
    @ParameterizedTest
    @CsvSource({
        "255, Connection to 192.0.2.7 closed by remote host.",
        "255, client_loop: send disconnect: Broken pipe",
        "0, srun: error: Node failure on node7"
    })
    void aMachineThatIsLostBehindTheWrapperIsNoFailureOfTheFix(int status, String message) {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        String script = "case \"$*\" in *--sourcedir*) echo \"" + message + "\" >&2; exit " + status
                + ";; *) exec \"$@\";; esac";
        List<String> wrapper = Stream.concat(Stream.of("sh", "-c", script, "sh"), here.options().wrapper().stream())
                .toList();
        assertThat(here.builder(here.options().withWrapper(wrapper))
                        .build(here.request("small_fix", SmallFix.BUILDS), Context.standard()))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertIs(BuildFailure.KILLED, failed.diagnosis());
                    assertThat(failed.diagnosis().remedy()).contains("wrapper");
                });
        assertThat(here.picture()).isEqualTo(before);
    }

    @Test
    void klpBuildThatIsMissingIsNamed() throws IOException {
        Site here = site(LivepatchTool.KLP_BUILD);
        Files.delete(here.tree().klpBuild());
        assertThat(here.build(SmallFix.BUILDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertIs(BuildFailure.MISSING_TOOL, failed.diagnosis()));
    }

    @Test
    void anObjtoolThatCannotIsNamed() throws IOException {
        Site here = site(LivepatchTool.KLP_BUILD);
        Files.createFile(here.standIn().prefix().resolve("objtool-without-klp"));
        assertThat(here.build(SmallFix.BUILDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertIs(BuildFailure.MISSING_TOOL, failed.diagnosis()));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void aToolThatIsKilledLeavesNothingBehind(LivepatchTool tool, String phase) {
        site(tool);
        assertIs(BuildFailure.KILLED, fails(Fault.kill(phase)).diagnosis());
    }

    @ParameterizedTest
    @CsvSource({"KPATCH_BUILD, Building patched source", "KLP_BUILD, Diffing objects"})
    void aToolThatCrashesIsAFailureOfTheTool(LivepatchTool tool, String phase) {
        site(tool);
        assertIs(BuildFailure.TOOL_BROKE, fails(Fault.segv(phase)).diagnosis());
    }

    @Test
    void aCrashOfCreateDiffObjectIsAFailureOfTheTool() {
        site(LivepatchTool.KPATCH_BUILD);
        BuildDiagnosis diagnosis = fails(Fault.segv("create-diff-object")).diagnosis();
        assertIs(BuildFailure.TOOL_BROKE, diagnosis);
        assertThat(diagnosis.excerpt()).contains("create-diff-object SIGSEGV");
    }

    @ParameterizedTest
    @CsvSource({
        "KPATCH_BUILD, Building original source",
        "KPATCH_BUILD, Building patched source",
        "KPATCH_BUILD, Building patch module",
        "KLP_BUILD, Building original kernel",
        "KLP_BUILD, Building patched kernel",
        "KLP_BUILD, Building patch module"
    })
    void aFullDiskIsNamedAsSuch(LivepatchTool tool, String phase) {
        site(tool);
        assertIs(BuildFailure.NO_SPACE, fails(Fault.noSpace(phase)).diagnosis());
    }

    @ParameterizedTest
    @EnumSource
    void aModuleThatIsHalfWrittenIsNone(LivepatchTool tool) {
        site(tool);
        assertIs(BuildFailure.NO_SPACE, fails(Fault.halfModule()).diagnosis());
    }

    @ParameterizedTest
    @EnumSource
    void successWithoutAModuleIsNone(LivepatchTool tool) {
        site(tool);
        assertIs(BuildFailure.TOOL_BROKE, fails(Fault.noModule()).diagnosis());
    }

    @ParameterizedTest
    @CsvSource({"KPATCH_BUILD, Building original source", "KLP_BUILD, Building original kernel"})
    void aToolThatEndsWellWithoutHavingDoneAnythingHasFailed(LivepatchTool tool, String phase) {
        site(tool);
        fails(Fault.exit(phase, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aModuleOfAnotherKernelIsNotHandedOut(LivepatchTool tool) {
        Site here = site(tool);
        Path other = ElfModule.livepatch("small_fix")
                .kpatch("vmlinux", "mailbox_weigh", 0)
                .writeTo(directory);
        here.standIn().delivers(other);
        BuildOutcome outcome = build();
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertIs(BuildFailure.TOOL_BROKE, failed.diagnosis());
            assertThat(failed.diagnosis().excerpt()).contains("6.12.107");
        });
    }

    private static ElfModule deliverable(Site site) {
        return ElfModule.livepatch("small_fix")
                .tag("vermagic", site.tree().kernel().release() + " SMP mod_unload ")
                .kpatch("vmlinux", "mailbox_weigh", 0);
    }

    @ParameterizedTest
    @EnumSource
    void aModuleThatNobodyWouldReadIsSaidToBeTooLarge(LivepatchTool tool) {
        Site here = site(tool);
        here.standIn()
                .delivers(deliverable(here)
                        .unloaded(".comment", 0, ModuleFile.LARGEST)
                        .writeTo(directory));

        assertThat(build()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertIs(BuildFailure.TOO_LARGE, failed.diagnosis());
            assertThat(failed.report().log()).isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aModuleComesWithoutItsDebugInformation(LivepatchTool tool) {
        Site here = site(tool);
        here.standIn()
                .delivers(deliverable(here)
                        .unloaded(".debug_info", 0, ModuleFile.LARGEST)
                        .writeTo(directory));

        assertThat(build())
                .isInstanceOfSatisfying(
                        Built.class,
                        built -> assertThat(built.module().file().toFile().length())
                                .isLessThan(10_000));
    }

    @ParameterizedTest
    @CsvSource({"KPATCH_BUILD, Building original source", "KLP_BUILD, Building original kernel"})
    void aToolThatHangsIsEnded(LivepatchTool tool, String phase) {
        Site here = site(tool);
        here.standIn().faults(Fault.ignoreTerm(phase), Fault.orphan(phase), Fault.hang(phase));
        BuilderOptions impatient = here.options().withTimeout(Duration.ofSeconds(3));
        BuildOutcome outcome =
                here.builder(impatient).build(here.request("small_fix", SmallFix.BUILDS), Context.standard());
        assertThat(outcome)
                .isInstanceOfSatisfying(Failed.class, failed -> assertIs(BuildFailure.TIMEOUT, failed.diagnosis()));
        assertThat(here.standIn().processes()).isEmpty();
        assertThat(here.picture()).isEqualTo(before);
        here.standIn().faults();
        assertThat(here.build(SmallFix.BUILDS)).isInstanceOf(Built.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatAToolLeavesRunningIsEnded(LivepatchTool tool) {
        site(tool);
        assertThat(build(Fault.orphan("compiling"))).isInstanceOf(Built.class);
    }

    @ParameterizedTest
    @EnumSource
    void aToolThatTalksWithoutEndIsListenedTo(LivepatchTool tool) {
        site(tool);
        BuildOutcome outcome = build(Fault.flood("compiling", FLOOD), Fault.longLine("copying", FLOOD));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Built.class,
                        built -> assertThat(built.report().log().orElseThrow())
                                .satisfies(log -> assertThat(Files.size(log)).isLessThan(3 << 20)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoTextIsReadAllTheSame(LivepatchTool tool) {
        Site here = site(tool);
        here.standIn().faults(Fault.garbage("compiling"));
        RecordingListener listener = new RecordingListener();
        BuildOutcome outcome = here.builder()
                .build(
                        here.request("small_fix", SmallFix.BUILDS),
                        Context.standard().with(listener));
        assertThat(outcome).isInstanceOf(Built.class);
        assertThat(listener.events())
                .filteredOn(Event.Logged.class::isInstance)
                .extracting(event -> ((Event.Logged) event).line())
                .anySatisfy(line -> assertThat(line).contains("red"))
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    }

    @Test
    void whatPatchLeavesInTheTreeIsTakenAway() {
        site(LivepatchTool.KPATCH_BUILD);
        site.standIn().faults(Fault.litter("compiling"));
        assertThat(site.build(SmallFix.BUILDS)).isInstanceOf(Built.class);
        // A file that nobody guards stays: only names of what patch(1) and sed(1) leave are known.
        assertThat(site.picture()).containsKey("net/core/stray.orig");
    }

    @Test
    void theToolsEnvironmentIsClean() {
        Site here = site(LivepatchTool.KPATCH_BUILD);
        assertThat(here.build(SmallFix.BUILDS)).isInstanceOf(Built.class);
        Map<String, String> environment = here.standIn().environment();
        assertThat(environment).containsEntry("LC_ALL", "C").containsEntry("LANG", "C");
        assertThat(environment.get("CACHEDIR")).startsWith(here.scratch().toString());
        assertThat(environment).doesNotContainKeys("MAKEFLAGS", "KCFLAGS", "CROSS_COMPILE", "ARCH", "CC");
    }
}
