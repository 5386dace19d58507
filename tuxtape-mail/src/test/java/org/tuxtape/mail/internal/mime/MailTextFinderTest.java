package org.tuxtape.mail.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The text of a mail")
class MailTextFinderTest {
    private static final String WORDS = "Gr\u00fc\u00dfe\nto all\n";

    @Nested
    @DisplayName("of one part")
    class Single {
        @Test
        void isItsBody() {
            assertThat(find("Subject: x\n\nbody\n")).isEqualTo(new MailText.Plain("body\n", 3));
        }

        @Test
        void endsItsLinesInLineFeeds() {
            assertThat(find("Subject: x\r\n\r\none\r\ntwo\rthree\r\n"))
                    .isEqualTo(new MailText.Plain("one\ntwo\rthree\n", 3));
        }

        static Stream<Arguments> encoded() {
            return Stream.of(
                    Arguments.of("8bit", utf8(WORDS)),
                    Arguments.of("7bit", utf8(WORDS)),
                    Arguments.of("BINARY", utf8(WORDS)),
                    Arguments.of("7-bit, or so", utf8(WORDS)),
                    Arguments.of("", utf8(WORDS)),
                    Arguments.of("quoted-printable", utf8("Gr=C3=BC=\n=C3=9Fe\nto=20all\n")),
                    Arguments.of("Quoted-Printable", utf8("Gr=C3=BC=C3=9Fe\nto all\n")),
                    Arguments.of("base64", Base64.getMimeEncoder(8, utf8("\n")).encode(utf8(WORDS))),
                    Arguments.of("Base64", Base64.getEncoder().encode(utf8(WORDS))),
                    Arguments.of("base64 (with a comment)", Base64.getEncoder().encode(utf8(WORDS))),
                    Arguments.of("quoted-printable; x=y", utf8("Gr=C3=BC=C3=9Fe\nto all\n")));
        }

        @ParameterizedTest(name = "as \"{0}\"")
        @MethodSource("encoded")
        @DisplayName("is decoded, and an unknown encoding is none")
        void isDecoded(String encoding, byte[] body) {
            String header = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: " + encoding + "\n\n";

            assertThat(find(utf8(header), body)).isEqualTo(new MailText.Plain(WORDS, 4));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"ISO-8859-1", "latin1", "\"iso-8859-15\"", "us-ascii", "no-such-charset", "?!", "''", "UTF-8"
                })
        @DisplayName("is read by its charset; where that is unknown, wrong or ASCII, as UTF-8 or else ISO 8859-1")
        void hasACharset(String charset) {
            byte[] header = utf8("Content-Type: text/plain; charset=" + charset + "\n\n");

            assertThat(find(header, WORDS.getBytes(StandardCharsets.ISO_8859_1)))
                    .isEqualTo(new MailText.Plain(WORDS, 3));
        }

        @Test
        void mayBeInAnyCharsetOfTheMachine() {
            byte[] header = utf8("Content-Type: text/plain; charset=koi8-r\n\n");

            assertThat(find(header, "\u043f\u0440\u0438\u0432\u0435\u0442".getBytes(Charset.forName("KOI8-R"))))
                    .isEqualTo(new MailText.Plain("\u043f\u0440\u0438\u0432\u0435\u0442", 3));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"text", "plain text", ";", "text/plain; charset", "=?=", "text/plain; charset=utf-8; x"})
        @DisplayName("is read in spite of a Content-Type that nobody understands")
        void mayHaveABrokenType(String type) {
            assertThat(find("Content-Type: " + type + "\n\nbody\n")).isEqualTo(new MailText.Plain("body\n", 3));
        }

        @Test
        void isNoneIfItIsNoPlainText() {
            assertThat(find("Content-Type: text/html\n\n<p>body\n"))
                    .isEqualTo(new MailText.None("It has no part of plain text."));
        }

        @Test
        void isNoneIfItCannotBeDecoded() {
            assertThat(find("Content-Transfer-Encoding: base64\n\nYWJjZ\n"))
                    .isEqualTo(new MailText.None("Its body is no valid base64."));
        }
    }

    @Nested
    @DisplayName("of several parts")
    class Several {
        @Test
        void isTheFirstPlainText() {
            assertThat(find("""
                            Content-Type: multipart/mixed; boundary="b 1"

                            This is no part.
                            --b 1
                            Content-Type: text/html

                            <p>no
                            --b 1
                            Content-Type: text/plain; charset=utf-8
                            Content-Transfer-Encoding: quoted-printable

                            y=65s
                            --b 1

                            no more
                            --b 1--
                            nor this
                            """)).isEqualTo(new MailText.Plain("yes\n", 12));
        }

        @Test
        void mayBeSigned() {
            assertThat(find("""
                            Content-Type: multipart/signed; micalg=pgp-sha512;
                             protocol="application/pgp-signature"; boundary=sig

                            --sig
                            Content-Type: multipart/alternative; boundary=alt

                            --alt

                            the text
                            --alt
                            Content-Type: text/html

                            <p>the text
                            --alt--

                            --sig
                            Content-Type: application/pgp-signature

                            none
                            --sig--
                            """)).isEqualTo(new MailText.Plain("the text\n", 9));
        }

        @Test
        @DisplayName("is found although the last boundary is missing")
        void mayBeOpen() {
            assertThat(find("Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n"))
                    .isEqualTo(new MailText.Plain("text\n", 5));
        }

        @Test
        @DisplayName("is not split at lines that only begin like a boundary")
        void hasExactBoundaries() {
            assertThat(find("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bc\n--b-\n--b --\n--b-- \nrest\n"))
                    .isEqualTo(new MailText.Plain("--bc\n--b-\n--b --\n", 5));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "multipart/mixed",
                    "multipart/mixed; boundary=\"\"",
                    "multipart/mixed; boundary=other",
                    "multipart;boundary=",
                    "multipart/mixed; boundary=html"
                })
        void mayBeNone(String type) {
            assertThat(find("Content-Type: " + type + "\n\n--html\nContent-Type: text/html\n\n<p>\n--html--\n"))
                    .isInstanceOf(MailText.None.class);
        }

        @Test
        void isNoneIfNestedTooDeeply() {
            String nested = IntStream.range(0, 20)
                    .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n")
                    .collect(Collectors.joining("", "", "\ntext\n"));

            assertThat(find(nested)).isEqualTo(new MailText.None("Its parts are nested too deeply."));
        }

        @Test
        void isNotLookedForInPartsWithoutEnd() {
            String parts = "--b\nContent-Type: text/html\n\n".repeat(10_000) + "--b\n\ntext\n";

            assertThat(find("Content-Type: multipart/mixed; boundary=b\n\n" + parts))
                    .isEqualTo(new MailText.None("It has no part of plain text."));
        }
    }

    @Test
    @DisplayName(
            "is decoded in a container whose context class loader knows nothing of mail, and leaves that loader be")
    void needsNoContextClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader foreign = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(foreign);
        try {
            assertThat(find("Content-Transfer-Encoding: base64\n\neWVz\n")).isEqualTo(new MailText.Plain("yes", 3));
            assertThat(thread.getContextClassLoader()).isSameAs(foreign);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static MailText find(String mail) {
        return find(utf8(mail), new byte[0]);
    }

    private static MailText find(byte[] header, byte[] body) {
        byte[] mail = new byte[header.length + body.length];
        System.arraycopy(header, 0, mail, 0, header.length);
        System.arraycopy(body, 0, mail, header.length, body.length);
        return MailTextFinder.find(HeaderFields.of(new ByteRange(mail, 0, mail.length)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
