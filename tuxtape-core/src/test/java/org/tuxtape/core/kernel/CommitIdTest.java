package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitIdTest {
    private static final String FULL = "1da177e4c3f41524e886b7f1b8a0c1fc7321cac2";

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 11, 12, 13, 16, 39, 40})
    void anIdHasSevenToFortyDigits(int length) {
        CommitId id = CommitId.parse(FULL.substring(0, length));

        assertThat(id).hasToString(FULL.substring(0, length));
        assertThat(id.isFull()).isEqualTo(length == 40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "1da177",
                FULL + "0",
                "1DA177E4C3F4",
                "1da177g",
                "rewrote",
                " 1da177e",
                "1da177e ",
                "1da177e\n",
                "\uff11da177e4"
            })
    void anythingElseIsRefused(String text) {
        assertThat(CommitId.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommitId.parse(text))
                .withMessage("Not a commit id: '" + text + "'.");
    }

    @ParameterizedTest
    @CsvSource({
        "1da177e4c3f4, 1da177e4c3f41524e886b7f1b8a0c1fc7321cac2, true",
        "1da177e, 1da177e4c3f4, true",
        "1da177e, 1da177e, true",
        "1da177e, 1da177f4c3f4, false",
        "1da177e4c3f5, 1da177e4c3f41524e886b7f1b8a0c1fc7321cac2, false",
    })
    void idsMatchIfTheShorterIsTheBeginningOfTheLonger(String one, String other, boolean match) {
        assertThat(CommitId.parse(one).matches(CommitId.parse(other))).isEqualTo(match);
        assertThat(CommitId.parse(other).matches(CommitId.parse(one))).isEqualTo(match);
    }

    @Test
    void anAbbreviationIsNotEqualToWhatItAbbreviates() {
        assertThat(CommitId.parse(FULL.substring(0, 12))).isNotEqualTo(CommitId.parse(FULL));
    }

    @Property
    void noTextMakesReadingThrow(@ForAll String text) {
        assertThat(CommitId.tryParse(text)).isNotNull();
    }
}
