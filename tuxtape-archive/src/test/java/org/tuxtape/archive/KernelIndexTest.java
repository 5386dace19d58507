package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.archive.KernelIndex.Patch;
import org.tuxtape.core.livepatch.LivepatchName;

class KernelIndexTest {
    private static final LivepatchName NAME = new LivepatchName("livepatch_a");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void itIsTextThatAPersonCanRead() {
        KernelIndex index = KernelIndex.of(Samples.KERNEL).with(NAME, "a".repeat(64), TIME);

        assertThat(index.toText()).isEqualTo("""
                        Format: tuxtape-index 1
                        Release: 6.12.107
                        Architecture: x86_64
                        Build-Id: %s

                        Serial: 1
                        Name: livepatch_a
                        SHA-256: %s
                        Published: 2026-01-02T03:04:05Z
                        """.formatted("ab".repeat(20), "a".repeat(64)));
    }

    @Test
    void aPatchKnowsWhereItsFilesLie() {
        Patch patch = KernelIndex.of(Samples.KERNEL)
                .with(NAME, "a".repeat(64), TIME)
                .patches()
                .get(0);

        assertThat(List.of(patch.module(), patch.manifest(), patch.reviews()))
                .containsExactly(
                        "patches/" + "a".repeat(64) + "/livepatch_a.ko",
                        "patches/" + "a".repeat(64) + "/livepatch_a.ko.manifest",
                        "patches/" + "a".repeat(64) + "/livepatch_a.ko.reviews");
        assertThat(KernelIndex.path(Samples.KERNEL)).isEqualTo("kernels/x86_64/6.12.107/" + "ab".repeat(20) + "/index");
        assertThat(KernelIndex.kernel(KernelIndex.path(Samples.KERNEL))).contains(Samples.KERNEL);
    }

    @Test
    void aContentIsListedOnce() {
        KernelIndex index = KernelIndex.of(Samples.KERNEL).with(NAME, "a".repeat(64), TIME);

        assertThat(index.with(NAME, "a".repeat(64), TIME.plusSeconds(9))).isEqualTo(index);
    }

    @Property
    void textIsReadAsItWasWritten(
            @ForAll @IntRange(max = 20) int count, @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        KernelIndex index = KernelIndex.of(Samples.KERNEL);
        for (int i = 0; i < count; i++) {
            index = index.with(
                    new LivepatchName("livepatch_" + i), String.format("%064x", i), Instant.ofEpochSecond(second + i));
        }

        assertThat(KernelIndex.parse(index.toText())).isEqualTo(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Format: tuxtape-index 2\n",
                "Format: tuxtape-index 1\n",
                "Format: tuxtape-index 1\nRelease: 6.1/..\nArchitecture: x86_64\nBuild-Id: ab\n",
                "Format: tuxtape-index 1\nRelease: 6.1\nArchitecture: x86_64\nBuild-Id: ab\n\nSerial: 1\n",
                "Format: tuxtape-index 1\nRelease: 6.1\nArchitecture: x86_64\nBuild-Id: ab\n\nSerial: 99999999999999999999\n"
            })
    void whatIsNoIndexIsSaidSo(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> KernelIndex.parse(text));
    }

    @Test
    void serialNumbersRise() {
        Patch one = new Patch(1, NAME, "a".repeat(64), TIME);
        Patch two = new Patch(2, NAME, "b".repeat(64), TIME);

        assertThatIllegalArgumentException().isThrownBy(() -> new KernelIndex(Samples.KERNEL, List.of(two, one)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new KernelIndex(Samples.KERNEL, List.of(one, new Patch(2, NAME, "a".repeat(64), TIME))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Patch(0, NAME, "a".repeat(64), TIME));
        assertThatIllegalArgumentException().isThrownBy(() -> new Patch(1, NAME, "../a", TIME));
    }
}
