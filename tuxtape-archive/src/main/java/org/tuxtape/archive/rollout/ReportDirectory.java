package org.tuxtape.archive.rollout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.tuxtape.archive.rollout.ReportException.Fault;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;

/** A directory with a file for each node. */
final class ReportDirectory implements ReportSink {
    private final Path directory;

    ReportDirectory(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    @Override
    public void send(NodeReport report, Context context) {
        context.cancellation().throwIfCancelled();
        String name = NodeReport.fileName(report.node().id());
        // Under another name, so that a reader never sees half of it; its own, so that two writers do not share one.
        Path unfinished = directory.resolve("." + name + "." + UUID.randomUUID());
        try {
            try {
                Disk.REAL.write(
                        unfinished, new ByteArrayInputStream(report.toText().getBytes(StandardCharsets.UTF_8)));
                Disk.REAL.rename(unfinished, directory.resolve(name));
                Disk.REAL.sync(directory);
            } finally {
                Disk.REAL.delete(unfinished);
            }
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    static ReportException failed(Path directory, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new ReportException(
                    Fault.MISSING, directory.toString(), "There is no directory " + directory + " for reports.", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new ReportException(
                    Fault.NOT_PERMITTED, directory.toString(), "Access to " + directory + " was denied.", cause);
        }
        return new ReportException(Fault.IO, directory.toString(), directory + " failed: " + cause.getMessage(), cause);
    }
}
