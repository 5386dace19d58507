package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

/** Who may put a module where it is loaded from: nobody but root and the user of this process. */
final class Ownership {
    private static final Path SELF = Path.of("/proc/self");
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Ownership() {}

    static void require(Path directory) {
        try {
            if (!Files.exists(directory)) {
                return;
            }
            if (!Collections.disjoint(Files.getPosixFilePermissions(directory), OTHERS)) {
                throw new StoreException(
                        Fault.NOT_SAFE, directory, directory + " may be written by others than its owner.");
            }
            if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                int owner = user(directory);
                if (owner != 0 && owner != user(SELF)) {
                    throw new StoreException(
                            Fault.NOT_SAFE, directory, directory + " belongs to the user " + owner + ".");
                }
            }
        } catch (IOException e) {
            throw PatchFiles.failed(directory, "read", e);
        }
    }

    private static int user(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}
