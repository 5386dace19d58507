package org.tuxtape.kpatch.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes of this machine, as far as this user may see them. Processes come and go while it is read: what cannot
 * be read is not there.
 */
final class ProcessTable {
    private static final int LONGEST_STAT = 4096;
    /** The kernel allows a quarter of the stack for arguments and environment: usually 2 MiB. */
    private static final int LONGEST_ENVIRONMENT = 1 << 23;

    private final Path root;

    /** Reads a file system like {@code /proc}. */
    ProcessTable(Path root) {
        this.root = root;
    }

    /** Those that are alive, without this JVM. */
    List<OsProcess> processes() {
        long self = ProcessHandle.current().pid();
        List<OsProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[1-9]*")) {
            for (Path entry : entries) {
                stat(entry).filter(process -> process.pid() != self).ifPresent(found::add);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    /** Whether the process is still there, and no other one with its id. */
    boolean isAlive(OsProcess process) {
        return stat(directory(process)).filter(process::is).isPresent();
    }

    /**
     * Its environment, in entries that end with a NUL each. That of a process which just now becomes another program is
     * empty for a moment; those of other users cannot be read.
     */
    Optional<String> environment(OsProcess process) {
        return read(directory(process).resolve("environ"), LONGEST_ENVIRONMENT);
    }

    private Path directory(OsProcess process) {
        return root.resolve(Long.toString(process.pid()));
    }

    private static Optional<OsProcess> stat(Path directory) {
        return read(directory.resolve("stat"), LONGEST_STAT).flatMap(OsProcess::parse);
    }

    private static Optional<String> read(Path file, int longest) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(longest), StandardCharsets.ISO_8859_1));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }
}
