package org.tuxtape.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.archive.internal.tuf.RoleMetadata;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;

/**
 * What a client keeps: the metadata that it trusts, when it accepted that, and small published files by their digests.
 *
 * @param directory where
 * @param disk how it is written
 */
record ClientState(Path directory, Disk disk) {
    private static final Logger LOG = LoggerFactory.getLogger(ClientState.class);

    /** The order in which they are written: what links to others comes after them. */
    private static final List<Role> BELOW_ROOT = List.of(Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP);

    private ArchiveTree tree() {
        return new ArchiveTree(directory, disk);
    }

    /** Does some work while nobody else changes what is kept. */
    <T> T holding(Context context, Supplier<T> work) {
        return ArchiveLock.holding(directory, disk, context, work);
    }

    /**
     * What is trusted: a root, which is the later one of that which is kept and that which the caller trusts, and of the
     * rest what that root still stands for. What is damaged here is as if it had never been fetched.
     */
    Map<Role, byte[]> trusted(RootMetadata callers) {
        RootMetadata root = root(callers);
        Map<Role, byte[]> files = new EnumMap<>(Role.class);
        files.put(Role.ROOT, root.toBytes());
        for (Role role : BELOW_ROOT) {
            tree().read(file(role))
                    .filter(bytes -> counts(role, bytes, root))
                    .ifPresent(bytes -> files.put(role, bytes));
        }
        return files;
    }

    private static boolean counts(Role role, byte[] bytes, RootMetadata root) {
        try {
            return RoleMetadata.verified(role, bytes, root).version() > 0;
        } catch (ArchiveException e) {
            return false;
        }
    }

    private RootMetadata root(RootMetadata callers) {
        RootMetadata kept = tree().read(file(Role.ROOT)).map(this::parse).orElse(callers);
        if (kept.version() == callers.version() && !Arrays.equals(kept.message(), callers.message())) {
            throw ArchiveTree.damaged(directory, "it belongs to another archive, whose root is another one");
        }
        return kept.version() < callers.version() ? callers : kept;
    }

    private RootMetadata parse(byte[] bytes) {
        try {
            return RootMetadata.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw ArchiveTree.damaged(file(Role.ROOT), String.valueOf(e.getMessage()));
        }
    }

    /** Keeps what is new. A process that dies in between leaves metadata that does not go together, and is fetched anew. */
    void keep(Map<Role, byte[]> files) {
        keep(Role.ROOT, files);
        BELOW_ROOT.forEach(role -> keep(role, files));
    }

    private void keep(Role role, Map<Role, byte[]> files) {
        byte[] bytes = files.get(role);
        byte[] kept = tree().read(file(role)).orElse(null);
        if (bytes == null && kept != null) {
            tree().forget(file(role));
        } else if (bytes != null && !Arrays.equals(bytes, kept)) {
            tree().write(file(role), bytes);
        }
    }

    private Path file(Role role) {
        return directory.resolve(role.text() + ".json");
    }

    /** When a view was accepted last; that this cannot be read is as if none had been. */
    Optional<Instant> accepted() {
        try {
            return tree().read(directory.resolve("accepted"))
                    .map(bytes -> Instant.parse(new String(bytes, StandardCharsets.US_ASCII).strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Remembers when a view was accepted. That it cannot is no reason to do without the view. */
    void accept(Instant at) {
        if (accepted().map(at::isAfter).orElse(true)) {
            try {
                tree().write(directory.resolve("accepted"), (at + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (ArchiveException e) {
                LOG.warn("A clock that is set back would go unnoticed", e);
            }
        }
    }

    /** A published file that is kept. */
    Optional<byte[]> target(SignedFile file) {
        return tree().read(targets().resolve(file.sha256())).filter(file::describes);
    }

    void keepTarget(SignedFile file, byte[] content, Context context) {
        holding(context, () -> {
            tree().write(targets().resolve(file.sha256()), content);
            return content;
        });
    }

    /** Deletes what is published no longer. */
    void keepOnly(Collection<SignedFile> published) {
        Set<String> names = new HashSet<>();
        published.forEach(file -> names.add(file.sha256()));
        if (!Files.isDirectory(targets())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(targets())) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    tree().forget(file);
                }
            }
        } catch (IOException e) {
            // They stay.
        }
    }

    private Path targets() {
        return directory.resolve("targets");
    }
}
