package org.tuxtape.mail.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A header")
class HeaderFieldsTest {

    @Test
    void holdsFieldsByNameInAnyCase() {
        HeaderFields header = header("SUBJECT: one\nsubject: two\nX-Other:three\n\nbody: none\n");

        assertThat(header.first("subject")).contains("one");
        assertThat(header.first("x-other")).contains("three");
        assertThat(header.first("body")).isEmpty();
    }

    @Test
    void endsAtTheFirstEmptyLine() {
        HeaderFields header = header("A: 1\nB: 2\n\n\nbody\n");

        assertThat(header.lines()).isEqualTo(3);
        assertThat(text(header.body())).isEqualTo("\nbody\n");
    }

    @Test
    void mayHaveNoBody() {
        assertThat(text(header("A: 1").body())).isEmpty();
        assertThat(text(header("").body())).isEmpty();
    }

    @Test
    void mayHaveCarriageReturns() {
        HeaderFields header = header("A: 1\r\n 2\r\nB: 3\r\n\r\nbody\r\n");

        assertThat(header.first("a")).contains("1 2");
        assertThat(header.first("b")).contains("3");
        assertThat(text(header.body())).isEqualTo("body\r\n");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "'A: one\n two', 'one two'",
        "'A: one\n\t  two\n three', 'one two three'",
        "'A: one \n two', 'one two'",
        "'A:\n one', 'one'",
        "'A: one\ttwo', 'one two'",
        "'A:  one  ', 'one'",
        "'A: ', ''"
    })
    void isUnfolded(String text, String value) {
        assertThat(header(text).first("a")).contains(value);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "'A: =?utf-8?q?Gr=C3=BC=C3=9Fe?= to all', Grüße to all",
        "'A: =?iso-8859-1?B?R3L832U=?=', Grüße",
        "'A: =?utf-8?q?one?=\n =?utf-8?q?_two?=', one two",
        "'A: =?utf-8?q?one=0Atwo?=', one two",
        "'A: =?no-such-charset?q?one?=', =?no-such-charset?q?one?=",
        "'A: =?utf-8?x?one?=', =?utf-8?x?one?=",
        "'A: =?broken', =?broken",
        "'A: Grüße', Grüße"
    })
    void isDecoded(String text, String value) {
        assertThat(header(text).firstDecoded("a")).contains(value);
    }

    @Test
    @DisplayName("that is not UTF-8 is read as ISO 8859-1")
    void mayBeLatin() {
        byte[] bytes = "A: Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(HeaderFields.of(new ByteRange(bytes, 0, bytes.length)).first("a"))
                .contains("Gr\u00fc\u00dfe");
    }

    @Test
    void passesOverWhatIsNoField() {
        HeaderFields header = header(">From me\n goes on\nno colon\nno name : x\n: y\nA: 1\n\n");

        assertThat(header.first("a")).contains("1");
        assertThat(header.lines()).isEqualTo(7);
    }

    @Test
    void hasBoundedFieldsAndValues() {
        HeaderFields many = header("X: y\n".repeat(2000) + "A: 1\n");
        HeaderFields large = header("A: " + "x".repeat(100_000) + "\n");

        assertThat(many.first("a")).isEmpty();
        assertThat(large.first("a").orElseThrow()).hasSizeLessThan(20_000);
    }

    private static HeaderFields header(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HeaderFields.of(new ByteRange(bytes, 0, bytes.length));
    }

    private static String text(ByteRange range) {
        return TextBytes.decode(range);
    }
}
