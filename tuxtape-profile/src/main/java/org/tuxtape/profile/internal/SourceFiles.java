package org.tuxtape.profile.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The source that a kernel was built from, as it was found when the tree was read.
 *
 * @param directory where it lies; empty if it cannot be reached or is another kernel's
 * @param files the paths in it; empty with the directory
 * @param whyNot why there is no directory, one sentence; empty with one
 */
record SourceFiles(Optional<Path> directory, NameSet files, String whyNot) {
    /** Returns the top Makefile, if the source can be reached. */
    Optional<String> makefile() {
        return directory.flatMap(source -> new TreeFiles(source).text("Makefile"));
    }

    boolean isKnown() {
        return directory.isPresent();
    }
}
