package org.tuxtape.feeds.internal.tree;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.cve.CveId;

/**
 * The path of one file of a CVE inside a tree, with {@code /} between its parts.
 *
 * @param stem the path without its ending: what the files of one CVE have in common
 * @param id the CVE that the file is named for
 * @param ending what kind of file it is, with the dot
 */
record RecordPath(String stem, CveId id, String ending) {
    static final String JSON = ".json";
    static final String DYAD = ".dyad";
    static final String CVSS = ".cvss";

    /** By CVE, and so by age; two records of one CVE by their place. */
    static final Comparator<RecordPath> ORDER =
            Comparator.comparing(RecordPath::id).thenComparing(RecordPath::stem);

    private static final String REJECTED = "rejected";

    /** What lies there is not published yet, or never will be. */
    private static final Set<String> NOT_YET = Set.of("reserved", "returned", "review", "testing");

    /** Takes the path of a record, its pairs or its rating; everything else, also what is not published yet, is none. */
    static Optional<RecordPath> tryParse(String path) {
        if (!path.endsWith(JSON) && !path.endsWith(DYAD) && !path.endsWith(CVSS)) {
            return Optional.empty();
        }
        int dot = path.lastIndexOf('.');
        String stem = path.substring(0, dot);
        return CveId.tryParse(name(stem))
                .map(id -> new RecordPath(stem, id, path.substring(dot)))
                .filter(file -> !NOT_YET.contains(file.parent(1)) && !NOT_YET.contains(file.parent(2)));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isJson() {
        return ending.equals(JSON);
    }

    /** Records lie in directories by year, below one by state. */
    boolean isRejected() {
        return parent(1).equals(REJECTED) || parent(2).equals(REJECTED);
    }

    /** The name of the directory so many levels up; empty if there is none. */
    private String parent(int levels) {
        String path = stem;
        for (int i = 0; i < levels; i++) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        return name(path);
    }

    RecordPath withEnding(String other) {
        return new RecordPath(stem, id, other);
    }

    /** The path in the tree. */
    String text() {
        return stem + ending;
    }
}
