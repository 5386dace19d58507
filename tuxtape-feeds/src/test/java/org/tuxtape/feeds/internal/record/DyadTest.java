package org.tuxtape.feeds.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

@DisplayName("A .dyad")
class DyadTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final Change CAME = change("6.1", A);
    private static final Change WENT = change("6.6.7", B);

    @Test
    @DisplayName("holds pairs among comments and empty lines")
    void holdsPairs() {
        Dyad dyad = Dyad.parse("# dyad version: 1.2.0\n\n6.1:" + A + ":6.6.7:" + B + "\r\n  6.1:" + A
                + ":0:0  \n0:0:6.6.7:" + B + "\n0:0:0:0\n#6.1:x\n2.6.12.4:" + A + ":6.8-rc1:" + B);

        assertThat(dyad.ranges())
                .containsExactly(
                        AffectedRange.of(CAME, WENT),
                        AffectedRange.unfixedSince(CAME),
                        AffectedRange.fixedBy(WENT),
                        AffectedRange.EVERYTHING,
                        AffectedRange.of(change("2.6.12.4", A), change("6.8-rc1", B)));
        assertThat(dyad.strange()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.1", "6.1:A", "6.1:A:6.6.7", "6.1:A:6.6.7:B:", "6.1:A:6.6.7:abc", "six:A:6.6.7:B", "0:A:6.6.7:B",
                "6.1:0:6.6.7:B", "6.1:A:6.6.7:0", "6.1:A::", ":::", "6.1:AA:6.6.7:B", "6.1 :A:6.6.7:B",
                        "v6.1:A:6.6.7:B",
                "6.1:A:6.6.*:B", "\u0000"
            })
    @DisplayName("has no pair in a line like")
    void hasNoPair(String line) {
        String text = line.replace("A", A).replace("B", B);

        Dyad dyad = Dyad.parse("# first\n" + text + "\n6.1:" + A + ":6.6.7:" + B + "\n?\n");

        assertThat(dyad.strange()).contains(new Excerpt(2, text));
        assertThat(dyad.ranges()).containsExactly(AffectedRange.of(CAME, WENT));
    }

    @Test
    void mayBeEmpty() {
        assertThat(Dyad.parse("")).isEqualTo(Dyad.parse("# nothing\n"));
    }

    private static Change change(String version, String commit) {
        return Change.of(KernelVersion.parse(version), CommitId.parse(commit));
    }
}
