package org.tuxtape.mail.internal.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tuxtape.mail.internal.mime.ByteRange;

/** Takes as many bytes as are wanted, and then refuses. */
final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    BoundedBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int wanted = Math.min(length, most - bytes.size());
        bytes.write(source, offset, wanted);
        if (wanted < length) {
            throw new IOException("more than " + most + " bytes");
        }
    }

    /** Whether no more bytes are wanted. */
    boolean full() {
        return bytes.size() == most;
    }

    ByteRange taken() {
        return new ByteRange(bytes.toByteArray(), 0, bytes.size());
    }
}
