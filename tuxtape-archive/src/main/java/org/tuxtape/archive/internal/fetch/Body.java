package org.tuxtape.archive.internal.fetch;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's bytes as they come: those of a file, up to the most that may come; those of any other answer are
 * dropped, and not even many of them are read.
 */
final class Body implements HttpResponse.BodyHandler<byte[]>, HttpResponse.BodySubscriber<byte[]> {
    private static final long MOST_OF_AN_ERROR = 64 * 1024;

    private final String name;
    private final int most;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private boolean isFile;
    private volatile long received;

    Body(String name, int most) {
        this.name = name;
        this.most = most;
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        isFile = info.statusCode() == 200;
        if (isFile && info.headers().firstValueAsLong("Content-Length").orElse(0) > most) {
            end.completeExceptionally(Refusals.tooLong(name, most));
        }
        return this;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (end.isDone()) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            take(bytes);
        }
        if (subscription == null) {
            return;
        }
        if (end.isDone()) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes it, another reads it
    private void take(byte[] bytes) {
        received += bytes.length;
        if (isFile && received > most) {
            end.completeExceptionally(Refusals.tooLong(name, most));
        } else if (isFile) {
            content.writeBytes(bytes);
        } else if (received > MOST_OF_AN_ERROR) {
            end.complete(new byte[0]);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(content.toByteArray());
    }

    /** How much has come so far. */
    long received() {
        return received;
    }
}
