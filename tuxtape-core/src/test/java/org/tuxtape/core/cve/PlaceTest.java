package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where something stands: cursor, excerpt, origin, source. */
class PlaceTest {

    @Test
    void theStartIsTheEmptyCursor() {
        assertThat(Cursor.START).isEqualTo(new Cursor("")).hasToString("");
    }

    @Test
    void aCursorIsKeptAsItIs() {
        assertThat(new Cursor("12:34567 a=b/\u00e9")).hasToString("12:34567 a=b/\u00e9");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '\t', '\u0000', '\u001b', '\u007f', '\u0085', '\u009b'})
    void aCursorFitsOnALine(char control) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor("a" + control + "b"));
    }

    @Test
    void anExcerptSaysWhichLineItIs() {
        assertThat(new Excerpt(17, "\tIssue introduced in v6.10-rc1~118 "))
                .hasToString("line 17: Issue introduced in v6.10-rc1~118");
    }

    @Test
    void linesAreCountedFromOne() {
        assertThat(new Excerpt(1, "").line()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Excerpt(0, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Excerpt(-1, "x"));
    }

    @Test
    void aLongLineIsCut() {
        String line = "x".repeat(Excerpt.LONGEST);

        assertThat(new Excerpt(1, line).text()).isEqualTo(line);
        assertThat(new Excerpt(1, line + "y").text()).isEqualTo(line);
    }

    @Test
    void aCutNeverLeavesHalfACharacter() {
        String text = new Excerpt(1, "x".repeat(Excerpt.LONGEST - 1) + "\ud83d\udc27 and more").text();

        assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1))).isFalse();
    }

    @Test
    void aSourceHasAName() {
        assertThat(new SourceId("announce.mbox")).hasToString("announce.mbox");
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceId(" "));
    }

    @Test
    void anOriginIsSaidInWords() {
        Origin origin = Origin.of(new SourceId("announce.mbox"), Origin.Kind.ANNOUNCEMENT, "message 12, byte 34567");

        assertThat(origin).hasToString("announce.mbox: message 12, byte 34567");
        assertThat(origin.messageId()).isEmpty();
        assertThat(origin.date()).isEmpty();
    }

    @Test
    void anOriginMayHaveAMessageIdAndADate() {
        Origin origin = new Origin(
                new SourceId("announce.mbox"),
                Origin.Kind.ANNOUNCEMENT,
                "message 1",
                Optional.of("1@kernel.org"),
                Optional.of(Instant.EPOCH));

        assertThat(origin.messageId()).contains("1@kernel.org");
        assertThat(origin.date()).contains(Instant.EPOCH);
    }
}
