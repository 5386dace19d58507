package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Products that were being made when make was killed, which the next make would take for made. Kbuild writes
 * {@code .X.cmd} after it has made X, so an X that is newer than that was not finished, and a {@code .X.cmd} without its
 * end was not either.
 */
final class UnfinishedProducts {
    private static final Set<String> NOT_BUILT = Set.of(".git", StateDirectory.NAME);
    private static final String PREFIX = ".";
    private static final String SUFFIX = ".cmd";
    private static final int LARGEST = 16 << 20;

    private UnfinishedProducts() {}

    /**
     * Removes them, so that make makes them again.
     *
     * @param since what was written before was finished
     */
    static SortedSet<SourcePath> remove(Path root, FileTime since, Disk disk) throws IOException {
        TreeSet<SourcePath> removed = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_BUILT.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile()
                        && name.startsWith(PREFIX)
                        && name.endsWith(SUFFIX)
                        && name.length() > PREFIX.length() + SUFFIX.length()) {
                    Path product =
                            file.resolveSibling(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
                    FileTime recorded = attributes.lastModifiedTime();
                    boolean isCut = recorded.compareTo(since) >= 0 && isCut(file);
                    if (isCut || isNewer(product, recorded, since)) {
                        disk.delete(product);
                        if (isCut) {
                            disk.delete(file);
                        }
                        SourcePath.tryParse(root.relativize(product).toString()).ifPresent(removed::add);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, @Nullable IOException e) throws IOException {
                if (e == null || e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return removed;
    }

    private static boolean isNewer(Path product, FileTime recorded, FileTime since) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(product, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileTime made = attributes.lastModifiedTime();
            return attributes.isRegularFile() && made.compareTo(recorded) > 0 && made.compareTo(since) >= 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** fixdep ends with the line {@code $(deps_X):} what it began with {@code deps_X :=}. */
    private static boolean isCut(Path command) throws IOException {
        if (Files.size(command) > LARGEST) {
            return false;
        }
        String text = Files.readString(command, StandardCharsets.ISO_8859_1);
        return !text.isEmpty() && (!text.endsWith("\n") || (text.contains("\ndeps_") && !text.contains("\n$(deps_")));
    }
}
