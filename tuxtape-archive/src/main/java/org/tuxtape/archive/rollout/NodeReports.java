package org.tuxtape.archive.rollout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tuxtape.core.Context;

/**
 * What a place holds of reports: the latest of each node, and what could not be read.
 *
 * @param reports one of each node, by the ids of the nodes
 * @param unreadable the files that are no reports, by their names; the first 1,000 of them
 * @param unreadableCount how many files are no reports
 * @since 0.1
 */
public record NodeReports(List<NodeReport> reports, List<Unreadable> unreadable, int unreadableCount) {
    /** How many files a directory may hold, and of how many nodes. */
    public static final int MOST_FILES = 1_000_000;

    /** Copies the lists. */
    public NodeReports {
        reports = List.copyOf(reports);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A file that is no report. The node that should have written it has not reported.
     *
     * @param file its name, without control characters
     * @param reason one sentence
     */
    public record Unreadable(String file, String reason) {}

    /**
     * Reads the reports of a directory, as {@link ReportSink#directory} writes it, or as a spool in which a receiver
     * puts every report that it got. Files whose names begin with {@code .} or do not end with {@link
     * NodeReport#SUFFIX} are passed over, and so are directories. Which file a report is in does not matter: the node
     * is the one that the report names. Links are not followed, and nothing is read from what is no regular file.
     *
     * @param directory the directory
     * @param context cancellation, and the clock by which a report is from the future, see {@link Promoter}
     * @return the latest report of each node; a file that is deleted meanwhile is passed over
     * @throws ReportException if the directory cannot be read, or holds more than {@link #MOST_FILES} files
     * @throws org.tuxtape.core.CancelledException if the caller wanted to stop
     */
    public static NodeReports read(Path directory, Context context) {
        try {
            return new ReportReader(context).read(directory);
        } catch (IOException e) {
            throw ReportDirectory.failed(directory, e);
        }
    }
}
