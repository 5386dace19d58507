package org.tuxtape.examples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.feeds.CnaTree;
import picocli.CommandLine.Option;

/** Where CVEs are read from. */
public final class CatalogOptions {
    @Option(
            names = "--archive",
            arity = "1..*",
            paramLabel = "FILE",
            description = "mbox, plain or compressed (gzip, bzip2, xz, zstd); - for standard input")
    private List<String> archives = List.of();

    @Option(
            names = "--records",
            arity = "1..*",
            paramLabel = "TREE",
            description =
                    "the kernel CNA's vulns tree, or records of cve.org's list: a directory, a tar, a zip or a bare"
                            + " git repository; what they say holds over the archives, and of trees without a date the last")
    private List<Path> records = List.of();

    @Option(
            names = "--records-of",
            paramLabel = "DAY",
            description = "the day that trees without dates are of, such as 2026-08-21; without it they give way to"
                    + " records with a date")
    private Optional<LocalDate> day = Optional.empty();

    public boolean isEmpty() {
        return archives.isEmpty() && records.isEmpty();
    }

    public List<CveSource> sources() {
        List<CveSource> sources = new ArrayList<>(Archives.open(archives, System.in));
        records.stream().map(this::tree).forEach(sources::add);
        return sources;
    }

    private CnaTree tree(Path path) {
        CnaTree tree = CnaTree.of(path);
        return day.map(known -> tree.asOf(known.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .orElse(tree);
    }

    /** Finds what is known of a CVE, or says that nothing is. */
    static Optional<CatalogEntry> find(CveId id, CveCatalog catalog, Console console) {
        Optional<CatalogEntry> entry = catalog.find(id);
        if (entry.isEmpty()) {
            console.complain("No readable message or record is about " + id + ".");
        }
        return entry;
    }

    static List<CveSource> sample() {
        return Archives.open(List.of(Sample.archive().toString()), System.in);
    }
}
