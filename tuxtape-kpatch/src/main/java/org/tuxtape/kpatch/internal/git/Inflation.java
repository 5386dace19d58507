package org.tuxtape.kpatch.internal.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tuxtape.core.CancellationToken;

/** Bytes that stand deflated somewhere in a file. */
final class Inflation implements AutoCloseable {
    private static final int CHUNK = 1 << 14;

    private final FileChannel file;
    private final String what;
    private final CancellationToken cancellation;
    private final Inflater inflater = new Inflater();
    private long position;

    Inflation(FileChannel file, long position, String what, CancellationToken cancellation) {
        this.file = file;
        this.position = position;
        this.what = what;
        this.cancellation = cancellation;
    }

    /** Fills the array with the next bytes; returns how many there were. */
    int read(byte[] target) throws IOException {
        int filled = 0;
        try {
            while (filled < target.length && !inflater.finished()) {
                cancellation.throwIfCancelled();
                int count = inflater.inflate(target, filled, Math.min(target.length - filled, CHUNK));
                filled += count;
                if (count == 0 && inflater.needsDictionary()) {
                    throw new CorruptObjectException("deflated bytes that cannot be read in " + what);
                }
                if (count == 0 && inflater.needsInput()) {
                    refill();
                }
            }
        } catch (DataFormatException e) {
            CorruptObjectException corrupt =
                    new CorruptObjectException("deflated bytes that cannot be read in " + what);
            corrupt.initCause(e);
            throw corrupt;
        }
        return filled;
    }

    private void refill() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        int count = file.read(chunk, position);
        if (count <= 0) {
            throw new CorruptObjectException("deflated bytes that end too early in " + what);
        }
        position += count;
        inflater.setInput(chunk.flip());
    }

    /** Reads exactly so many bytes and the end. */
    byte[] readAll(int size) throws IOException {
        byte[] content = new byte[size];
        int filled = read(content);
        if (filled < size || read(new byte[1]) > 0) {
            throw new CorruptObjectException("an object of another size than it says in " + what);
        }
        return content;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
