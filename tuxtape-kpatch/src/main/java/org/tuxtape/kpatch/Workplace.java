package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * The files of one build, in a directory of its own that is removed with all that a tool leaves in it. Its path gets into
 * the module's debug information, and so into its build id: the same build has the same one.
 */
record Workplace(Path directory) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
    private static final int DIGITS = 16;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** What a build of this key has left that died in this tree is removed: only one at a time has the tree. */
    static Workplace in(Path scratch, LivepatchName name, Path tree, BuildKey key) throws IOException {
        String which = Digests.of((tree.toAbsolutePath() + "\n" + key).getBytes(StandardCharsets.UTF_8));
        Path place = scratch.toAbsolutePath().resolve("build-" + name + "-" + which.substring(0, DIGITS));
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(place, new Remover());
        }
        Workplace workplace = new Workplace(Files.createDirectory(place, OWNER_ONLY));
        Files.createDirectory(workplace.patches());
        Files.createDirectory(workplace.output());
        Files.createDirectory(workplace.cache());
        return workplace;
    }

    Path patches() {
        return directory.resolve("patches");
    }

    /** Where the tool leaves the module. */
    Path output() {
        return directory.resolve("output");
    }

    Path module(LivepatchName name) {
        return output().resolve(name + ".ko");
    }

    /** What the tool may use as it likes. */
    Path cache() {
        return directory.resolve("cache");
    }

    /** Where a copy of the tool may lie. */
    Path tool() {
        return directory.resolve("tool");
    }

    /** Where a header may lie that goes before all others. */
    Path flags() {
        return directory.resolve("flags");
    }

    Path log() {
        return directory.resolve("build.log");
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(directory, new Remover());
        } catch (IOException e) {
            LOG.warn("{} could not be removed", directory, e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
