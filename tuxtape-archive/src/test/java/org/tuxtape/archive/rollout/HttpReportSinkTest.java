package org.tuxtape.archive.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tuxtape.archive.rollout.SmallFleet.START;
import static org.tuxtape.archive.rollout.SmallFleet.canary;
import static org.tuxtape.archive.rollout.SmallFleet.unpatched;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tuxtape.archive.rollout.ReportException.Fault;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

class HttpReportSinkTest {
    private static final NodeReport REPORT = unpatched(canary(1), START);
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

    private ReportServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ReportServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void below_a_directory_a_report_is_put_to_the_name_of_its_file() {
        server.answers(TAKEN);

        ReportSink.http(server.uri("/reports/")).send(REPORT, Context.standard());

        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("PUT /reports/canary-1.report HTTP/1.1\r\n")
                .containsIgnoringCase("content-type: text/plain; charset=utf-8")
                .endsWith("\r\n\r\n" + REPORT.toText());
    }

    @Test
    void to_any_other_address_it_is_posted() {
        server.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        ReportSink.http(server.uri("/collect"))
                .withHeader("Authorization", "Bearer x")
                .send(REPORT, Context.standard());

        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("POST /collect HTTP/1.1\r\n")
                .containsIgnoringCase("authorization: bearer x")
                .endsWith(REPORT.toText());
    }

    @Test
    void an_answer_that_is_no_yes_is_a_refusal() {
        for (String status : List.of("403 Forbidden", "500 Internal Server Error", "507 Insufficient Storage")) {
            server.answers("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");

            assertFault(Fault.REFUSED, Duration.ofSeconds(30));
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        server.answers("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + server.uri("/other") + "\r\n"
                + "Content-Length: 0\r\n\r\n");

        assertFault(Fault.REFUSED, Duration.ofSeconds(30));
        assertThat(server.requests()).hasSize(1);
    }

    /** Injects: a server that takes the request and says nothing. */
    @Test
    void a_server_that_says_nothing_is_left_at_the_limit() {
        server.answers("");

        assertFault(Fault.TOO_SLOW, Duration.ofMillis(300));
    }

    /** Injects: a server whose answer never ends. */
    @Test
    void an_answer_without_end_is_not_read() {
        server.answersEndlessly("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        ReportSink.http(server.uri("/collect")).send(REPORT, Context.standard());

        assertThat(server.requests()).hasSize(1);
    }

    /** Injects: a server that goes away in the middle of its answer, and one that is not there. */
    @Test
    void a_server_that_goes_away_is_unreachable() throws IOException {
        server.answers("HTTP/1.1 20");
        assertFault(Fault.UNREACHABLE, Duration.ofSeconds(30));

        server.answers("what is this\r\n\r\n");
        assertFault(Fault.UNREACHABLE, Duration.ofSeconds(30));

        server.close();
        assertFault(Fault.UNREACHABLE, Duration.ofSeconds(30));
    }

    @Test
    void a_caller_that_wants_to_stop_is_heard_while_a_server_says_nothing() {
        server.answers("");
        CancellationToken token = CancellationToken.create();
        server.whenAsked(token::cancel);

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> ReportSink.http(server.uri("/collect"))
                        .send(REPORT, Context.standard().with(token)));
    }

    @Test
    void an_address_is_plain() {
        for (String address : List.of(
                "ftp://host/x",
                "file:///tmp/x",
                "http:///x",
                "/x",
                "http://user:secret@host/x",
                "http://host/x?y",
                "http://host/x#y",
                "mailto:a@b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ReportSink.http(URI.create(address)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportSink.http(server.uri("/")).withHeader("bad header", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportSink.http(server.uri("/")).withHeader("Host", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportSink.http(server.uri("/")).within(Duration.ZERO));
    }

    private void assertFault(Fault fault, Duration limit) {
        URI address = server.uri("/collect");
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> ReportSink.http(address).within(limit).send(REPORT, Context.standard()))
                .satisfies(e -> assertThat(e.fault()).as("%s", e.getMessage()).isEqualTo(fault))
                .satisfies(e -> assertThat(e.place()).isEqualTo(address.toString()));
    }
}
