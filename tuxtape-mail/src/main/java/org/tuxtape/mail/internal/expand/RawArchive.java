package org.tuxtape.mail.internal.expand;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The bytes of an archive as they are stored: a file that can be read at any place, or a stream that comes once. */
public final class RawArchive implements Closeable {
    private final InputStream stream;
    private final @Nullable SeekableByteChannel channel;
    private final OptionalLong size;
    private final @Nullable Path file;

    private RawArchive(
            InputStream stream, @Nullable SeekableByteChannel channel, OptionalLong size, @Nullable Path file) {
        this.stream = stream;
        this.channel = channel;
        this.size = size;
        this.file = file;
    }

    /** Opens the bytes of one archive. */
    @FunctionalInterface
    public interface Opener {
        RawArchive open() throws IOException;
    }

    public static RawArchive ofFile(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new DirectoryException(path.toString());
        }
        if (!attributes.isRegularFile()) {
            return ofStream(Files.newInputStream(path)); // a pipe has no size and no places
        }
        SeekableByteChannel channel = Files.newByteChannel(path);
        return new RawArchive(Channels.newInputStream(channel), channel, OptionalLong.of(channel.size()), path);
    }

    static RawArchive ofChannel(SeekableByteChannel channel) throws IOException {
        return new RawArchive(Channels.newInputStream(channel), channel, OptionalLong.of(channel.size()), null);
    }

    public static RawArchive ofStream(InputStream stream) {
        return new RawArchive(stream, null, OptionalLong.empty(), null);
    }

    InputStream stream() {
        return stream;
    }

    @Nullable
    SeekableByteChannel channel() {
        return channel;
    }

    OptionalLong size() {
        return size;
    }

    /** When the file was written to last; empty if it is none. */
    Optional<Instant> lastModified() throws IOException {
        return file == null
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(file).toInstant());
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
