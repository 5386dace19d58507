package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.profile.ConfigValue;

class KernelConfigTest {
    private static KernelConfig parse(String text) {
        return KernelConfig.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "CONFIG_X=y                     | y",
                "CONFIG_X=m                     | m",
                "CONFIG_X=n                     | n",
                "CONFIG_X=250                   | 250",
                "CONFIG_X=0xffffffff80000000    | 0xffffffff80000000",
                "CONFIG_X=\"text\"              | text",
                "CONFIG_X=\"\"                  | ''",
                "CONFIG_X=\"a \\\"b\\\" \\\\ c\"| 'a \"b\" \\ c'",
                "CONFIG_X=\"a=b # c\"           | a=b # c",
                "CONFIG_X=\"                    | \"",
                "# CONFIG_X is not set          | n",
                "CONFIG_XY=y                    | n",
                "# CONFIG_X=y                   | n",
                "CONFIG_=y                      | n",
                "CONFIG_X                       | n"
            })
    void aLine(String line, String value) {
        assertThat(parse(line + "\n").valueOf("X")).isEqualTo(new ConfigValue(value));
    }

    @Test
    void aLaterLineWins() {
        assertThat(parse("CONFIG_X=y\n# CONFIG_X is not set\n").valueOf("X")).isEqualTo(ConfigValue.NO);
        assertThat(parse("# CONFIG_X is not set\nCONFIG_X=m\r\n").valueOf("X")).isEqualTo(ConfigValue.MODULE);
    }

    @Test
    void theCompilerIsAnOption() {
        assertThat(parse("CONFIG_CC_VERSION_TEXT=\"gcc (Debian 12.2.0-14) 12.2.0\"\n")
                        .compiler())
                .contains("gcc (Debian 12.2.0-14) 12.2.0");
        assertThat(parse("CONFIG_CC_VERSION_TEXT=\"\"\n").compiler()).isEmpty();
        assertThat(parse("").compiler()).isEmpty();
    }

    @Test
    void theDigestIsThatOfTheBytes() {
        assertThat(parse("").digest()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Property
    void arbitraryBytesAreRead(@ForAll byte[] bytes) {
        assertThatCode(() -> KernelConfig.parse(bytes)).doesNotThrowAnyException();
    }
}
