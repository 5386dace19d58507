package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Reading;
import org.tuxtape.mail.fixture.ScriptedImap;

@DisplayName("A server of mailboxes that")
class MailServerAnswersTest {
    private ScriptedImap server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedImap.of(2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reading reading() {
        return Reading.of(MailboxSource.of(server.address()));
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    @Test
    @DisplayName("tells of marks between the messages is understood")
    void marksBetween() {
        server.contents(mail(1), mail(2));

        assertThat(reading().fault()).isNull();
        assertThat(reading().summary()).containsExactly("+CVE-2025-20001", "+CVE-2025-20002");
    }

    @Test
    @DisplayName("no longer has a message that it has listed gives what it has")
    void goneMeanwhile() {
        server.answer("BODY.PEEK[]", "* 2 FETCH (UID 2 BODY[]<0> NIL)\r\n");

        assertThat(reading().fault()).isNull();
        assertThat(reading().summary())
                .hasSize(2)
                .allSatisfy(element -> assertThat(element).startsWith("?It was deleted on the server"));
    }

    @Test
    @DisplayName("tells too small a size makes no large message be read")
    void understatedSize() {
        server.contents(mail(1) + "x\n".repeat(1 << 20), mail(2));

        assertThat(reading().summary()).containsExactly("?It is larger than 1048576 bytes.", "+CVE-2025-20002");
    }

    @Test
    @DisplayName("sends without end is given up")
    void endlessContent() {
        server.contents(mail(1) + "x\n".repeat(8 << 20));

        assertThat(reading().fault().fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
    }

    @Test
    @DisplayName("lists without end is given up")
    void endlessSizes() {
        server.answer("RFC822.SIZE", "* 1 FETCH (FLAGS ())\r\n".repeat(1 << 19));

        assertThat(reading().fault().fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @DisplayName("says what cannot be is a fault that names it")
    @ValueSource(
            strings = {
                "* 1 FETCH (UID 1 BODY[]<0> {2147483647}\r\n",
                // For this the mail library asks for the first array that is too long for Java, whatever the memory.
                "* 1 FETCH (UID 1 BODY[]<0> {2147483589}\r\n",
                "* 1 FETCH (UID 1 BODY[]<0> {-1}\r\n",
                "* 1 FETCH (UID 99999999999999999999 BODY[]<0> {1}\r\nx)\r\n",
                "* 99999999999 FETCH (UID 1 BODY[]<0> {1}\r\nx)\r\n",
                "* 1 FETCH ((((((((((((((((((\r\n",
                "* 1 FETCH (UID 1 BODY[\r\n",
                "* 2 EXPUNGE\r\n* 2 EXPUNGE\r\n* 2 EXPUNGE\r\n",
                "* -3 EXISTS\r\n",
                "\0\u00ff\r\n",
                "* BYE\r\n",
            })
    void nonsense(String answer) {
        server.answer("BODY.PEEK[]", answer);

        Reading reading = reading();

        if (reading.fault() != null) {
            assertThat(reading.fault()).hasMessageContaining("localhost");
        } else {
            assertThat(reading.summary())
                    .allSatisfy(element -> assertThat(element).startsWith("?"));
        }
    }
}
