package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;

/** The two prioritizers that judge by paths: attack surface and exposure. */
class ReachTest {

    @ParameterizedTest
    @CsvSource({
        // above: the longer directory
        "net/ipv4/tcp.c, net/rose/af_rose.c",
        "fs/nfsd/nfs4proc.c, fs/nfs/nfs4proc.c",
        "fs/smb/server/smb2pdu.c, fs/smb/client/smb2pdu.c",
        "arch/x86/kvm/vmx/vmx.c, arch/x86/mm/fault.c",
        "drivers/net/wireless/ath/ath9k/main.c, drivers/net/ethernet/intel/e1000/e1000_main.c",
        "drivers/vhost/net.c, drivers/char/random.c",
        "include/net/sock.h, sound/core/pcm.c",
        // below it
        "kernel/fork.c, kernel/trace/trace.c",
        "fs/namei.c, fs/f2fs/inode.c",
    })
    void theFirstIsMoreExposedThanTheSecond(String more, String less) {
        assertThat(surface(more).orElseThrow()).isGreaterThan(surface(less).orElseThrow());
    }

    @Test
    void theLongestDirectoryThatFitsCounts() {
        assertThat(surface("net/ipv4/netfilter/ip_tables.c")).isEqualTo(surface("net/ipv4/tcp.c"));
        assertThat(surface("fs/smb/common/arc4.c")).isEqualTo(surface("fs/namei.c"));
        assertThat(surface("net/ipv4.c")).isEqualTo(surface("net/rose/af_rose.c"));
        assertThat(surface("fs/nfsd.c")).isEqualTo(surface("fs/namei.c"));
        assertThat(surface("fs/nfs_common/grace.c")).isEqualTo(surface("fs/namei.c"));
    }

    @Test
    void theMostExposedFileGivesTheScoreAndIsNamed() {
        Priority priority = Prioritizers.attackSurface()
                .priority(cve("sound/core/pcm.c", "net/ipv4/tcp.c", "kernel/fork.c"), Verdict.of(List.of()));

        assertThat(priority.score()).isEqualTo(surface("net/ipv4/tcp.c"));
        assertThat(priority.reasons())
                .singleElement()
                .extracting(Reason::text)
                .isEqualTo("net/ipv4/tcp.c is reachable from the network.");
    }

    @ParameterizedTest
    @CsvSource({
        "net/sched/sch_taprio.c, USER_NS, n, y",
        "net/netfilter/nf_tables_api.c, USER_NS, n, y",
        "kernel/bpf/verifier.c, BPF_UNPRIV_DEFAULT_OFF, y, n",
        "crypto/algif_hash.c, CRYPTO_USER_API, n, m"
    })
    void anOptionMayCloseTheWay(String file, String option, String closed, String open) {
        Priority narrow = surface(file, option, closed);

        assertThat(narrow.score().orElseThrow()).isLessThan(surface(file).orElseThrow());
        assertThat(narrow.reasons())
                .singleElement()
                .extracting(Reason::text)
                .asString()
                .contains("CONFIG_" + option);
        assertThat(surface(file, option, open).score()).isEqualTo(surface(file));
        assertThat(surface("net/ipv4/tcp.c", option, closed).score()).isEqualTo(surface("net/ipv4/tcp.c"));
    }

    private static Priority surface(String file, String option, String value) {
        KernelTraits kernel = KernelTraits.of(WrittenProfile.of("6.8").option(option, value));
        return Prioritizers.attackSurface(kernel).priority(cve(file), Verdict.of(List.of()));
    }

    @Test
    void whatCountsOfABuildIsItsVersionAndTheOptionsThatAreKnown() {
        KernelTraits kernel =
                KernelTraits.of(WrittenProfile.of("6.8").option("USER_NS", "y").option("EXT4_FS", "y"));

        assertThat(kernel.version()).isEqualTo(KernelVersion.parse("6.8"));
        assertThat(kernel.options())
                .containsEntry(ConfigSymbol.parse("USER_NS"), ConfigValue.YES)
                .doesNotContainKey(ConfigSymbol.parse("EXT4_FS"));
        assertThat(KernelTraits.of(BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("6.8")))))
                .isEqualTo(KernelTraits.of(KernelVersion.parse("6.8")));
    }

    @Test
    void aFileThatTellsNothingDoesNotCount() {
        assertThat(surface("include/linux/skbuff.h", "sound/core/pcm.c")).isEqualTo(surface("sound/core/pcm.c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Makefile", "include/linux/skbuff.h", "network/a.c", "net", "netfilter.c", "Documentation/x.rst"
            })
    void wherePathsDoNotTellThereIsNoScore(String path) {
        assertThat(surface(path)).isEmpty();
    }

    @Test
    void withoutFilesThereIsNoScore() {
        assertThat(surface()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image.c, 70",
        "module.c, 50",
        "both.c, 70",
        "header.h, 30",
        "header.h module.c, 50",
        "header.h absent.c, 30",
        "header.h header.h, 30",
        "module.c image.c, 70",
        "module.c unknown.c absent.c, 50",
    })
    void exposureIsHowTheCodeIsPresent(String files, double score) {
        assertThat(exposure(files).score()).hasValue(score);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.c", "unknown.c", "absent.c unknown.c", "header.h unknown.c"})
    void whereTheProfileDoesNotTellThereIsNoExposure(String files) {
        assertThat(exposure(files).score()).isEmpty();
    }

    @Test
    void withoutALookAtTheFilesThereIsNoExposure() {
        Verdict versionOnly = Verdict.of(List.of(
                new Evidence.Version(Optional.of(VexStatus.AFFECTED), Optional.empty(), false, "The version.")));

        assertThat(Prioritizers.exposure().priority(cve("image.c"), versionOnly).score())
                .isEmpty();
    }

    @Test
    void exposureNamesTheModule() {
        assertThat(exposure("module.c").reasons())
                .singleElement()
                .extracting(Reason::text)
                .isEqualTo("Built into fs/btrfs/btrfs, not into the kernel image.");
    }

    private static OptionalDouble surface(String... files) {
        return Prioritizers.attackSurface()
                .priority(cve(files), Verdict.of(List.of()))
                .score();
    }

    private static Priority exposure(String files) {
        WrittenProfile profile = WrittenProfile.of("6.8")
                .compiled("image.c", "vmlinux")
                .compiled("module.c", "fs/btrfs/btrfs")
                .compiled("both.c", "vmlinux", "fs/btrfs/btrfs")
                .included("header.h", "image.c", "vmlinux")
                .absent("absent.c");
        List<SourcePath> paths =
                Stream.of(files.split(" ", -1)).map(SourcePath::parse).toList();
        Verdict verdict = Verdict.of(List.of(FileRung.climb(paths, profile)));
        return Prioritizers.exposure().priority(cve(files.split(" ", -1)), verdict);
    }

    private static Cve cve(String... files) {
        return Cve.builder(CveId.parse("CVE-2024-0001")).files(files).build();
    }
}
