package org.tuxtape.testkit.internal.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A file system as the kernel's own are: nothing is created, renamed or removed in it, files are read and written, and all
 * of them may vanish at any moment. It has what it takes to read {@code /sys}, {@code /proc} and {@code /dev}; links,
 * owners, permissions and watches are not among it. Safe for use by several threads.
 */
public final class PseudoFileSystem extends FileSystem {
    private static final long PAGE = 4096;

    private final PseudoProvider provider = new PseudoProvider(this);
    private final Object lock;
    private final Supplier<Node.Directory> root;
    private final Set<List<String>> doomed = new HashSet<>();
    private final Set<List<String>> vanished = new HashSet<>();

    /**
     * Creates the file system.
     *
     * @param lock held while anything is looked at or done
     * @param root returns the root as it is now
     */
    public PseudoFileSystem(Object lock, Supplier<Node.Directory> root) {
        this.lock = lock;
        this.root = root;
    }

    /**
     * Makes a file vanish between being opened and being read, the next time that somebody does so.
     *
     * @param path the file
     */
    public void vanishWhileRead(Path path) {
        synchronized (lock) {
            doomed.add(names(path));
        }
    }

    Object lock() {
        return lock;
    }

    static List<String> names(Path path) {
        return ((PseudoPath) path.toAbsolutePath()).fromRoot();
    }

    private static boolean isBelow(String root, Path path) {
        List<String> names = names(path);
        return !names.isEmpty() && names.get(0).equals(root);
    }

    /** Returns the size that is shown: a page in sysfs, none in proc. */
    static long size(Path path, Node node) {
        if (isBelow("sys", path)) {
            return PAGE;
        }
        return isBelow("proc", path) || !(node instanceof Node.Attribute file)
                ? 0
                : file.reading().get().length;
    }

    /** Finds what a path leads to now. */
    Node find(Path path) throws IOException {
        synchronized (lock) {
            List<String> names = names(path);
            Node node = root.get();
            for (int i = 0; i < names.size(); i++) {
                if (!(node instanceof Node.Directory directory)) {
                    throw new FileSystemException(path.toString(), null, "Not a directory");
                }
                Node next = directory.entries().get().get(names.get(i));
                if (next == null || vanished.contains(names.subList(0, i + 1))) {
                    throw new NoSuchFileException(path.toString());
                }
                node = next;
            }
            return node;
        }
    }

    /** Finds the file again that was opened before. */
    Node findAgain(Path path) throws IOException {
        synchronized (lock) {
            if (doomed.remove(names(path))) {
                vanished.add(names(path));
            }
            try {
                return find(path);
            } catch (IOException e) {
                throw new IOException(isBelow("proc", path) ? "No such process" : "No such device", e);
            }
        }
    }

    /** Lists a directory, in no order that anybody should rely on. */
    List<String> list(Path path, Node.Directory directory) {
        synchronized (lock) {
            Map<String, Node> entries = new TreeMap<>(directory.entries().get());
            List<String> way = names(path);
            vanished.stream()
                    .filter(gone -> gone.size() == way.size() + 1
                            && gone.subList(0, way.size()).equals(way))
                    .forEach(gone -> entries.remove(gone.get(way.size())));
            return List.copyOf(entries.keySet());
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("A kernel is not closed.");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String name : more) {
            if (!name.isEmpty()) {
                text.append(text.length() == 0 ? "" : "/").append(name);
            }
        }
        return PseudoPath.parse(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
