package org.tuxtape.testkit.internal.files;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} does to a pseudo file system, with the exceptions that the JDK throws on Linux. */
final class PseudoProvider extends FileSystemProvider {
    static final String SCHEME = "simulated-kernel";
    private static final Set<OpenOption> CREATING = Set.of(StandardOpenOption.CREATE, StandardOpenOption.CREATE_NEW);

    private final PseudoFileSystem system;

    PseudoProvider(PseudoFileSystem system) {
        this.system = system;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("A kernel is built, not opened.");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.getPath(uri.getPath());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        boolean write = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        boolean read = options.contains(StandardOpenOption.READ) || !write;
        synchronized (system.lock()) {
            Node node = toBeOpened(path, write && options.stream().anyMatch(CREATING::contains));
            if (node instanceof Node.Directory) {
                throw new FileSystemException(path.toString(), null, "Is a directory");
            }
            if (node instanceof Node.Log log) {
                if (write) {
                    throw new AccessDeniedException(path.toString());
                }
                if (log.refusal().isPresent()) {
                    throw new FileSystemException(
                            path.toString(), null, log.refusal().get());
                }
                return new PseudoChannel.OfLog(system, log.records());
            }
            Node.Attribute file = (Node.Attribute) node;
            if ((read && !file.readable()) || (write && !file.writable())) {
                throw new AccessDeniedException(path.toString());
            }
            return new PseudoChannel.OfAttribute(system, path, read, write);
        }
    }

    private Node toBeOpened(Path path, boolean creating) throws IOException {
        try {
            return system.find(path);
        } catch (NoSuchFileException e) {
            // Nobody creates files here, and that is what is said to those who try.
            throw creating ? new AccessDeniedException(path.toString()) : e;
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> entries = new ArrayList<>();
        synchronized (system.lock()) {
            if (!(system.find(directory) instanceof Node.Directory found)) {
                throw new NotDirectoryException(directory.toString());
            }
            system.list(directory, found).forEach(name -> entries.add(directory.resolve(name)));
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.stream().filter(this::isWanted).iterator();
            }

            private boolean isWanted(Path entry) {
                try {
                    return filter.accept(entry);
                } catch (IOException e) {
                    throw new DirectoryIteratorException(e);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Node node = system.find(path);
        for (AccessMode mode : modes) {
            if (!allows(node, mode)) {
                throw new AccessDeniedException(path.toString());
            }
        }
    }

    private static boolean allows(Node node, AccessMode mode) {
        if (node instanceof Node.Directory) {
            return mode != AccessMode.WRITE;
        }
        if (node instanceof Node.Attribute file) {
            return mode == AccessMode.READ ? file.readable() : mode == AccessMode.WRITE && file.writable();
        }
        return mode == AccessMode.READ;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("No " + type.getSimpleName() + " here.");
        }
        synchronized (system.lock()) {
            Node node = system.find(path);
            return type.cast(new Attributes(
                    node instanceof Node.Directory, node instanceof Node.Log, PseudoFileSystem.size(path, node)));
        }
    }

    private record Attributes(boolean isDirectory, boolean isOther, long size) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return FileTime.from(Instant.EPOCH);
        }

        @Override
        public FileTime lastAccessTime() {
            return lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return !isDirectory && !isOther;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public @Nullable Object fileKey() {
            return null;
        }
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("Attributes by name are not offered.");
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("No file stores here.");
    }
}
