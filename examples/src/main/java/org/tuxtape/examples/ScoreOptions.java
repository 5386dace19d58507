package org.tuxtape.examples;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Prioritizers.Weights;
import org.tuxtape.feeds.EpssFile;
import org.tuxtape.feeds.Feed;
import org.tuxtape.feeds.KevFile;
import picocli.CommandLine.Option;

/** By what CVEs are ranked. */
public final class ScoreOptions {
    @Option(
            names = "--kev",
            paramLabel = "FILE",
            description = "CISA's list of exploited vulnerabilities, JSON: what it lists rises")
    private Optional<Path> kev = Optional.empty();

    @Option(
            names = "--epss",
            paramLabel = "FILE",
            description = "a day's EPSS scores, CSV or CSV with gzip: what is likely to be exploited rises")
    private Optional<Path> epss = Optional.empty();

    /** Reads the feeds that are named, and returns what ranks for a kernel. */
    public Function<KernelTraits, Prioritizer> prioritizers(Instant now, Console console) {
        List<Prioritizer> boosts = new ArrayList<>();
        kev.map(file -> Prioritizers.exploited(content(KevFile.read(file), console), now))
                .ifPresent(boosts::add);
        epss.map(file -> Prioritizers.epss(content(EpssFile.read(file), console), now))
                .ifPresent(boosts::add);
        return kernel -> boosts.stream().reduce(Prioritizers.standard(Weights.STANDARD, kernel), Prioritizers::boost);
    }

    private static <T> T content(Feed<T> feed, Console console) {
        feed.remarks().forEach(remark -> console.complain(remark.reason() + " " + remark.excerpt()));
        return feed.content();
    }
}
