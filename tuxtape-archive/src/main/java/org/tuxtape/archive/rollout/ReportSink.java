package org.tuxtape.archive.rollout;

import java.net.URI;
import java.nio.file.Path;
import org.tuxtape.core.Context;

/**
 * Where a node sends its reports. Implementations are safe for use by several threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReportSink {

    /**
     * Sends a report. The latest of a node is the one that counts; whether earlier ones are kept is the sink's matter.
     *
     * @param report the report
     * @param context cancellation
     * @throws ReportException if it was not taken, or nobody can tell
     * @throws org.tuxtape.core.CancelledException if the caller wanted to stop
     */
    void send(NodeReport report, Context context);

    /**
     * Returns a sink that keeps one file for each node, {@link NodeReport#fileName}, in a directory that is there:
     * local, or a shared file system. A file is replaced at once and whole. A process that is killed in between may
     * leave a file behind whose name begins with {@code .}, which readers pass over.
     *
     * @param directory the directory
     * @return the sink
     */
    static ReportSink directory(Path directory) {
        return new ReportDirectory(directory);
    }

    /**
     * Returns a sink that sends each report to a web server with a request of its own.
     *
     * @param endpoint an {@code http} or {@code https} address. If it ends with {@code /}, the report is {@code PUT} to
     *     a name below it, {@link NodeReport#fileName}, so that a server that stores files (WebDAV) keeps a directory
     *     of reports; otherwise it is {@code POST}ed to that very address
     * @return the sink, without credentials and with a limit of 30 seconds for each report
     * @throws IllegalArgumentException if the address is of another scheme, or has no host, a user, a query or a
     *     fragment
     */
    static HttpReportSink http(URI endpoint) {
        return HttpReportSink.of(endpoint);
    }
}
