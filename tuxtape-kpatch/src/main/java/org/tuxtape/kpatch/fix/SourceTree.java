package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.tuxtape.core.diff.FileMode;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.source.SourceDirectory;

/** One side of a comparison: a source tree, whose files have a mode beside their text. */
record SourceTree(Path root, SourceDirectory files) {
    private static final FileMode PLAIN = new FileMode("100644");
    private static final FileMode EXECUTABLE = new FileMode("100755");

    static SourceTree open(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw Files.exists(root)
                    ? new NotDirectoryException(root.toString())
                    : new NoSuchFileException(root.toString());
        }
        return new SourceTree(root, SourceDirectory.of(root));
    }

    /** Reads a file; empty if there is none. */
    Optional<FileVersion> read(SourcePath path) throws IOException {
        if (files.linkOn(path).isPresent()) {
            throw new UnusableCommitException(path + " is behind a symbolic link in " + root);
        }
        Path file = root.resolve(path.text());
        Optional<String> text = files.text(path);
        if (text.isEmpty() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableCommitException(path + " is no regular file in " + root);
        }
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileVersion(mode(file), Optional.empty(), text.get()));
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
}
