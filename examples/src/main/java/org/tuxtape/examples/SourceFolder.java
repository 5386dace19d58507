package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourceTree;
import org.tuxtape.kpatch.source.SourceDirectory;

/** A kernel's source on disk. It is listed once, when a file is first looked for by its name. */
final class SourceFolder implements SourceTree {
    private final Path root;
    private final SourceDirectory files;
    private @Nullable Map<String, SortedSet<SourcePath>> names;

    private SourceFolder(Path root) {
        this.root = root;
        this.files = SourceDirectory.of(root);
    }

    static SourceFolder of(Path root) {
        if (!Files.isRegularFile(root.resolve("Makefile"))) {
            throw new Unusable("There is no source of a kernel in " + root + ".");
        }
        return new SourceFolder(root);
    }

    @Override
    public Optional<String> text(SourcePath path) {
        return files.text(path);
    }

    @Override
    public synchronized SortedSet<SourcePath> named(String name) {
        Map<String, SortedSet<SourcePath>> known = names;
        if (known == null) {
            known = list();
            names = known;
        }
        return known.getOrDefault(name, Collections.emptySortedSet());
    }

    private Map<String, SortedSet<SourcePath>> list() {
        Map<String, SortedSet<SourcePath>> found = new HashMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        SourcePath.tryParse(root.relativize(file).toString())
                                .ifPresent(path -> found.computeIfAbsent(path.name(), name -> new TreeSet<>())
                                        .add(path));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException fault) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Unusable("The files in " + root + " cannot be listed: " + Unusable.reason(e) + ".", e);
        }
        return found;
    }
}
