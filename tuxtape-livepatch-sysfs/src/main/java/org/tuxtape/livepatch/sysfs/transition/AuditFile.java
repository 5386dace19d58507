package org.tuxtape.livepatch.sysfs.transition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.tuxtape.core.text.Stanza;

/** An append-only file of stanzas. Each entry is one write, so that those of several processes do not mix. */
public final class AuditFile implements AuditLog {
    private static final Set<OpenOption> APPENDING = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    /**
     * Creates the log.
     *
     * @param file the file
     */
    public AuditFile(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public synchronized void append(Stanza entry) throws IOException {
        // An empty line first: an entry that was torn by a crash ends there, and spoils no other.
        ByteBuffer text = ByteBuffer.wrap(("\n\n" + entry + "\n").getBytes(StandardCharsets.UTF_8));
        boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        // A pipe would be waited for, and a link would lead the entry elsewhere.
        if (!isNew && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no regular file.");
        }
        try (FileChannel channel = FileChannel.open(file, APPENDING, OWNER_ONLY)) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        if (isNew) {
            try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        }
    }
}
