package org.tuxtape.archive.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tuxtape.archive.internal.fetch.Refusals;
import org.tuxtape.archive.rollout.ReportException.Fault;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/**
 * Sends reports to a web server, each with one small request. No redirect is followed, no proxy is used, and of the
 * answer only the status is looked at: any of 200 to 299 says that the report was taken. Immutable; safe for use by
 * several threads.
 *
 * @see ReportSink#http(URI)
 * @since 0.1
 */
public final class HttpReportSink implements ReportSink {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NAP_MILLIS = 100;

    private final URI endpoint;
    private final Map<String, String> headers;
    private final Duration limit;

    private HttpReportSink(URI endpoint, Map<String, String> headers, Duration limit) {
        this.endpoint = endpoint;
        this.headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        this.limit = limit;
    }

    static HttpReportSink of(URI endpoint) {
        String scheme = Objects.requireNonNullElse(endpoint.getScheme(), "");
        boolean isPlain = endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null;
        if (!Set.of("http", "https").contains(scheme) || endpoint.getHost() == null || !isPlain) {
            throw new IllegalArgumentException("Not a plain http or https address of a host: " + endpoint + ".");
        }
        return new HttpReportSink(endpoint, Map.of(), LIMIT);
    }

    /**
     * Adds a header to each request, for example one that names the node to the server.
     *
     * @param name the header; one of that name is replaced
     * @param value its value, which is not told again, whatever goes wrong with a request
     * @return a sink that differs in it
     * @throws IllegalArgumentException if HTTP does not allow the name or value, or the client sets it itself
     */
    public HttpReportSink withHeader(String name, String value) {
        HttpRequest.newBuilder(endpoint).setHeader(name, value);
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new HttpReportSink(endpoint, more, limit);
    }

    /**
     * Replaces the time limit.
     *
     * @param newLimit for each report, from the beginning to the server's status; above zero
     * @return a sink that differs in it
     */
    public HttpReportSink within(Duration newLimit) {
        if (newLimit.isNegative() || newLimit.isZero()) {
            throw new IllegalArgumentException("A request takes time: " + newLimit + " is none.");
        }
        return new HttpReportSink(endpoint, headers, newLimit);
    }

    @Override
    public void send(NodeReport report, Context context) {
        context.cancellation().throwIfCancelled();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limit)
                .build();
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request(report), BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> response = await(answer, context);
            // Closed unread: however long the answer is, it costs nothing.
            response.body().close();
            if (response.statusCode() / 100 != 2) {
                throw new ReportException(
                        Fault.REFUSED, endpoint.toString(), endpoint + " answered " + response.statusCode() + ".");
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(NodeReport report) {
        boolean isDirectory = endpoint.getRawPath().endsWith("/");
        URI target =
                isDirectory ? endpoint.resolve(NodeReport.fileName(report.node().id())) : endpoint;
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(isDirectory ? "PUT" : "POST", BodyPublishers.ofString(report.toText(), StandardCharsets.UTF_8))
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .timeout(limit);
        headers.forEach(request::setHeader);
        return request.build();
    }

    /** Waits in real time: a network does not go by the context's clock. */
    private <T> T await(CompletableFuture<T> answer, Context context) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < limit.toNanos()) {
            context.cancellation().throwIfCancelled();
            try {
                return answer.get(NAP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Not yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
            }
        }
        throw new HttpTimeoutException("The limit of " + limit + " has passed.");
    }

    private ReportException failed(IOException cause) {
        Fault fault = cause instanceof HttpTimeoutException ? Fault.TOO_SLOW : Fault.UNREACHABLE;
        return new ReportException(
                fault,
                endpoint.toString(),
                endpoint + " did not take the report: " + Refusals.reason(cause) + ".",
                cause);
    }
}
