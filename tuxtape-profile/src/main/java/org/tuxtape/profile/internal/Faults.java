package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Words the faults of a tree: one sentence that names the path. */
final class Faults {
    private Faults() {}

    static ProfileException of(Path path, Fault fault, String whatIsWrong) {
        return new ProfileException(path.toString(), fault, path + " " + whatIsWrong + ".");
    }

    static ProfileException of(Path path, IOException cause) {
        return new ProfileException(path.toString(), fault(cause), problem(path, cause) + ".", cause);
    }

    static ProfileException notWritten(Path path, IOException cause) {
        String why = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(cause.getMessage());
        return new ProfileException(path.toString(), fault(cause), path + " cannot be written: " + why + ".", cause);
    }

    /** Words a fault without the full stop. */
    static String problem(Path path, IOException cause) {
        return switch (fault(cause)) {
            case MISSING -> path + " does not exist";
            case NOT_PERMITTED -> path + " may not be read";
            case WRONG_KIND -> path + " is no directory";
            default -> path + " cannot be read: " + cause;
        };
    }

    private static Fault fault(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return Fault.MISSING;
        }
        if (cause instanceof AccessDeniedException) {
            return Fault.NOT_PERMITTED;
        }
        return cause instanceof NotDirectoryException ? Fault.WRONG_KIND : Fault.IO;
    }
}
