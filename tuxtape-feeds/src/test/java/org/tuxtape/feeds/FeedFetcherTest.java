package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.SmallServer;

@DisplayName("Fetching a feed")
class FeedFetcherTest {
    private static final FetchLimits LIMITS =
            new FetchLimits(1000, 3, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(60));

    @TempDir
    Path directory;

    private final SmallServer server = new SmallServer();
    private final List<Duration> naps = new ArrayList<>();
    private final Context context = Context.standard().sleepingBy(naps::add);

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("gets it once, and again only when the server has another")
    void getsItOnce() {
        server.answer("200 OK", "ETag: \"one\"\r\n", "first")
                .answer("304 Not Modified", "ETag: \"one\"\r\n", "")
                .answer("200 OK", "ETag: \"two\"\r\n", "second");

        assertThat(fetch()).isEqualTo(new FetchOutcome.Fetched(5, Optional.of("\"one\"")));
        assertThat(fetch()).isEqualTo(new FetchOutcome.Unchanged());
        assertThat(file()).hasContent("first");
        assertThat(fetch()).isEqualTo(new FetchOutcome.Fetched(6, Optional.of("\"two\"")));
        assertThat(file()).hasContent("second");
        assertThat(server.requests().get(0)).doesNotContain("If-None-Match");
        assertThat(server.requests().get(1)).contains("If-None-Match: \"one\"");
        assertThat(server.requests().get(2)).contains("If-None-Match: \"one\"");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    @DisplayName("does not ask for what is new where the file is gone")
    void doesNotAskWhereTheFileIsGone() throws IOException {
        server.answer("200 OK", "ETag: \"one\"\r\n", "first").answer("200 OK", "", "again");
        fetch();
        Files.delete(file());

        assertThat(fetch()).isEqualTo(new FetchOutcome.Fetched(5, Optional.empty()));
        assertThat(server.requests().get(1)).doesNotContain("If-None-Match");
        assertThat(directory.resolve("feed.etag")).doesNotExist();
    }

    @Test
    @DisplayName("waits longer and longer where the server is busy, and as long as it asks for")
    void waits() {
        server.answer("503 Busy", "", "")
                .answer("429 Slow down", "Retry-After: 30\r\n", "")
                .answer("200 OK", "", "x");

        assertThat(fetch()).isInstanceOf(FetchOutcome.Fetched.class);
        assertThat(naps.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    @DisplayName("waits no longer than it may, whatever the server asks for")
    void waitsNoLonger() {
        server.answer("503 Busy", "Retry-After: 999999999\r\n", "").answer("200 OK", "", "x");

        fetch();

        assertThat(naps.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("gives up after its attempts, and says why")
    void givesUp() throws IOException {
        Files.writeString(file(), "old");
        server.answer("500 No", "", "").answer("502 No", "", "").answer("503 No", "", "");

        assertFault(Fault.IO, "was not to be had in 3 attempts: it answered 503.");
        assertThat(file()).hasContent("old");
    }

    @Test
    @DisplayName("asks again where the connection breaks off in the middle")
    void asksAgain() {
        server.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").answer("200 OK", "", "whole");

        assertThat(fetch()).isInstanceOf(FetchOutcome.Fetched.class);
        assertThat(file()).hasContent("whole");
    }

    @ParameterizedTest
    @CsvSource({"404, MISSING", "410, MISSING", "401, NOT_PERMITTED", "403, NOT_PERMITTED", "418, IO"})
    @DisplayName("does not ask again where the server says no")
    void doesNotAskAgain(String status, Fault fault) {
        server.answer(status + " No", "", "an error page");

        assertFault(fault, "");
        assertThat(server.requests()).hasSize(1);
        assertThat(file()).doesNotExist();
    }

    @Test
    @DisplayName("stops where it is more than it takes, and leaves the file as it was")
    void stopsWhereItIsTooMuch() throws IOException {
        Files.writeString(file(), "old");
        server.answer("200 OK", "", "x".repeat(1001));

        assertFault(Fault.LIMIT_EXCEEDED, "has more than 1000 bytes.");
        assertThat(file()).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    @DisplayName("stops where it is not wanted any more")
    void stopsWhereItIsNotWanted() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        assertThatThrownBy(() -> FeedFetcher.within(LIMITS).fetch(server.uri(), file(), context.with(token)))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    @DisplayName("has limits that make sense")
    void hasLimits() {
        Duration second = Duration.ofSeconds(1);

        assertThat(FetchLimits.defaults().attempts()).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(0, 1, second, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, 0, second, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, 1, Duration.ZERO, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FetchLimits(1, 1, second, Duration.ofMillis(1), second));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, 1, second, second, Duration.ZERO));
    }

    private void assertFault(Fault fault, String end) {
        assertThatThrownBy(this::fetch).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.fault()).isEqualTo(fault);
            assertThat(e).hasMessageContaining(server.uri().toString()).hasMessageEndingWith(end);
        });
    }

    private FetchOutcome fetch() {
        return FeedFetcher.within(LIMITS).fetch(server.uri(), file(), context);
    }

    private Path file() {
        return directory.resolve("feed");
    }
}
