package org.tuxtape.feeds.internal.feed;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a response to a file, and gives up where it is longer than it may be. A bound of zero writes nothing. */
public final class BoundedBody implements BodySubscriber<Long> {
    private final Path file;
    private final long largest;
    private final CompletableFuture<Long> written = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable FileChannel channel;
    private long count;

    public BoundedBody(Path file, long largest) {
        this.file = file;
        this.largest = largest;
    }

    /** The response is longer than it may be. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return written;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        try {
            if (largest > 0) {
                channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
            given.request(Long.MAX_VALUE);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        FileChannel open = channel;
        if (open == null || written.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                count += buffer.remaining();
                if (count > largest) {
                    throw new TooLarge();
                }
                while (buffer.hasRemaining()) {
                    open.write(buffer);
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
        onError(e);
    }

    @Override
    public void onError(Throwable e) {
        close();
        written.completeExceptionally(e);
    }

    @Override
    public void onComplete() {
        close();
        written.complete(count);
    }

    private void close() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                written.completeExceptionally(e);
            }
        }
    }
}
