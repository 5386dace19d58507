package org.tuxtape.archive.internal.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/**
 * A web server. It is asked for files one by one and nothing else: no redirect is followed, no cookie kept. At every moment
 * an answer has to have brought {@code slowest} bytes for each second since its beginning, the first {@code answer} of
 * them excepted; so neither silence nor a drip holds a client for longer than the file's length allows.
 */
public final class WebSource implements Source {
    private static final long LOOK_MILLIS = 50;
    /** Stores of objects answer 403 for what is not there, where a caller may not list. */
    private static final Set<Integer> NOT_THERE = Set.of(403, 404, 410);

    private final URI base;
    private final Duration answer;
    private final int slowest;
    private final HttpClient client;

    /**
     * Creates the source; nothing is asked yet.
     *
     * @param base the archive's directory, with {@code /} at its end
     * @param answer how long the first byte of an answer may take
     * @param slowest the fewest bytes a second
     */
    public WebSource(URI base, Duration answer, int slowest) {
        this.base = base;
        this.answer = answer;
        this.slowest = slowest;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(answer)
                .build();
    }

    @Override
    public Optional<byte[]> read(String path, int most, Context context) {
        context.cancellation().throwIfCancelled();
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .header("User-Agent", "tuxtape")
                .build();
        Body body = new Body(name(path), most);
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, body);
        try {
            HttpResponse<byte[]> response = await(exchange, body, name(path), context);
            if (response.statusCode() == 200) {
                return Optional.of(response.body());
            }
            if (NOT_THERE.contains(response.statusCode())) {
                return Optional.empty();
            }
            throw new ArchiveException(
                    Fault.UNREACHABLE,
                    name(path),
                    name(path) + " was answered with the status " + response.statusCode() + ".");
        } finally {
            // Closes the connection if the answer is not yet whole.
            exchange.cancel(true);
        }
    }

    private HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> exchange, Body body, String name, Context context) {
        Instant begun = context.clock().instant();
        while (true) {
            try {
                return exchange.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                context.cancellation().throwIfCancelled();
                requireSpeed(Duration.between(begun, context.clock().instant()), body.received(), name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException e) {
                throw refusal(name, e);
            }
        }
    }

    private void requireSpeed(Duration taken, long received, String name) {
        Duration allowed = answer.plusMillis(received * 1000 / slowest);
        if (taken.compareTo(allowed) > 0) {
            throw new ArchiveException(
                    Fault.TOO_SLOW,
                    name,
                    name + " comes too slowly: " + received + " bytes in " + taken.toMillis() + " ms.");
        }
    }

    private static ArchiveException refusal(String name, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ArchiveException refused) {
                return refused;
            }
        }
        return Refusals.unreachable(name, cause);
    }

    private URI address(String path) {
        StringBuilder text = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return base.resolve(text.toString());
    }

    @Override
    public String name(String path) {
        return address(path).toString();
    }
}
