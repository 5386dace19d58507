package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.livepatch.LivepatchName;

/** The files of one build, in a directory of its own that is removed with all that a tool leaves in it. */
record Workplace(Path directory) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    static Workplace in(Path scratch, LivepatchName name) throws IOException {
        Workplace workplace = new Workplace(Files.createTempDirectory(scratch.toAbsolutePath(), "build-" + name + "-"));
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
