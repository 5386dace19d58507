package org.tuxtape.testkit.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An open file. */
abstract class PseudoChannel implements SeekableByteChannel {
    private final PseudoFileSystem system;
    private volatile boolean open = true;

    private PseudoChannel(PseudoFileSystem system) {
        this.system = system;
    }

    abstract int readNow(ByteBuffer target) throws IOException;

    abstract void writeNow(byte[] bytes) throws IOException;

    @Override
    public final int read(ByteBuffer target) throws IOException {
        synchronized (system.lock()) {
            requireOpen();
            return target.hasRemaining() ? readNow(target) : 0;
        }
    }

    /** Hands over everything at once, as one system call does. */
    @Override
    public final int write(ByteBuffer source) throws IOException {
        synchronized (system.lock()) {
            requireOpen();
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            writeNow(bytes);
            source.position(source.limit());
            return bytes.length;
        }
    }

    final void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        return this;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final void close() {
        open = false;
    }

    /** A small file: its text is made when reading begins, and again whenever it begins anew. */
    static final class OfAttribute extends PseudoChannel {
        private final PseudoFileSystem system;
        private final Path path;
        private final boolean readable;
        private final boolean writable;
        private byte[] content = {};
        private int position;

        OfAttribute(PseudoFileSystem system, Path path, boolean readable, boolean writable) {
            super(system);
            this.system = system;
            this.path = path;
            this.readable = readable;
            this.writable = writable;
        }

        @Override
        int readNow(ByteBuffer target) throws IOException {
            if (!readable) {
                throw new NonReadableChannelException();
            }
            if (position == 0) {
                content = file().reading().get();
            }
            if (position >= content.length) {
                return -1;
            }
            int length = Math.min(target.remaining(), content.length - position);
            target.put(content, position, length);
            position += length;
            return length;
        }

        @Override
        void writeNow(byte[] bytes) throws IOException {
            if (!writable) {
                throw new NonWritableChannelException();
            }
            file().writing().write(new String(bytes, StandardCharsets.UTF_8));
            position += bytes.length;
        }

        private Node.Attribute file() throws IOException {
            return (Node.Attribute) system.findAgain(path);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = Math.toIntExact(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            synchronized (system.lock()) {
                return PseudoFileSystem.size(path, system.find(path));
            }
        }
    }

    /** The kernel's log: one record for each read. */
    static final class OfLog extends PseudoChannel {
        private final Node.Records records;
        private long number;

        OfLog(PseudoFileSystem system, Node.Records records) {
            super(system);
            this.records = records;
            this.number = records.oldest();
        }

        @Override
        int readNow(ByteBuffer target) throws IOException {
            if (number < records.oldest()) {
                number = records.oldest();
                throw new IOException("Broken pipe");
            }
            if (number >= records.next()) {
                return -1;
            }
            byte[] record = records.get(number).getBytes(StandardCharsets.UTF_8);
            number++;
            if (record.length > target.remaining()) {
                throw new IOException("Invalid argument");
            }
            target.put(record);
            return record.length;
        }

        @Override
        void writeNow(byte[] bytes) {
            throw new NonWritableChannelException();
        }

        @Override
        public long position() {
            return 0;
        }

        /** Goes to the oldest record, as the kernel does for its one seek that Java can ask for. */
        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            if (newPosition != 0) {
                throw new IOException("Illegal seek");
            }
            number = records.oldest();
            return this;
        }

        @Override
        public long size() {
            return 0;
        }
    }
}
