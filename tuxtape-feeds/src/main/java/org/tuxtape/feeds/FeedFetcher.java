package org.tuxtape.feeds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.feeds.internal.feed.BoundedBody;

/**
 * Fetches a feed over HTTP into a file, if the server has a newer one. For those who have no better way: what reads feeds
 * here takes any file.
 *
 * <p>The server's tag for what the file holds lies beside it, in {@code FILE.etag}. A server that is busy or broken (429,
 * 5xx, no connection) is asked again after a pause that grows, or as long as it asks for in {@code Retry-After}. Redirects
 * are followed, but not from https to http. The file is replaced whole or not at all.
 *
 * <p>Immutable, and safe for use by several threads as long as they fetch into different files.
 *
 * @since 0.1
 */
public final class FeedFetcher {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 100;
    private static final int NOT_MODIFIED = 304;
    private static final int TOO_MANY = 429;
    private static final int LONGEST_TAG = 1000;

    private final FetchLimits limits;

    private FeedFetcher(FetchLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Returns a fetcher.
     *
     * @param limits how much it takes, and how long it goes on
     * @return the fetcher
     */
    public static FeedFetcher within(FetchLimits limits) {
        return new FeedFetcher(limits);
    }

    /** An attempt after which another one is worth while. */
    private static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        private final long pause;

        Busy(String message, long pause) {
            super(message);
            this.pause = pause;
        }
    }

    /**
     * Fetches a feed.
     *
     * @param from where it is, by http or https
     * @param file where it goes; its directory exists
     * @param context cancellation, and the sleeper for the pauses
     * @return whether there was anything new
     * @throws IllegalArgumentException if the address is none of http or https
     * @throws SourceException if the server does not have it, refuses it, stays busy or sends too much, or the file cannot
     *     be written; the file is then as it was
     */
    public FetchOutcome fetch(URI from, Path file, Context context) {
        SourceId id = new SourceId(from.toString());
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        String reason = "";
        try {
            for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
                try {
                    return attempt(client, from, file, unfinished, id, context);
                } catch (Busy busy) {
                    reason = String.valueOf(busy.getMessage());
                    if (attempt < limits.attempts()) {
                        context.pause(limits.pause(attempt, busy.pause));
                    }
                }
            }
            throw new SourceException(
                    id, Fault.IO, id + " was not to be had in " + limits.attempts() + " attempts: " + reason + ".");
        } catch (IOException e) {
            throw new SourceException(id, Fault.IO, "Keeping " + id + " failed: " + e.getMessage() + ".", e);
        } finally {
            delete(unfinished);
        }
    }

    private FetchOutcome attempt(HttpClient client, URI from, Path file, Path unfinished, SourceId id, Context context)
            throws IOException, Busy {
        Path tagFile = file.resolveSibling(file.getFileName() + ".etag");
        HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(limits.deadline());
        if (Files.exists(file) && Files.exists(tagFile)) {
            String tag = Files.readString(tagFile, StandardCharsets.UTF_8).strip();
            if (isTag(tag)) {
                request.header("If-None-Match", tag);
            }
        }
        HttpResponse<Long> response = send(client, request.build(), unfinished, id, context);
        int status = response.statusCode();
        if (status == NOT_MODIFIED) {
            return new FetchOutcome.Unchanged();
        }
        refuse(response, id);
        Optional<String> tag = response.headers().firstValue("ETag").filter(FeedFetcher::isTag);
        // Without its tag the new file is fetched once too often; with the old tag it would never be fetched again.
        Files.deleteIfExists(tagFile);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (tag.isPresent()) {
            Files.writeString(tagFile, tag.get(), StandardCharsets.UTF_8);
        }
        return new FetchOutcome.Fetched(response.body(), tag);
    }

    private static boolean isTag(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_TAG && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private HttpResponse<Long> send(
            HttpClient client, HttpRequest request, Path unfinished, SourceId id, Context context) throws Busy {
        CompletableFuture<HttpResponse<Long>> answer = client.sendAsync(
                request, info -> new BoundedBody(unfinished, info.statusCode() == 200 ? limits.largest() : 0));
        long looks = Math.max(1, limits.deadline().toMillis() / LOOK_MILLIS);
        try {
            for (long look = 0; look < looks; look++) {
                context.cancellation().throwIfCancelled();
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // it is still under way
                }
            }
            throw new Busy("it took too long", 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof BoundedBody.TooLarge) {
                String message = id + " has more than " + limits.largest() + " bytes.";
                throw new SourceException(id, Fault.LIMIT_EXCEEDED, message, cause);
            }
            throw new Busy(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), 0);
        } finally {
            answer.cancel(true);
        }
    }

    private static void refuse(HttpResponse<Long> response, SourceId id) throws Busy {
        int status = response.statusCode();
        if (status == TOO_MANY || status >= 500) {
            throw new Busy("it answered " + status, retryAfter(response));
        }
        if (status == 404 || status == 410) {
            throw new SourceException(id, Fault.MISSING, "There is no " + id + ".");
        }
        if (status == 401 || status == 403) {
            throw new SourceException(id, Fault.NOT_PERMITTED, "The server refuses " + id + ": " + status + ".");
        }
        if (status != 200) {
            throw new SourceException(id, Fault.IO, "The server answered " + status + " for " + id + ".");
        }
    }

    /** Seconds; a date counts as none, and then the pause is our own. */
    private static long retryAfter(HttpResponse<Long> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // it lies beside the feed and is replaced by the next fetch
        }
    }
}
