package org.tuxtape.profile.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The source that a kernel was built from, as it was found when the tree was read.
 *
 * @param directory where it lies; empty if it cannot be reached, is another kernel's, or lay in an archive
 * @param files the paths in it; empty if they are not known
 * @param makefile the text of the top Makefile; empty if the source cannot be read
 * @param whyNot why they are not, one sentence; empty if they are
 */
public record SourceFiles(Optional<Path> directory, NameSet files, Optional<String> makefile, String whyNot) {
    /** Returns that there is no list of the files, for a reason. */
    static SourceFiles unknown(String whyNot) {
        return new SourceFiles(Optional.empty(), NameSet.of(List.of()), Optional.empty(), whyNot);
    }

    /** Tells whether it is known which files there are. */
    boolean isKnown() {
        return !files.isEmpty();
    }
}
