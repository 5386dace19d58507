package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Manifest.FixedBy;

class ManifestTextTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final KernelObject BTRFS = KernelObject.module("fs/btrfs/btrfs");
    private static final Manifest FULL =
            manifest(Optional.of(new BuildKey(DIGEST))).withKernelBuildId("5f0c");
    private static final String TEXT = """
            Format: tuxtape-manifest 1
            Name: livepatch_a
            SHA-256: %1$s
            Release: 6.12.94+deb13-amd64
            Kernel-Build-Id: 5f0c
            Vermagic: 6.12.94+deb13-amd64 SMP preempt mod_unload modversions
            Builder: kpatch-build 0.9.10
            Key: %1$s
            Replacement: REPLACE_ALL
            Fixes:
             CVE-2024-26581 0123456789ab,ba9876543210 vmlinux fs/btrfs/btrfs
             CVE-2025-21658 - fs/btrfs/btrfs
            Functions:
             vmlinux f 0
             vmlinux g 2
             fs/btrfs/btrfs f 0
            """.formatted(DIGEST);

    private static Manifest manifest(Optional<BuildKey> key) {
        TreeMap<CveId, FixedBy> fixes = new TreeMap<>();
        fixes.put(
                CveId.parse("CVE-2024-26581"),
                new FixedBy(
                        List.of(CommitId.parse("0123456789ab"), CommitId.parse("ba9876543210")),
                        new TreeSet<>(List.of(BTRFS, KernelObject.VMLINUX))));
        fixes.put(CveId.parse("CVE-2025-21658"), new FixedBy(List.of(), new TreeSet<>(List.of(BTRFS))));
        return new Manifest(
                new LivepatchName("livepatch_a"),
                DIGEST,
                KernelRelease.parse("6.12.94+deb13-amd64"),
                "6.12.94+deb13-amd64 SMP preempt mod_unload modversions",
                "kpatch-build 0.9.10",
                key,
                Replacement.REPLACE_ALL,
                fixes,
                new TreeSet<>(List.of(
                        new PatchedFunction(BTRFS, "f", 0),
                        new PatchedFunction(KernelObject.VMLINUX, "g", 2),
                        new PatchedFunction(KernelObject.VMLINUX, "f", 0))));
    }

    @Test
    void itIsWrittenForPeople() {
        assertThat(FULL.toText()).isEqualTo(TEXT);
    }

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(Manifest.parse(TEXT)).isEqualTo(FULL);
    }

    @Test
    void whatIsEmptyComesBackEmpty() {
        Manifest bare = new Manifest(
                FULL.name(),
                DIGEST,
                FULL.release(),
                "",
                "unknown",
                Optional.empty(),
                Replacement.STACK,
                new TreeMap<>(),
                new TreeSet<>());

        assertThat(Manifest.parse(bare.toText())).isEqualTo(bare);
        assertThat(bare.toText()).doesNotContain("Key:", "Kernel-Build-Id:");
    }

    @Test
    void whatLaterVersionsAddToTheFormIsPassedOver() {
        assertThat(Manifest.parse(TEXT + "Added-Later: 1\n")).isEqualTo(FULL);
    }

    @Test
    void anotherFormIsNotGuessedAt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(TEXT.replace("tuxtape-manifest 1", "tuxtape-manifest 2")))
                .withMessageContaining("tuxtape-manifest 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Format", "Name", "SHA-256", "Release", "Vermagic", "Builder", "Replacement"})
    void aFieldThatIsMissingIsNamed(String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(TEXT.replaceFirst("(?m)^" + field + ":.*\n", "")))
                .withMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource({
        "livepatch_a, livepatch-a",
        "REPLACE_ALL, REPLACE",
        "Release: 6.12.94, Release: six",
        " vmlinux f 0, ' vmlinux f'",
        " vmlinux f 0, ' vmlinux f x'",
        " vmlinux f 0, ' vmlinux f -1'",
        " vmlinux f 0, ' vmlinux f 0 1'",
        " vmlinux f 0, ' vmlinux g 2'",
        " vmlinux f 0, ' ../vmlinux f 0'",
        "CVE-2025-21658 -, CVE-2024-26581 -",
        "CVE-2025-21658 - fs/btrfs/btrfs, CVE-2025-21658 -",
        "CVE-2025-21658 -, CVE-2025-21658 zzz",
        "CVE-2025-21658 - fs/btrfs/btrfs, CVE-2025-21658 - fs/ext4/ext4",
    })
    void aDamagedManifestIsRefused(String part, String damage) {
        assertThat(TEXT).contains(part.strip());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(TEXT.replace(part.strip(), damage.strip())));
    }
}
