package org.tuxtape.archive.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Objects;
import java.util.TreeMap;
import org.tuxtape.archive.rollout.NodeReports.Unreadable;
import org.tuxtape.core.Context;

/** Reads the files of a directory of reports, most of which somebody else may have written. */
final class ReportReader {
    private static final int MOST_UNREADABLE = 1000;

    private final Context context;
    private final Latest latest;
    private final TreeMap<String, Unreadable> unreadable = new TreeMap<>();
    private int unreadableCount;

    ReportReader(Context context) {
        this.context = context;
        this.latest = new Latest(context.clock().instant());
    }

    NodeReports read(Path directory) throws IOException {
        if (!Files.isDirectory(directory) && Files.exists(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        int files = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                context.cancellation().throwIfCancelled();
                if (++files > NodeReports.MOST_FILES) {
                    throw new IOException("There are more than " + NodeReports.MOST_FILES + " files.");
                }
                String name = entry.getFileName().toString();
                if (name.endsWith(NodeReport.SUFFIX) && !name.startsWith(".")) {
                    read(entry, Line.of(name, 255));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return new NodeReports(
                latest.reports().stream()
                        .sorted(Comparator.comparing(report -> report.node().id()))
                        .toList(),
                unreadable.values().stream().toList(),
                unreadableCount);
    }

    private void read(Path file, String name) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return;
            }
            // A pipe would never end, and a link may lead to what this process may read and the writer may not.
            if (!attributes.isRegularFile()) {
                refuse(name, "It is no regular file.");
                return;
            }
            latest.add(NodeReport.parse(text(file)));
        } catch (NoSuchFileException e) {
            // Tidied up since the directory was listed.
        } catch (CharacterCodingException e) {
            refuse(name, "It is no text in UTF-8.");
        } catch (IOException e) {
            refuse(name, "It cannot be read: " + Line.of(e.toString(), Line.LONGEST));
        } catch (IllegalArgumentException e) {
            refuse(name, Line.of(Objects.toString(e.getMessage(), "It is no report."), Line.LONGEST));
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(NodeReport.LONGEST_TEXT + 1);
        }
        if (bytes.length > NodeReport.LONGEST_TEXT) {
            throw new IllegalArgumentException("A report is no longer than " + NodeReport.LONGEST_TEXT + " bytes.");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private void refuse(String name, String reason) {
        unreadableCount++;
        unreadable.put(name, new Unreadable(name, reason));
        if (unreadable.size() > MOST_UNREADABLE) {
            unreadable.pollLastEntry();
        }
    }
}
