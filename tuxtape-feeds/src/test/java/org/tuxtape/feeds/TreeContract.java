package org.tuxtape.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Trees;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** One and the same tree, packed in one way. */
abstract class TreeContract extends CveSourceContract {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Packing packing;

    @TempDir
    Path directory;

    private Path tree;

    TreeContract(Packing packing) {
        this.packing = packing;
    }

    @BeforeEach
    void pack() {
        tree = packing.write(directory.resolve("tree"), Trees.small());
    }

    @Override
    protected CveSourceSubject subject() {
        CveSourceSubject subject = CveSourceSubject.of(() -> source(tree))
                .published("CVE-2021-47001")
                .unreadable()
                .published("CVE-2024-26581")
                .rejected("CVE-2025-21630")
                .missingArchive(source(directory.resolve("nowhere")));
        if (Files.isDirectory(OPEN_FILES)) {
            subject.openHandles(this::openFiles);
        } else {
            subject.noOpenHandles("This system does not list the open files of a process.");
        }
        return truncated(subject);
    }

    CveSource source(Path path) {
        return CnaTree.of(path);
    }

    abstract CveSourceSubject truncated(CveSourceSubject subject);

    /** The first bytes of the tree; a negative length counts from its end. */
    Path start(int length) {
        try {
            byte[] bytes = Files.readAllBytes(tree);
            return Files.write(
                    directory.resolve("start"), Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long openFiles() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).startsWith(directory.toRealPath());
                        } catch (IOException e) {
                            return false; // the descriptor of this very listing
                        }
                    })
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
