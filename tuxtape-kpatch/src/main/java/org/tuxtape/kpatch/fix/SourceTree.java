package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.tuxtape.core.diff.FileMode;
import org.tuxtape.core.kernel.SourcePath;

/** The files of a source tree. No link is followed out of it, or at all. */
final class SourceTree {
    private static final int LARGEST_FILE = 64 << 20;
    private static final FileMode PLAIN = new FileMode("100644");
    private static final FileMode EXECUTABLE = new FileMode("100755");

    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    static SourceTree open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new NotDirectoryException(directory.toString())
                    : new NoSuchFileException(directory.toString());
        }
        return new SourceTree(directory.toRealPath());
    }

    /** Reads a file; empty if there is none. */
    Optional<FileVersion> read(SourcePath path) throws IOException {
        Path file = root;
        for (String part : path.text().split("/")) {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            file = file.resolve(part);
            if (Files.isSymbolicLink(file)) {
                throw new UnusableCommitException(path + " is behind a symbolic link in " + root);
            }
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableCommitException(path + " is no regular file in " + root);
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            // Whoever put a link in its way meanwhile is found out here, before anything is handed on.
            if (!file.toRealPath().equals(file)) {
                throw new UnusableCommitException(path + " leads out of " + root);
            }
            content = in.readNBytes(LARGEST_FILE + 1);
        }
        if (content.length > LARGEST_FILE) {
            throw new UnusableCommitException(path + " has more than " + LARGEST_FILE + " bytes in " + root);
        }
        return Optional.of(new FileVersion(mode(file), Optional.empty(), content));
    }

    private static FileMode mode(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                            .contains(PosixFilePermission.OWNER_EXECUTE)
                    ? EXECUTABLE
                    : PLAIN;
        } catch (UnsupportedOperationException e) {
            return PLAIN; // a file system without permissions
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
