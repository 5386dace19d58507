package org.tuxtape.mail.internal.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tuxtape.mail.internal.mime.ByteRange;

/** Takes as many bytes as are allowed, and then refuses. */
final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private boolean passed;

    BoundedBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length > most - bytes.size()) {
            passed = true;
            throw new IOException("more than " + most + " bytes");
        }
        bytes.write(source, offset, length);
    }

    /** Whether there were more bytes than are allowed. */
    boolean passed() {
        return passed;
    }

    ByteRange taken() {
        return new ByteRange(bytes.toByteArray(), 0, bytes.size());
    }
}
