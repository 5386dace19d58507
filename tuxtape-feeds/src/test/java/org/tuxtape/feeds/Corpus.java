package org.tuxtape.feeds;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data, which is no part of the project; the system property {@code tuxtape.corpus} says where it is. */
final class Corpus {
    private Corpus() {}

    /** A file of it; where it is missing the test is skipped, and says why. */
    static Path file(String name) {
        Path corpus = corpus();
        Path file = corpus.resolve(name);
        assumeThat(file)
                .as("skipped: " + name + " is not at " + corpus + "; set the system property tuxtape.corpus")
                .exists();
        return file;
    }

    /** Tests run in the folder of the module or in that of the checkout. */
    private static Path corpus() {
        String property = System.getProperty("tuxtape.corpus");
        if (property != null) {
            return Path.of(property);
        }
        Path fromModule = Path.of("../../shared/corpus");
        return Files.isDirectory(fromModule) ? fromModule : Path.of("../shared/corpus");
    }
}
