package org.tuxtape.mail.internal.mbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.Cursor;

@DisplayName("A cursor of an mbox")
class MboxCursorTest {

    @Test
    @DisplayName("is text that stays the same, since callers store it")
    void isText() {
        MboxCursor cursor = new MboxCursor(12, 34_567, 890, 0x89abcdef);

        assertThat(cursor.toCursor()).isEqualTo(new Cursor("mbox1:12:34567:890:89abcdef"));
        assertThat(MboxCursor.tryParse(cursor.toCursor())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mbox1:",
                "mbox2:12:34567:890:89abcdef",
                "mbox1:0:34567:890:89abcdef",
                "mbox1:12:34567:0:89abcdef",
                "mbox1:12:-1:890:89abcdef",
                "mbox1:12:34567:890:89ABCDEF",
                "mbox1:12:34567:890:89abcde",
                "mbox1:1234567890123456789:34567:890:89abcdef",
                "mbox1:12:34567:890:89abcdef:"
            })
    void mayBeOfSomethingElse(String text) {
        assertThat(MboxCursor.tryParse(new Cursor(text))).isEmpty();
    }
}
