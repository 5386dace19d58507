package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Manifest.FixedBy;

class ManifestTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final CveId CVE = CveId.parse("CVE-2024-26581");
    private static final CommitId COMMIT = CommitId.parse("0123456789ab");

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0123", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", "sha256:00"})
    void aDigestIsOf64LowerCaseHexadecimalDigits(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuildKey(text))
                .withMessageContaining(text);
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(text, new TreeMap<>()));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 65})
    void aDigestHasNeitherMoreNorFewerDigits(int length) {
        String text = "a".repeat(length);

        assertThatIllegalArgumentException().isThrownBy(() -> new BuildKey(text));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(text, new TreeMap<>()));
    }

    @Test
    void aBuildKeyPrintsAsItIs() {
        assertThat(new BuildKey(DIGEST)).hasToString(DIGEST);
    }

    @Test
    void fixesAreCopiedWithTheirCommits() {
        List<CommitId> commits = new ArrayList<>(List.of(COMMIT));
        TreeMap<CveId, FixedBy> fixes = new TreeMap<>();
        fixes.put(CVE, new FixedBy(commits, new TreeSet<>(List.of(KernelObject.VMLINUX))));
        Manifest manifest = manifest(DIGEST, fixes);

        commits.clear();
        fixes.clear();

        assertThat(manifest.fixes()).containsOnlyKeys(CVE);
        assertThat(manifest.fixes().get(CVE).commits()).containsExactly(COMMIT);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> manifest.fixes().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> manifest.functions().clear());
    }

    private static Manifest manifest(String sha256, SortedMap<CveId, FixedBy> fixes) {
        return new Manifest(
                new LivepatchName("livepatch_a"),
                sha256,
                KernelRelease.parse("6.12.94+deb13-amd64"),
                "6.12.94+deb13-amd64 SMP preempt mod_unload modversions",
                "kpatch-build 0.9.10",
                Optional.of(new BuildKey(DIGEST)),
                Replacement.REPLACE_ALL,
                fixes,
                new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, "f", 0))));
    }
}
