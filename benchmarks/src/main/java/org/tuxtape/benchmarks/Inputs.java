package org.tuxtape.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The real data that is measured, found by properties so that no path stands in the code. */
final class Inputs {
    private Inputs() {}

    /** An archive of the corpus, as it is kept: compressed with xz. */
    static Path archive() {
        return file("linux-cve-announce-2024.mbox.xz");
    }

    /** A file of the corpus. */
    static Path file(String name) {
        Path corpus = Path.of(System.getProperty("tuxtape.corpus", "../shared/corpus"));
        Path archive = corpus.resolve(name);
        if (!Files.isReadable(archive)) {
            throw new IllegalStateException("There is no " + archive + "; name the corpus with -Dtuxtape.corpus=DIR.");
        }
        return archive;
    }

    /** The same archive as a plain mbox, made once. */
    static Path plainArchive() {
        try {
            Path plain = Path.of(System.getProperty("java.io.tmpdir"), "tuxtape-benchmark.mbox");
            Path part = Files.createTempFile("tuxtape-benchmark", ".part");
            try (InputStream in = new XZInputStream(Files.newInputStream(archive()))) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.move(part, plain, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A finished tree of the lab, if there is one. */
    static Optional<Path> buildTree() {
        String home = System.getProperty("user.home");
        Path lab = Path.of(System.getProperty("tuxtape.lab", home + "/.cache/tuxtape-lab"));
        if (!Files.isDirectory(lab)) {
            return Optional.empty();
        }
        try (Stream<Path> trees = Files.list(lab)) {
            return trees.filter(tree -> Files.isRegularFile(tree.resolve(".tuxtape-lab")))
                    .filter(tree -> !Files.isSymbolicLink(tree))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
