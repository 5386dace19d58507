package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Options of an mbox")
class MboxOptionsTest {
    private final MboxOptions defaults = MboxOptions.defaults();

    @Test
    void haveDefaults() {
        assertThat(defaults)
                .isEqualTo(new MboxOptions(
                        MboxQuoting.AUTO,
                        MailOptions.defaults().withLargestMessage(1 << 20),
                        1L << 30,
                        1L << 28,
                        Duration.ZERO));
    }

    @Test
    void areChangedOneByOne() {
        assertThat(defaults.withQuoting(MboxQuoting.NONE)
                        .withLargestMessage(5000)
                        .withLargestExpansion(6000)
                        .withLargestDecoder(7000)
                        .withSettling(Duration.ofSeconds(8)))
                .isEqualTo(new MboxOptions(
                        MboxQuoting.NONE,
                        MailOptions.defaults().withLargestMessage(5000),
                        6000,
                        7000,
                        Duration.ofSeconds(8)));
    }

    @Test
    @DisplayName("have ranges, and say the value that is out of one")
    void haveRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withLargestMessage(1023))
                .withMessage("The largest message is 1024 to 1073741824, not 1023.");
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLargestMessage(Integer.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLargestExpansion(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLargestDecoder(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withSettling(Duration.ofNanos(-1)));
    }
}
