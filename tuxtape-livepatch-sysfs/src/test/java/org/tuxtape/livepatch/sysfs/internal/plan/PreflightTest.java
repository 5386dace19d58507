package org.tuxtape.livepatch.sysfs.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.ModuleFiles;
import org.tuxtape.testkit.sample.ElfModule;

class PreflightTest {
    private static final PatchedFunction CMDLINE = running("vmlinux", "cmdline_proc_show");
    private static final PatchedFunction VERSION = running("vmlinux", "version_proc_show");
    private static final PatchedFunction FAT = running("fat", "fat_fill_inode");
    private static final PatchedFunction BTRFS = running("btrfs", "btrfs_sync_file");

    @TempDir
    private Path directory;

    private KernelOnDisk kernel;

    @BeforeEach
    void aKernelWithNothingInTheWay() {
        kernel = KernelOnDisk.ready(directory);
    }

    private static PatchedFunction running(String object, String name) {
        return new PatchedFunction(new KernelObject(object), name, 1);
    }

    private static ElfModule usual() {
        return ElfModule.livepatch("livepatch_a")
                .needs("klp_enable_patch")
                .kpatch("vmlinux", "cmdline_proc_show", 0)
                .kpatch("fat", "fat_fill_inode", 0);
    }

    private LoadPlan plan(ElfModule module, Livepatch... loaded) {
        return plan(ModuleFiles.describe(module.writeTo(directory)), loaded);
    }

    private LoadPlan plan(LivepatchModule module, Livepatch... loaded) {
        return new Preflight(kernel.files()).plan(module, List.of(loaded));
    }

    private static LivepatchModule with(LivepatchModule module, Replacement replacement) {
        Manifest known = module.manifest();
        return new LivepatchModule(
                module.file(),
                new Manifest(
                        known.name(),
                        known.sha256(),
                        known.release(),
                        known.vermagic(),
                        known.builder(),
                        known.key(),
                        replacement,
                        known.fixes(),
                        known.functions()));
    }

    private static Livepatch livepatch(String name, boolean inTransition, PatchedFunction... functions) {
        List<PatchedObject> objects = Arrays.stream(functions)
                .map(function -> new PatchedObject(
                        function.object().name(),
                        Optional.of(!function.equals(BTRFS)),
                        new TreeSet<>(List.of(function))))
                .toList();
        return new Livepatch(
                new LivepatchName(name), true, inTransition, Optional.empty(), OptionalInt.empty(), objects);
    }

    @Test
    void withNothingInTheWayThePlanIsClear() {
        LoadPlan plan = plan(usual());

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.name()).hasToString("livepatch_a");
        assertThat(plan.patched()).containsExactly(CMDLINE, FAT);
        assertThat(plan.kept()).isEmpty();
        assertThat(plan.reverted()).isEmpty();
        assertThat(plan.absent()).isEmpty();
        assertThat(plan.remarks()).containsExactly("Not known of this kernel's version magic: modversions.");
    }

    static Stream<Arguments> obstacles() {
        return Stream.of(
                inKernel(
                        "no capability",
                        k -> k.file("proc/self/status", "CapEff:\t000001fffffeffff\n"),
                        Cause.NOT_PERMITTED,
                        "EPERM",
                        "CAP_SYS_MODULE"),
                inKernel(
                        "root of a container",
                        k -> k.file("proc/self/uid_map", "  0  100000  65536\n"),
                        Cause.NOT_PERMITTED,
                        "EPERM",
                        "initial user namespace"),
                inKernel(
                        "loading disabled",
                        k -> k.file("proc/sys/kernel/modules_disabled", "1\n"),
                        Cause.LOADING_DISABLED,
                        "EPERM",
                        "modules_disabled"),
                inKernel(
                        "signatures enforced",
                        k -> k.file("sys/module/module/parameters/sig_enforce", "Y\n"),
                        Cause.SIGNATURE,
                        "EKEYREJECTED",
                        "signed modules only"),
                inKernel(
                        "locked down",
                        k -> k.file("sys/kernel/security/lockdown", "none [integrity] confidentiality\n"),
                        Cause.SIGNATURE,
                        "EPERM",
                        "locked down (integrity)"),
                inKernel(
                        "blacklisted",
                        k -> k.file("proc/cmdline", "quiet module_blacklist=b,livepatch_a\n"),
                        Cause.NOT_PERMITTED,
                        "EPERM",
                        "module_blacklist"),
                inKernel(
                        "another release",
                        k -> k.file("proc/sys/kernel/osrelease", "6.12.108\n"),
                        Cause.OTHER_KERNEL,
                        "ENOEXEC",
                        "for 6.12.107, and 6.12.108 runs here"),
                inKernel(
                        "another processor",
                        k -> k.file("proc/sys/kernel/arch", "aarch64\n"),
                        Cause.OTHER_KERNEL,
                        "ENOEXEC",
                        "for x86_64, and this machine is aarch64"),
                inKernel(
                        "no livepatching",
                        k -> k.without("sys/kernel/livepatch"),
                        Cause.NO_LIVEPATCH_SUPPORT,
                        "ENOEXEC",
                        "CONFIG_LIVEPATCH"),
                inKernel(
                        "name taken",
                        k -> k.module("livepatch_a", "live"),
                        Cause.NAME_TAKEN,
                        "EEXIST",
                        "no livepatch in force: unload it first"),
                inKernel(
                        "name of one being removed",
                        k -> k.module("livepatch_a", "going"),
                        Cause.NAME_TAKEN,
                        "EBUSY",
                        "wait until it is gone"),
                inKernel(
                        "name of something built in",
                        k -> k.directory("sys/module/livepatch_a/parameters"),
                        Cause.NAME_TAKEN,
                        "EINVAL",
                        "built into this kernel"),
                inKernel(
                        "ftrace off",
                        k -> k.file("proc/sys/kernel/ftrace_enabled", "0\n"),
                        Cause.FTRACE_OFF,
                        "EBUSY",
                        "ftrace_enabled is 0"),
                inKernel(
                        "function held",
                        k -> k.file(
                                "sys/kernel/tracing/enabled_functions",
                                "cmdline_proc_show (1) R I     \ttramp: 0xffffffffa0001000 (mine+0x0/0x10)\n"),
                        Cause.FUNCTION_HELD,
                        "EBUSY",
                        "Another user of ftrace on cmdline_proc_show"),
                inKernel(
                        "kprobe that holds",
                        k -> k.file("sys/kernel/tracing/enabled_functions", "fat_fill_inode [fat] (1) R I\n")
                                .file(
                                        "sys/kernel/debug/kprobes/list",
                                        "ffffffffa0000000  k  fat_fill_inode+0x0  fat [FTRACE]\n"),
                        Cause.FUNCTION_HELD,
                        "EBUSY",
                        "A kprobe on fat_fill_inode decides"),
                inKernel(
                        "no place for ftrace",
                        k -> k.file("sys/kernel/tracing/available_filter_functions", "fat_fill_inode [fat]\n"),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "has no place for ftrace"),
                inModule(
                        "ordinary module",
                        ElfModule.ordinary("fat32"),
                        Cause.NOT_A_LIVEPATCH,
                        "ENOEXEC",
                        "run whatever it does"),
                inModule(
                        "not marked",
                        ElfModule.ordinary("fat32").needs("klp_enable_patch"),
                        Cause.NOT_A_LIVEPATCH,
                        "EINVAL",
                        "MODULE_INFO(livepatch"),
                inModule(
                        "other flags",
                        usual().tag("vermagic", "6.12.107 SMP preempt mod_unload "),
                        Cause.OTHER_KERNEL,
                        "ENOEXEC",
                        "with preempt, and this kernel was built without it"),
                inModule(
                        "big endian",
                        usual().machine(21, 8, ByteOrder.BIG_ENDIAN),
                        Cause.OTHER_KERNEL,
                        "ENOEXEC",
                        "for ppc64, and this machine is x86_64"),
                inModule(
                        "unknown symbol",
                        usual().needs("nowhere").tag("depends", "fat,nls-base"),
                        Cause.UNKNOWN_SYMBOL,
                        "ENOENT",
                        "It needs nowhere, which nothing that is loaded exports: load the"
                                + " module that does (nls-base)"),
                inModule(
                        "symbol not exported",
                        usual().needs("private"),
                        Cause.UNKNOWN_SYMBOL,
                        "ENOENT",
                        "needs private"),
                inModule(
                        "reaches for nothing",
                        usual().reaches("vmlinux", "vmlinux", "gone", 0),
                        Cause.UNKNOWN_SYMBOL,
                        "EINVAL",
                        "no symbol gone in vmlinux"),
                inModule(
                        "no such function",
                        usual().kpatch("vmlinux", "gone", 0),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "no symbol gone in vmlinux"),
                inModule(
                        "function of another object",
                        usual().kpatch("vmlinux", "fat_fill_inode", 0),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "no symbol fat_fill_inode in vmlinux"),
                inModule(
                        "only imported there",
                        usual().kpatch("fat", "not_its_own", 0),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "no symbol not_its_own in fat"),
                inModule(
                        "ambiguous function",
                        usual().kpatch("vmlinux", "twice", 0),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "2 symbols twice"),
                inModule(
                        "place too large",
                        usual().kpatch("vmlinux", "twice", 3),
                        Cause.NO_SUCH_FUNCTION,
                        "EINVAL",
                        "symbol 3 of the name twice in vmlinux, and there are 2"));
    }

    private static Arguments inKernel(
            String what, Consumer<KernelOnDisk> change, Cause cause, String errno, String reason) {
        return arguments(what, usual(), change, cause, errno, reason);
    }

    private static Arguments inModule(String what, ElfModule module, Cause cause, String errno, String reason) {
        Consumer<KernelOnDisk> none = kernel -> {};
        return arguments(what, module, none, cause, errno, reason);
    }

    @Test
    void anotherBuildOfTheSameReleaseIsAnotherKernel() {
        kernel.buildId("5f0c");
        LivepatchModule module = ModuleFiles.describe(usual().writeTo(directory));

        assertThat(plan(new LivepatchModule(module.file(), module.manifest().withKernelBuildId("5f0c")))
                        .obstacles())
                .isEmpty();
        assertThat(plan(new LivepatchModule(module.file(), module.manifest().withKernelBuildId("ab01")))
                        .obstacles())
                .singleElement()
                .satisfies(obstacle -> {
                    assertThat(obstacle.cause()).isEqualTo(Cause.OTHER_KERNEL);
                    assertThat(obstacle.reason()).contains("ab01", "5f0c", "another build of the same release");
                });
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("obstacles")
    void eachObstacleIsForeseenWithItsErrorNumber(
            String what, ElfModule module, Consumer<KernelOnDisk> change, Cause cause, String errno, String reason) {
        change.accept(kernel);

        assertThat(plan(module).obstacles()).as(what).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.cause()).isEqualTo(cause);
            assertThat(obstacle.errno()).isEqualTo(errno);
            assertThat(obstacle.reason()).contains(reason).endsWith(".");
        });
    }

    @Test
    void obstaclesStandAsTheKernelMeetsThem() {
        kernel.file("proc/self/status", "CapEff:\t0000000000000000\n")
                .file("proc/sys/kernel/modules_disabled", "1\n")
                .file("sys/module/module/parameters/sig_enforce", "Y\n")
                .file("proc/sys/kernel/osrelease", "6.12.108\n")
                .file("proc/sys/kernel/ftrace_enabled", "0\n")
                .module("livepatch_a", "live")
                .file("sys/kernel/tracing/enabled_functions", "cmdline_proc_show (1) R I \n");
        ElfModule module = usual().needs("nowhere")
                .reaches("vmlinux", "vmlinux", "private", 7)
                .kpatch("vmlinux", "gone", 0);

        assertThat(plan(module, livepatch("livepatch_b", true, VERSION)).obstacles())
                .extracting(Obstacle::cause)
                .startsWith(
                        Cause.NOT_PERMITTED,
                        Cause.LOADING_DISABLED,
                        Cause.SIGNATURE,
                        Cause.OTHER_KERNEL,
                        Cause.NAME_TAKEN,
                        Cause.UNKNOWN_SYMBOL,
                        Cause.UNKNOWN_SYMBOL,
                        Cause.NO_SUCH_FUNCTION,
                        Cause.TRANSITION_RUNNING,
                        Cause.FTRACE_OFF,
                        Cause.FUNCTION_HELD);
    }

    @Test
    void whatTheKernelWouldNotNoticeComesLast() {
        LivepatchModule known = ModuleFiles.describe(usual().writeTo(directory));
        kernel.file("proc/sys/kernel/ftrace_enabled", "0\n");
        ElfModule.livepatch("livepatch_a")
                .tag("vermagic", "6.12.99 SMP mod_unload ")
                .writeTo(directory);

        assertThat(plan(known).obstacles())
                .extracting(Obstacle::cause)
                .containsExactly(Cause.OTHER_KERNEL, Cause.FTRACE_OFF, Cause.BROKEN_FILE);
    }

    @Test
    void aFileThatIsNotThereFailsBeforeTheCall() {
        kernel.file("proc/sys/kernel/modules_disabled", "1\n");
        LivepatchModule known = ModuleFiles.describe(usual().writeTo(directory));

        assertThat(plan(new LivepatchModule(directory.resolve("gone.ko"), known.manifest()))
                        .obstacles())
                .extracting(Obstacle::errno)
                .containsExactly("ENOENT", "EPERM");
    }

    @Test
    void oneTransitionRunsAtATime() {
        assertThat(plan(usual(), livepatch("livepatch_b", true, VERSION)).obstacles())
                .singleElement()
                .satisfies(obstacle -> {
                    assertThat(obstacle.cause()).isEqualTo(Cause.TRANSITION_RUNNING);
                    assertThat(obstacle.errno()).isEqualTo("EBUSY");
                    assertThat(obstacle.reason()).contains("livepatch_b");
                });
    }

    @Test
    void aKernelThatShowsNothingHasNoObstaclesButItIsSaidWhatIsNotKnown() {
        kernel = KernelOnDisk.silent(directory.resolve("nothing"));

        LoadPlan plan = plan(ElfModule.livepatch("livepatch_a").needs("x").kpatch("vmlinux", "cmdline_proc_show", 0));

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.remarks())
                .containsExactly(
                        "Not known of this kernel's version magic: SMP, preempt, preempt_rt, mod_unload, modversions.",
                        "The kernel's symbols could not be read, so it is not known whether it has what this needs.",
                        "Not looked at, since not readable: enabled_functions of tracefs and the list of kprobes in"
                                + " debugfs. A kprobe or another user of ftrace may be in the way.");
    }

    @Test
    void theKernelsConfigTellsTheWholeVersionMagic() {
        kernel.config(
                "CONFIG_SMP=y", "CONFIG_MODULE_UNLOAD=y", "CONFIG_MODVERSIONS=y", "# CONFIG_PREEMPT_RT is not set");

        assertThat(plan(usual()).obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.reason())
                        .contains("without modversions, and this kernel was built with it"));
        assertThat(plan(usual().tag("vermagic", "6.12.107 SMP mod_unload modversions "))
                        .obstacles())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "#1 SMP PREEMPT_DYNAMIC Debian, SMP preempt mod_unload",
        "#1 SMP PREEMPT_RT Debian, SMP preempt_rt mod_unload",
        "#42-Ubuntu SMP PREEMPT Tue, SMP preempt mod_unload",
        "#1 Tue, mod_unload",
    })
    void elseTheVersionShowsItsFlags(String version, String flags) {
        kernel.file("proc/version", "Linux version 6.12.107 (u@h) (gcc) " + version + " Aug 4 2026\n");

        assertThat(plan(usual().tag("vermagic", "6.12.107 " + flags + " ")).obstacles())
                .isEmpty();
    }

    @Test
    void anObjectThatIsNotLoadedIsAbsentAndItsSymbolsAreNotLookedFor() {
        LoadPlan plan = plan(usual().kpatch("btrfs", "btrfs_sync_file", 0).reaches("btrfs", "btrfs", "gone", 0));

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.absent()).containsExactly("btrfs");
        assertThat(plan.patched()).containsExactly(CMDLINE, FAT);
    }

    @Test
    void whatIsBuiltInIsNeverPatchedAsAModule() {
        kernel.directory("sys/module/btrfs/parameters");

        LoadPlan plan = plan(usual().kpatch("btrfs", "btrfs_sync_file", 0));

        assertThat(plan.absent()).containsExactly("btrfs");
        assertThat(plan.remarks()).anyMatch(remark -> remark.startsWith("btrfs is built into this kernel"));
    }

    @Test
    void aReplaceKeepsWhatBothPatchAndRevertsTheRest() {
        LoadPlan plan = plan(usual(), livepatch("old", false, CMDLINE), livepatch("older", false, VERSION));

        assertThat(plan.patched()).containsExactly(FAT);
        assertThat(plan.kept()).containsExactly(CMDLINE);
        assertThat(plan.reverted()).containsExactly(VERSION);
        assertThat(plan.replaced()).containsExactly(new LivepatchName("old"), new LivepatchName("older"));
        assertThat(plan.remarks()).anyMatch(remark -> remark.contains("goes by the manifest's REPLACE_ALL"));
    }

    @Test
    void aReplaceGivesUpWhatOthersWaitedFor() {
        LoadPlan plan = plan(usual(), livepatch("old", false, BTRFS));

        assertThat(plan.reverted()).isEmpty();
        assertThat(plan.remarks())
                .contains("Modules that are loaded later are no longer patched in" + " btrfs/btrfs_sync_file.");
    }

    @Test
    void whatIsStackedRevertsNothingAndTakesOver() {
        LivepatchModule module = with(ModuleFiles.describe(usual().writeTo(directory)), Replacement.STACK);

        LoadPlan plan = plan(module, livepatch("old", false, CMDLINE), livepatch("older", false, VERSION));

        assertThat(plan.kept()).containsExactly(CMDLINE);
        assertThat(plan.reverted()).isEmpty();
        assertThat(plan.replaced()).isEmpty();
        assertThat(plan.remarks())
                .contains("It is stacked upon old, and takes over from it in vmlinux/cmdline_proc_show.");
    }

    @Test
    void aFunctionThatALivepatchHoldsIsFree() {
        kernel.file("sys/kernel/tracing/enabled_functions", "cmdline_proc_show (2) R I \n")
                .file("sys/kernel/tracing/available_filter_functions", "fat_fill_inode [fat]\n");

        assertThat(plan(usual(), livepatch("old", false, CMDLINE)).obstacles()).isEmpty();
    }

    @Test
    void theHandlerOfALivepatchThatIsOnItsWayOutHoldsNothing() {
        kernel.file(
                "sys/kernel/tracing/enabled_functions",
                "cmdline_proc_show (1) R I     \ttramp: 0xffffffffa0001000 (klp_ftrace_handler+0x0/0x1a0) ->x\n");

        assertThat(plan(usual()).obstacles()).isEmpty();
    }

    @Test
    void aKprobeThatDoesNotHoldStaysOnTheOriginal() {
        kernel.file("sys/kernel/debug/kprobes/list", """
                ffffffff81000028  k  cmdline_proc_show+0x8    [DISABLED]
                ffffffffa0000018  r  cmdline_proc_show+0x0  fat [FTRACE]
                ffffffff81000020  k  cmdline_proc_show+0x0    [GONE]
                """);

        LoadPlan plan = plan(usual());

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.remarks())
                .contains("The kprobe at cmdline_proc_show+0x8 stays on the original code, which then no longer runs.")
                .hasSize(2);
    }

    @Test
    void aTracerThatOnlyWatchesIsNotInTheWay() {
        kernel.file("sys/kernel/tracing/enabled_functions", "cmdline_proc_show (1) R       \tIts name has an I\n");

        assertThat(plan(usual()).obstacles()).isEmpty();
    }

    @Test
    void whoIsCalledDirectlyIsAskedToShare() {
        kernel.file("sys/kernel/tracing/enabled_functions", "cmdline_proc_show (1)     D   \tdirect-->bpf+0x0\n");

        assertThat(plan(usual()).remarks()).anyMatch(remark -> remark.contains("EBUSY if that one does not"));
    }

    @Test
    void aFunctionOfTwoNamesMayBeListedUnderTheOther() {
        ElfModule module = ElfModule.livepatch("livepatch_a").kpatch("vmlinux", "one_of_two", 0);

        LoadPlan plan = plan(module);

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.remarks()).anyMatch(remark -> remark.contains("does not list one_of_two under this name"));
    }

    @Test
    void aSignatureIsNotJudgedHere() {
        kernel.file("sys/module/module/parameters/sig_enforce", "Y\n");

        LoadPlan plan = plan(usual().signed());

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.remarks())
                .contains("Whether this kernel trusts the key of its signature shows at the load only.");
    }

    @Test
    void ofAHandWrittenLivepatchNoFunctionsArePlanned() {
        LoadPlan plan = plan(ElfModule.livepatch("livepatch_a").needs("klp_enable_patch"));

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.patched()).isEmpty();
        assertThat(plan.remarks()).anyMatch(remark -> remark.contains("nothing is planned for them"));
    }

    @Test
    void ofAModuleStrippedOfItsExportsNobodyKnowsWhatItOffers() {
        kernel.file("proc/kallsyms", "0 r __ksymtab_other\n0 t helper\t[fat]\n");

        assertThat(plan(ElfModule.livepatch("livepatch_a").needs("helper")).obstacles())
                .isEmpty();
    }
}
