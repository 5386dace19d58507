package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;

/** The patches below a directory. Symbolic links in it are not followed, and nothing but regular files is opened. */
final class PatchDirectory {
    private static final int DEEPEST = 32;

    private final PatchIndex index;
    private final Task task;

    private PatchDirectory(PatchIndex index, Task task) {
        this.index = index;
        this.task = task;
    }

    static void index(Path directory, PatchIndex index, Task task) throws IOException {
        PatchDirectory patches = new PatchDirectory(index, task);
        List<Path> files = patches.files(directory);
        for (Path file : files.stream().sorted().toList()) {
            patches.add(file);
            task.advance();
        }
    }

    private List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                task.cancellation().throwIfCancelled();
                index.count();
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void add(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            Optional<CommitId> id = PatchText.commit(in.readNBytes(PatchIndex.HEAD));
            id.ifPresent(commit -> index.add(file.toString(), commit, () -> read(file)));
        }
    }

    private byte[] read(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableCommitException("is no longer in a regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            int largest = index.limits().largestPatch();
            byte[] content = in.readNBytes(largest + 1);
            if (content.length > largest) {
                throw index.tooLarge();
            }
            return content;
        }
    }
}
