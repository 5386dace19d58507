package org.tuxtape.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.RoleMetadata;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.DiskFault;
import org.tuxtape.core.livepatch.ModuleFile;

/**
 * The files of an archive on the publisher's disk.
 *
 * @param directory the archive's directory
 * @param disk how it is written
 */
record ArchiveTree(Path directory, Disk disk) {
    /** The most that this library writes or reads of one file. */
    static final int LARGEST = ModuleFile.LARGEST;

    /** The most that a client takes of what is no module. */
    static final int LARGEST_TEXT = 16 << 20;

    private static final String UNFINISHED = ".unfinished";

    Path metadata(String name) {
        return directory.resolve("metadata").resolve(name);
    }

    Path metadata(Role role, int version) {
        return metadata(version + "." + role.text() + ".json");
    }

    Path timestamp() {
        return metadata(Role.TIMESTAMP.text() + ".json");
    }

    Path target(String path, SignedFile file) {
        return directory.resolve("targets").resolve(file.place(path));
    }

    /** The root of a version, if it is there. */
    Optional<RootMetadata> root(int version) {
        Path file = metadata(Role.ROOT, version);
        try {
            Optional<RootMetadata> root = read(file).map(RootMetadata::parse);
            if (root.isPresent() && root.get().version() != version) {
                throw damaged(file, "it has another version");
            }
            return root;
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    /** The newest root. */
    RootMetadata newestRoot() {
        RootMetadata newest = root(1).orElseThrow(() -> new ArchiveException(
                Fault.MISSING, directory.toString(), directory + " is no archive: it has no root."));
        for (Optional<RootMetadata> next = root(2); next.isPresent(); next = root(newest.version() + 1)) {
            newest = next.get();
        }
        return newest;
    }

    /**
     * What is in force, verified under a root.
     *
     * @throws ArchiveException if it is not there, is damaged, or is not signed as the root wants it
     */
    MetadataSet inForce(RootMetadata root) {
        return under(root, present(timestamp()));
    }

    /** What a timestamp leads to. */
    MetadataSet under(RootMetadata root, byte[] timestampFile) {
        Map<Role, byte[]> files = new EnumMap<>(Role.class);
        files.put(Role.TIMESTAMP, timestampFile);
        RoleMetadata timestamp = RoleMetadata.verified(Role.TIMESTAMP, timestampFile, root);
        files.put(Role.SNAPSHOT, linked(timestamp, Role.SNAPSHOT));
        RoleMetadata snapshot =
                RoleMetadata.verified(Role.SNAPSHOT, Objects.requireNonNull(files.get(Role.SNAPSHOT)), root);
        files.put(Role.TARGETS, linked(snapshot, Role.TARGETS));
        return MetadataSet.verified(root, files);
    }

    private byte[] linked(RoleMetadata by, Role to) {
        try {
            return present(metadata(to, by.link(to).version()));
        } catch (IllegalArgumentException e) {
            throw damaged(timestamp(), String.valueOf(e.getMessage()));
        }
    }

    /** A file that has to be there. */
    byte[] present(Path file) {
        return read(file)
                .orElseThrow(() -> new ArchiveException(Fault.DAMAGED, file.toString(), file + " is missing."));
    }

    /** A published file, as it was published. */
    byte[] target(MetadataSet set, String path) {
        SignedFile expected = Objects.requireNonNull(set.files().get(path));
        Path file = target(path, expected);
        byte[] content = present(file);
        if (!expected.describes(content)) {
            throw damaged(file, "it is not what was published");
        }
        return content;
    }

    /** Reads a regular file. */
    Optional<byte[]> read(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw damaged(file, "it is no regular file");
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] content = in.readNBytes(LARGEST + 1);
                if (content.length > LARGEST) {
                    throw damaged(file, "it is larger than " + (LARGEST >> 20) + " MiB");
                }
                return Optional.of(content);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    /** Puts a file in its place, at once and whole; it is on the device when this returns. */
    void write(Path file, byte[] content) {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Path parent = Objects.requireNonNull(file.getParent());
        try {
            disk.createDirectories(parent);
            disk.write(unfinished, new ByteArrayInputStream(content));
            disk.rename(unfinished, file);
            disk.sync(parent);
        } catch (IOException e) {
            forget(unfinished);
            throw failed(file, "written", e);
        }
    }

    /** Writes a published file, unless it is there. */
    SignedFile publish(String path, byte[] content) {
        SignedFile file = SignedFile.of(content);
        Path place = target(path, file);
        boolean isThere = read(place).filter(file::describes).isPresent();
        if (!isThere) {
            write(place, content);
        }
        return file;
    }

    SignedFile publish(String path, String content) {
        return publish(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes what nobody needs any more; that it cannot be deleted costs room and nothing else. */
    void forget(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            // It stays.
        }
    }

    static ArchiveException damaged(Path file, String why) {
        return new ArchiveException(Fault.DAMAGED, file.toString(), file + " is damaged: " + why + ".");
    }

    static ArchiveException failed(Path file, String verb, IOException cause) {
        Fault fault = switch (DiskFault.of(cause)) {
            case MISSING -> Fault.MISSING;
            case NOT_PERMITTED -> Fault.NOT_PERMITTED;
            case FULL -> Fault.DISK_FULL;
            case NO_DIRECTORY, OTHER -> Fault.IO;
        };
        return new ArchiveException(fault, file.toString(), DiskFault.sentence(file, verb, cause), cause);
    }
}
