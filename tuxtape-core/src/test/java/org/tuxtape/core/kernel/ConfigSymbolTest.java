package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSymbolTest {

    @ParameterizedTest
    @CsvSource({"CONFIG_BTRFS_FS, BTRFS_FS", "BTRFS_FS, BTRFS_FS", "CONFIG_64BIT, 64BIT", "SND_SOC_sof, SND_SOC_sof"})
    void aNameIsReadWithAndWithoutItsPrefixAndPrintedWithIt(String text, String name) {
        ConfigSymbol symbol = ConfigSymbol.parse(text);

        assertThat(symbol.name()).isEqualTo(name);
        assertThat(symbol).hasToString("CONFIG_" + name);
        assertThat(ConfigSymbol.parse(symbol.toString())).isEqualTo(symbol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CONFIG_", "CONFIG_A B", "CONFIG_A=y", "A-B", " A", "A\n", "\u00c4"})
    void whatKconfigWouldNotTakeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigSymbol.parse(text));
    }

    @Test
    void aNameHasAtMost128Characters() {
        assertThat(ConfigSymbol.parse("A".repeat(128)).name()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigSymbol.parse("A".repeat(129)));
    }
}
