package org.tuxtape.kpatch.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.source.SourceException.Fault;

/**
 * A source tree on disk. Nothing is read before it is asked for, nothing is kept but the names of all files once one is
 * looked for by its name, and no symbolic link below the root is
 * followed, also where it stays in the tree: a kernel's own links hold no code that is compiled under their name. Whoever
 * may write into the tree can put a link in the way between two looks at a path, so look at trees that only trusted users
 * may write to.
 *
 * @since 0.1
 */
public final class SourceDirectory implements SourceView {
    /** The longest file that is read, in bytes: the longest of a kernel have some 20 MB. */
    public static final int LONGEST = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SourceDirectory.class);

    private final Path root;
    private final int longest;
    private @Nullable Map<String, SortedSet<SourcePath>> names;

    private SourceDirectory(Path root, int longest) {
        this.root = root;
        this.longest = longest;
    }

    /**
     * Returns the tree below a directory.
     *
     * @param root the root of a kernel's source; it may itself be a link
     * @return the tree
     */
    public static SourceDirectory of(Path root) {
        return of(root, LONGEST);
    }

    /**
     * Returns the tree below a directory.
     *
     * @param root the root of a kernel's source; it may itself be a link
     * @param longest the longest file that is read, in bytes
     * @return the tree
     */
    public static SourceDirectory of(Path root, int longest) {
        if (longest < 0) {
            throw new IllegalArgumentException("No file has less than 0 bytes.");
        }
        return new SourceDirectory(Objects.requireNonNull(root, "root"), longest);
    }

    @Override
    public Optional<SourcePath> linkOn(SourcePath path) {
        for (int end = path.text().indexOf('/'); ; end = path.text().indexOf('/', end + 1)) {
            String part = end < 0 ? path.text() : path.text().substring(0, end);
            if (Files.isSymbolicLink(root.resolve(part))) {
                return Optional.of(SourcePath.parse(part));
            }
            if (end < 0) {
                return Optional.empty();
            }
        }
    }

    @Override
    public Optional<String> text(SourcePath path) {
        Path file = root.resolve(path.text());
        if (linkOn(path).isPresent() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(longest);
            if (in.read() >= 0) {
                throw new SourceException(path, Fault.LIMIT_EXCEEDED, path + " has more than " + longest + " bytes.");
            }
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new SourceException(path, Fault.NOT_PERMITTED, path + " may not be read.", e);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
            throw new SourceException(path, Fault.IO, path + " cannot be read: " + reason + ".", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The tree is gone through when a name is first looked for. Links, and directories that may not be listed, are passed
     * over.
     */
    @Override
    public synchronized SortedSet<SourcePath> named(String name) {
        Map<String, SortedSet<SourcePath>> known = names;
        if (known == null) {
            known = list();
            names = known;
        }
        return Collections.unmodifiableSortedSet(known.getOrDefault(name, Collections.emptySortedSet()));
    }

    private Map<String, SortedSet<SourcePath>> list() {
        Map<String, SortedSet<SourcePath>> found = new HashMap<>();
        try {
            Path start = root.toRealPath();
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        SourcePath.tryParse(start.relativize(file).toString())
                                .ifPresent(path -> found.computeIfAbsent(path.name(), name -> new TreeSet<>())
                                        .add(path));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException fault) {
                    LOG.debug("{} is passed over", file, fault);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("There are no files in {}", root, e); // so text finds none either
        }
        return found;
    }
}
