package org.tuxtape.mail.internal.mbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.mail.internal.mime.ByteRange;

@DisplayName("Quoting")
class QuotingTest {
    private static final String QUOTED = ">From a\n>>From b\n> From c\n>Fromage\nFrom d\nx >From e\n>>>From f";

    @Test
    @DisplayName("as mboxrd loses one mark wherever there is one")
    void mboxrd() {
        assertThat(undo(Quoting.MBOXRD, QUOTED))
                .isEqualTo("From a\n>From b\n> From c\n>Fromage\nFrom d\nx >From e\n>>From f");
    }

    @Test
    @DisplayName("as mboxo loses the only mark")
    void mboxo() {
        assertThat(undo(Quoting.MBOXO, QUOTED))
                .isEqualTo("From a\n>>From b\n> From c\n>Fromage\nFrom d\nx >From e\n>>>From f");
    }

    @Test
    void noneLosesNothing() {
        assertThat(undo(Quoting.NONE, QUOTED)).isEqualTo(QUOTED);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("copies nothing if there is nothing to undo")
    void copiesNothing(Quoting quoting) {
        byte[] bytes = "no\n>mark\nhere".getBytes(StandardCharsets.US_ASCII);
        ByteRange range = new ByteRange(bytes, 3, bytes.length);

        assertThat(quoting.undo(range)).isSameAs(range);
    }

    private static String undo(Quoting quoting, String text) {
        byte[] bytes = ("before" + text + "behind").getBytes(StandardCharsets.US_ASCII);
        ByteRange plain = quoting.undo(new ByteRange(bytes, 6, bytes.length - 6));
        return new String(plain.bytes(), plain.start(), plain.length(), StandardCharsets.US_ASCII);
    }
}
