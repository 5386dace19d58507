package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/**
 * The directory in a tree that holds its lock, its journal and the copies. {@code make clean} and {@code make mrproper}
 * go through it, so no name in it has the form of a product.
 */
final class StateDirectory {
    static final String NAME = ".tuxtape";

    private StateDirectory() {}

    /** Makes sure that it is there. */
    static Path of(Path root) {
        return require(root.resolve(NAME));
    }

    /** Makes sure that a directory is there, and a real one: a tree from elsewhere could bring a link to anywhere. */
    static Path require(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new TreeException(Fault.OUTSIDE, directory, directory + " is no directory.");
            }
        } catch (IOException e) {
            throw TreeException.of(directory, "written", e);
        }
        return directory;
    }
}
