package org.tuxtape.mail.internal.expand;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands gzip members, one behind the other, to the end of the input.
 *
 * <p>The JDK's own stream ends in silence where a further member is damaged, and that of Commons Compress loses what it
 * expanded just before it meets the damage. Here every byte before a fault is delivered, and every fault is told.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipInput extends InputStream {
    private static final int HAS_HEADER_CHECK = 2;
    private static final int HAS_EXTRA_FIELD = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final byte[] chunk = new byte[1 << 13];
    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int fed;
    private boolean ended;

    GzipInput(InputStream in) {
        this.in = new PushbackInputStream(in, chunk.length);
    }

    /** Reads the first header; to be called once, before anything else. */
    GzipInput begin() throws IOException {
        if (octet() != 0x1f) {
            throw new IOException("no gzip member begins here");
        }
        readHeader();
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                finishMember();
            } else {
                feed();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void feed() throws IOException {
        fed = in.read(chunk);
        if (fed < 0) {
            throw new EOFException();
        }
        inflater.setInput(chunk, 0, fed);
    }

    private void finishMember() throws IOException {
        int rest = inflater.getRemaining();
        in.unread(chunk, fed - rest, rest);
        if (number(4) != checksum.getValue() || number(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new IOException("the checksum of a gzip member is wrong");
        }
        inflater.reset();
        checksum.reset();
        int next = in.read();
        while (next == 0) {
            next = in.read(); // tapes and block devices pad with zeros
        }
        if (next < 0) {
            ended = true;
        } else if (next == 0x1f) {
            readHeader();
        } else {
            throw new IOException("behind a gzip member stands something else");
        }
    }

    /** Reads a header whose first byte was read. */
    private void readHeader() throws IOException {
        if (octet() != 0x8b || octet() != 8) {
            throw new IOException("the header of a gzip member is wrong");
        }
        int flags = octet();
        if ((flags & RESERVED) != 0) {
            throw new IOException("the header of a gzip member has unknown flags");
        }
        number(6); // time stamp, level, system
        if ((flags & HAS_EXTRA_FIELD) != 0) {
            in.skipNBytes(number(2));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CHECK) != 0) {
            number(2);
        }
    }

    private void skipText() throws IOException {
        while (octet() != 0) {
            // up to the zero
        }
    }

    private long number(int octets) throws IOException {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value |= (long) octet() << (8 * i);
        }
        return value;
    }

    private int octet() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
