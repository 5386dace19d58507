package org.tuxtape.examples;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why output was lost, which a {@link java.io.PrintStream} would not tell. */
final class WatchedOutput extends FilterOutputStream {
    private @Nullable IOException failure;

    WatchedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Returns what went wrong, unless it is that the reader has seen enough, as {@code | head} does. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure).filter(e -> !"Broken pipe".equals(e.getMessage()));
    }
}
