package org.tuxtape.kpatch.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.disk.Digests;

/**
 * SHA-256 of files, of which large ones are read once only: a kernel's image has hundreds of megabytes and is asked for
 * several times a build. As git does with its index, a file whose device, inode, length and times are those of before is
 * taken for the same; the time of its last change of status cannot be set by a program. One that was changed less than
 * {@value #RACY_SECONDS} seconds before it was read is not remembered, since a clock's tick could hide a second change.
 *
 * <p>What is remembered stands in a file {@code digests}. That it cannot be read or written costs time and nothing else.
 */
public final class KnownDigests {
    private static final long LARGE = 4 << 20;
    private static final int RACY_SECONDS = 3;
    private static final int MOST = 32;
    private static final int LARGEST_MEMORY = 1 << 16;

    private final Path memory;

    /**
     * Remembers in a directory.
     *
     * @param directory where; if it is not there, nothing is remembered
     */
    public KnownDigests(Path directory) {
        this.memory = directory.resolve("digests");
    }

    /** The digest of a regular file, or of the one that a link leads to, in lower-case hexadecimal digits. */
    public String sha256(Path file) throws IOException {
        Path real = file.toRealPath();
        Status status = Status.of(real);
        if (status.size() < LARGE) {
            return Digests.of(real);
        }
        Optional<String> known = remembered().stream()
                .filter(line -> line.endsWith(status.text()))
                .map(line -> line.substring(0, line.length() - status.text().length()))
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        Instant begun = Instant.now();
        String digest = Digests.of(real);
        boolean isQuiet = status.changed().plusSeconds(RACY_SECONDS).isBefore(begun);
        if (isQuiet && Status.of(real).equals(status)) {
            remember(digest + status.text());
        }
        return digest;
    }

    /** What tells a file from others, and from what it was before. */
    private record Status(String text, long size, Instant changed) {
        static Status of(Path file) throws IOException {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            FileTime changed = (FileTime) Objects.requireNonNull(Files.getAttribute(file, "unix:ctime"));
            String text = " " + basic.fileKey() + ' ' + basic.size() + ' ' + basic.lastModifiedTime() + ' ' + changed;
            return new Status(text, basic.size(), changed.toInstant());
        }
    }

    private List<String> remembered() {
        try (InputStream in = Files.newInputStream(memory)) {
            String text = new String(in.readNBytes(LARGEST_MEMORY), StandardCharsets.US_ASCII);
            return text.lines().filter(line -> line.matches("[0-9a-f]{64} .*")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void remember(String line) {
        List<String> lines = new ArrayList<>(List.of(line));
        remembered().stream().limit(MOST - 1).forEach(lines::add);
        Path unfinished =
                memory.resolveSibling("digests." + ProcessHandle.current().pid());
        try {
            Files.write(unfinished, lines, StandardCharsets.US_ASCII);
            Files.move(unfinished, memory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It is read again next time.
        }
    }
}
