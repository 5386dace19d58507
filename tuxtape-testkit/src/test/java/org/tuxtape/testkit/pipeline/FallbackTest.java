package org.tuxtape.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.pipeline.Fallback;
import org.tuxtape.core.pipeline.Measure;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.triage.Applicability;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.RunningModules;
import org.tuxtape.core.triage.Target;
import org.tuxtape.testkit.fake.FakeBuildProfile;

/** What remains of a CVE that cannot be patched live: only what the record, the build or the machine shows. */
class FallbackTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.6.20"));
    private static final CommitId COMMIT = CommitId.parse("0123456789012345678901234567890123456789");

    private static Fallback fallback(Cve cve, Target kernel) {
        BuildProfile profile = kernel.profile();
        Finding finding = new Finding(cve, Applicability.assess(cve, kernel, Context.standard()), Optional.empty());
        return Fallback.of(finding, profile.kernel(), KernelTraits.of(profile));
    }

    private static Cve cve(String file, AffectedRange... ranges) {
        return Cve.builder(CveId.parse("CVE-2024-2000"))
                .files(file.split(" "))
                .ranges(ranges)
                .build();
    }

    private static AffectedRange fixedIn(String version) {
        return AffectedRange.of(Change.of(KernelVersion.parse("6.1")), Change.of(KernelVersion.parse(version), COMMIT));
    }

    private static FakeBuildProfile.Builder profile() {
        return FakeBuildProfile.of(KERNEL)
                .compiled("sound/pci/hda/hda_intel.c", "sound/pci/hda/snd-hda-intel")
                .compiled("net/core/sock.c", "vmlinux")
                .included("sound/pci/hda/hda_intel.h", "sound/pci/hda/hda_intel.c")
                .included("include/net/sock.h", "net/core/sock.c")
                .compiled("lib/both.c", "vmlinux", "fs/btrfs/btrfs")
                .compiled("arch/x86/entry/vdso/vma.c", "arch/x86/entry/vdso/vdso64.so")
                .compiled("net/netfilter/core.c", "vmlinux")
                .compiled("kernel/bpf/verifier.c", "vmlinux")
                .compiled("crypto/af_alg.c", "crypto/af_alg");
    }

    private static <M extends Measure> List<M> measures(Fallback fallback, Class<M> kind) {
        return fallback.measures().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void aModuleIsDeniedByTheNameThatModprobeKnows() {
        Fallback found =
                fallback(cve("sound/pci/hda/hda_intel.c"), Target.of(profile().build()));

        assertThat(measures(found, Measure.DenyModule.class)).singleElement().satisfies(denial -> {
            assertThat(denial.module()).isEqualTo(KernelObject.module("sound/pci/hda/snd-hda-intel"));
            assertThat(denial.line()).isEqualTo("install snd_hda_intel /bin/false");
            assertThat(denial.isLoaded()).isEmpty();
            assertThat(denial.evidence()).contains("sound/pci/hda/snd-hda-intel");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "net/core/sock.c",
        "lib/both.c",
        "arch/x86/entry/vdso/vma.c",
        "moved/away.c",
        "sound/pci/hda/hda_intel.c net/core/sock.c",
        "sound/pci/hda/hda_intel.c moved/away.c",
        "sound/pci/hda/hda_intel.c include/net/sock.h",
    })
    void whatIsBuiltInOrInAnotherImageOrUnknownIsNotDenied(String file) {
        Fallback found = fallback(cve(file), Target.of(profile().build()));

        assertThat(measures(found, Measure.DenyModule.class)).isEmpty();
    }

    @Test
    void aHeaderOfTheModuleAloneKeepsItFromNothing() {
        Fallback found = fallback(
                cve("sound/pci/hda/hda_intel.c sound/pci/hda/hda_intel.h"),
                Target.of(profile().build()));

        assertThat(measures(found, Measure.DenyModule.class)).hasSize(1);
    }

    @Test
    void aMachineSaysWhetherTheModuleHasToGoFirst() {
        String modules = "snd_hda_intel 12345 0 - Live 0x0";
        RunningModules loaded = RunningModules.parse(modules, List.of(), false);
        RunningModules none = RunningModules.parse("", List.of(), false);
        Cve cve = cve("sound/pci/hda/hda_intel.c");

        Fallback there = fallback(cve, Target.of(profile().build()).with(loaded));
        Fallback absent = fallback(cve, Target.of(profile().build()).with(none));

        assertThat(measures(there, Measure.DenyModule.class))
                .extracting(Measure.DenyModule::isLoaded)
                .containsExactly(Optional.of(true));
        assertThat(measures(absent, Measure.DenyModule.class))
                .extracting(Measure.DenyModule::isLoaded)
                .containsExactly(Optional.of(false));
        assertThat(there.exposure()).endsWith("On this machine sound/pci/hda/snd-hda-intel is loaded.");
    }

    @Test
    void theLineIsWhatDeniesIt() {
        Cve cve = cve("sound/pci/hda/hda_intel.c");
        String line = measures(fallback(cve, Target.of(profile().build())), Measure.DenyModule.class)
                .get(0)
                .line();

        Fallback denied =
                fallback(cve, Target.of(profile().build()).with(RunningModules.parse("", List.of(line), false)));

        assertThat(measures(denied, Measure.DenyModule.class)).isEmpty();
        assertThat(denied.exposure()).endsWith("is denied.");
    }

    @ParameterizedTest
    @CsvSource({
        "net/netfilter/core.c, USER_NS, y, user.max_user_namespaces, 0, n",
        "kernel/bpf/verifier.c, BPF_UNPRIV_DEFAULT_OFF, n, kernel.unprivileged_bpf_disabled, 1, y",
    })
    void aWayThatAnOptionOpensIsClosedByASettingOrAnotherKernel(
            String file, String option, String value, String setting, String closes, String closed) {
        Fallback found = fallback(
                cve(file),
                Target.of(profile()
                        .option("BPF_SYSCALL", "y")
                        .option(option, value)
                        .build()));

        assertThat(measures(found, Measure.SetSysctl.class)).singleElement().satisfies(measure -> {
            assertThat(measure.name()).isEqualTo(setting);
            assertThat(measure.value()).isEqualTo(closes);
            assertThat(measure.evidence()).contains(file, "CONFIG_" + option + " is " + value);
        });
        assertThat(measures(found, Measure.ChangeOption.class)).singleElement().satisfies(measure -> {
            assertThat(measure.symbol()).isEqualTo(ConfigSymbol.parse(option));
            assertThat(measure.value()).isEqualTo(new ConfigValue(closed));
        });
    }

    /** What closes one of two ways closes none, whichever of the two files is named first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/netfilter/core.c kernel/bpf/verifier.c",
                "kernel/bpf/verifier.c net/netfilter/core.c",
                "net/netfilter/core.c crypto/af_alg.c",
                "net/netfilter/core.c lib/both.c",
                "net/netfilter/core.c net/core/sock.c",
            })
    void aWayIsNotClosedWhileThereIsAnother(String files) {
        Fallback found = fallback(
                cve(files),
                Target.of(profile()
                        .option("BPF_SYSCALL", "y")
                        .option("BPF_UNPRIV_DEFAULT_OFF", "n")
                        .option("USER_NS", "y")
                        .option("CRYPTO_USER_API", "y")
                        .build()));

        assertThat(found.measures()).isEmpty();
    }

    @Test
    void aWayThatIsClosedAlreadyIsNone() {
        Fallback found = fallback(
                cve("net/netfilter/core.c kernel/bpf/verifier.c"),
                Target.of(profile()
                        .option("BPF_UNPRIV_DEFAULT_OFF", "y")
                        .option("USER_NS", "y")
                        .build()));

        assertThat(measures(found, Measure.SetSysctl.class))
                .extracting(Measure.SetSysctl::name)
                .containsExactly("user.max_user_namespaces");
    }

    /** Without the system call there is no such setting. */
    @Test
    void aSettingThatTheKernelIsNotKnownToHaveIsNotNamed() {
        Fallback found = fallback(
                cve("kernel/bpf/verifier.c"),
                Target.of(profile().option("BPF_UNPRIV_DEFAULT_OFF", "n").build()));

        assertThat(measures(found, Measure.SetSysctl.class)).isEmpty();
        assertThat(measures(found, Measure.ChangeOption.class)).hasSize(1);
    }

    @Test
    void anOptionThatIsNotKnownSaysNothingOfAWay() {
        Fallback found =
                fallback(cve("net/netfilter/core.c"), Target.of(profile().build()));

        assertThat(found.measures()).isEmpty();
    }

    @Test
    void aWayThatIsClosedAlreadyNeedsNoClosing() {
        Fallback found = fallback(
                cve("net/netfilter/core.c"),
                Target.of(profile().option("USER_NS", "n").build()));

        assertThat(found.measures()).isEmpty();
        assertThat(found.exposure()).contains("administrators only");
    }

    @Test
    void theFirstReleaseOfTheBranchThatHasTheFixIsNamedWithItsCommit() {
        Fallback found = fallback(
                cve("net/core/sock.c", fixedIn("6.6.30"), fixedIn("6.1.80"), fixedIn("6.8")),
                Target.of(profile().build()));

        assertThat(measures(found, Measure.BootInto.class)).singleElement().satisfies(release -> {
            assertThat(release.release()).isEqualTo(KernelVersion.parse("6.6.30"));
            assertThat(release.isOnBranch()).isTrue();
            assertThat(release.commit()).contains(COMMIT);
        });
    }

    /** The hole was closed, opened again and closed again. */
    @Test
    void aReleaseOfTheBranchThatTheKernelIsPastIsNotNamedWhereThereIsAnother() {
        Fallback found = fallback(
                cve("net/core/sock.c", fixedIn("6.6.10"), fixedIn("6.6.30")),
                Target.of(profile().build()));

        assertThat(measures(found, Measure.BootInto.class))
                .extracting(Measure.BootInto::release)
                .containsExactly(KernelVersion.parse("6.6.30"));
    }

    @Test
    void whereTheBranchHasNoFixTheNearestNewerReleaseIsNamed() {
        Fallback found = fallback(
                cve("net/core/sock.c", fixedIn("6.12.3"), fixedIn("6.1.80"), fixedIn("6.13")),
                Target.of(profile().build()));

        assertThat(measures(found, Measure.BootInto.class)).singleElement().satisfies(release -> {
            assertThat(release.release()).isEqualTo(KernelVersion.parse("6.12.3"));
            assertThat(release.isOnBranch()).isFalse();
            assertThat(release.evidence()).contains("For 6.6 it names no fix.");
        });
    }

    @Test
    void withoutAVersionThatHasTheFixThereIsNoneToBootInto() {
        assertThat(fallback(
                                cve(
                                        "net/core/sock.c",
                                        AffectedRange.of(Change.of(KernelVersion.parse("6.1")), Change.of(COMMIT))),
                                Target.of(profile().build()))
                        .measures())
                .isEmpty();
    }

    @Test
    void aVendorMayHaveItInAReleaseOfAnotherNumber() {
        KernelBuild vendor = new KernelBuild(
                KernelRelease.parse("6.6.20-9-amd64"),
                KERNEL.version(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        Fallback found = fallback(
                cve("net/core/sock.c", fixedIn("6.6.30")),
                Target.of(FakeBuildProfile.of(vendor)
                        .compiled("net/core/sock.c", "vmlinux")
                        .build()));

        assertThat(found.measures())
                .singleElement()
                .satisfies(measure -> assertThat(measure.evidence()).contains("vendor"));
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        Fallback found =
                fallback(Cve.builder(CveId.parse("CVE-2024-2000")).build(), Target.of(BuildProfile.unknown(KERNEL)));

        assertThat(found.measures()).isEmpty();
        assertThat(found.exposure()).isEqualTo("It is not known who can reach the code.");
    }

    @Test
    void theKernelImageCannotBeDenied() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Measure.DenyModule(KernelObject.VMLINUX, "", Optional.empty(), ""));
    }
}
