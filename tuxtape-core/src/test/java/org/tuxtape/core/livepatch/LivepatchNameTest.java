package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivepatchNameTest {

    @ParameterizedTest
    @CsvSource({"livepatch_a, livepatch_a", "livepatch-CVE-2024-26581, livepatch_CVE_2024_26581", "a, a", "-, _"})
    void aNameIsReadAsToolsSpellItAndKeptAsTheKernelDoes(String text, String name) {
        assertThat(LivepatchName.parse(text)).isEqualTo(new LivepatchName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "../a", "a.ko", "a\n", "\u00e4", "a;b"})
    void whatNoModuleMayBeCalledIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LivepatchName.parse(text));
    }

    @Test
    void theKernelKnowsNoDash() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LivepatchName("a-b"));
    }

    @Test
    void aNameHasAtMost55Characters() {
        assertThat(new LivepatchName("a".repeat(55)).text()).hasSize(55);
        assertThatIllegalArgumentException().isThrownBy(() -> new LivepatchName("a".repeat(56)));
    }

    @Test
    void namesAreOrderedByTheirText() {
        assertThat(new LivepatchName("a")).isLessThan(new LivepatchName("b"));
        assertThat(new LivepatchName("a")).isEqualByComparingTo(new LivepatchName("a"));
    }
}
