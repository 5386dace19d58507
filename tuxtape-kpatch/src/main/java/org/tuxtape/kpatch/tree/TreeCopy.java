package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tuxtape.core.Context;

/**
 * Copies a tree with its times, so that make finds everything made.
 *
 * <p>Sources are hard links where the file system cannot share blocks: patch(1) and sed(1) put a new file in the place of
 * an old one, as putting back does. Whatever is made is copied, since ar, objcopy, cp and the shell write into the file
 * that is there, and touch changes its time, which would change the origin.
 */
final class TreeCopy {
    private static final Set<String> SHARED =
            Set.of("c", "h", "S", "rst", "txt", "dts", "dtsi", "yaml", "json", "svg", "rs", "sh", "py");
    /** What is made there is made by other rules, which leave no {@code .cmd} of their own. */
    private static final Set<String> COPIED = Set.of("scripts", "tools");

    private static final Set<String> GENERATED = Set.of("generated", "config");

    private final Path origin;
    private final Path target;
    private final Context context;

    TreeCopy(Path origin, Path target, Context context) {
        this.origin = origin;
        this.target = target;
        this.context = context;
    }

    /** Whether a file of a tree can be a link to that of another tree. */
    static boolean isShared(Path root, Path file) {
        Path path = root.relativize(file);
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        boolean isSource = SHARED.contains(suffix) || name.startsWith("Kconfig") || name.startsWith("Makefile");
        if (!isSource
                || name.startsWith(".")
                || name.toLowerCase(Locale.ROOT).endsWith(".mod.c")
                || path.getNameCount() == 1
                || COPIED.contains(path.getName(0).toString())) {
            return false;
        }
        for (Path part : path) {
            if (GENERATED.contains(part.toString())) {
                return false;
            }
        }
        return !Files.exists(file.resolveSibling("." + name + ".cmd"), LinkOption.NOFOLLOW_LINKS);
    }

    /** Copies file by file. */
    void byLinks() throws IOException {
        Files.walkFileTree(origin, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                context.cancellation().throwIfCancelled();
                if (directory.equals(origin.resolve(StateDirectory.NAME))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(directory, at(directory), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && isShared(origin, file)) {
                    Files.createLink(at(file), file);
                } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                    Files.copy(file, at(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.isRegularFile()) {
                        // JDK 17 copies times to the microsecond only, and make compares nanoseconds.
                        Files.setLastModifiedTime(at(file), attributes.lastModifiedTime());
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path at(Path path) {
        return target.resolve(origin.relativize(path));
    }

    /**
     * Lets the commands that make compares name the new place: those of objtool have absolute paths, and objtool made
     * anew makes every object anew.
     *
     * @param place where the copy will be in the end
     */
    void rename(Path place) throws IOException {
        Files.walkFileTree(target, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                boolean isRecord = name.startsWith(".") && (name.endsWith(".cmd") || name.endsWith(".d"));
                if (isRecord && attributes.isRegularFile()) {
                    rename(file, attributes.lastModifiedTime(), place);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void rename(Path file, FileTime time, Path place) throws IOException {
        // Each byte is a character and comes back as the same byte.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String old = bytes(origin) + "/";
        if (text.contains(old)) {
            Files.writeString(file, text.replace(old, bytes(place) + "/"), StandardCharsets.ISO_8859_1);
            Files.setLastModifiedTime(file, time);
        }
    }

    private static String bytes(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Counts the bytes that a copy by links takes. */
    static long ownBytes(Path root) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isShared(root, file)) {
                    bytes[0] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    static List<String> reflinkCommand(Path from, Path to) {
        return List.of("cp", "-a", "--reflink=always", "--", from.toString(), to.toString());
    }
}
