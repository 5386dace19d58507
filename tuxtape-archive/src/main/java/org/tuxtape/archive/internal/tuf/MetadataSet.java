package org.tuxtape.archive.internal.tuf;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.tuxtape.archive.internal.tuf.RoleMetadata.Link;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;

/**
 * Metadata of all roles that belongs together: each is signed as the root wants it, and is the file that the one before it
 * names. Whether it has expired is the caller's question.
 *
 * @param root the root
 * @param timestamp which snapshot is the newest
 * @param snapshot which targets are in force
 * @param targets the files
 * @param files the files by their target paths
 */
public record MetadataSet(
        RootMetadata root,
        RoleMetadata timestamp,
        RoleMetadata snapshot,
        RoleMetadata targets,
        SortedMap<String, SignedFile> files) {

    /**
     * Verifies a set.
     *
     * @param root the root, which is trusted
     * @param bytes the file of each of the other roles
     * @throws ArchiveException if one is missing, is not signed, or does not go with the others
     */
    public static MetadataSet verified(RootMetadata root, Map<Role, byte[]> bytes) {
        RoleMetadata timestamp = RoleMetadata.verified(Role.TIMESTAMP, present(Role.TIMESTAMP, bytes), root);
        RoleMetadata snapshot = linked(Role.SNAPSHOT, timestamp, bytes, root);
        RoleMetadata targets = linked(Role.TARGETS, snapshot, bytes, root);
        try {
            SortedMap<String, SignedFile> files = Collections.unmodifiableSortedMap(targets.targets());
            return new MetadataSet(root, timestamp, snapshot, targets, files);
        } catch (IllegalArgumentException e) {
            throw RoleMetadata.malformed(Role.TARGETS, e);
        }
    }

    private static RoleMetadata linked(Role role, RoleMetadata by, Map<Role, byte[]> bytes, RootMetadata root) {
        byte[] file = present(role, bytes);
        Link link;
        try {
            link = by.link(role);
        } catch (IllegalArgumentException e) {
            throw RoleMetadata.malformed(by.role(), e);
        }
        if (!link.file().describes(file)) {
            throw new ArchiveException(
                    Fault.DIGEST,
                    role.text(),
                    "The " + role.text() + " metadata is not the file that the "
                            + by.role().text() + " names.");
        }
        RoleMetadata metadata = RoleMetadata.verified(role, file, root);
        if (metadata.version() != link.version()) {
            throw new ArchiveException(
                    Fault.MIXED,
                    role.text(),
                    "The " + role.text() + " metadata has the version " + metadata.version() + ", not " + link.version()
                            + ".");
        }
        return metadata;
    }

    private static byte[] present(Role role, Map<Role, byte[]> bytes) {
        byte[] file = bytes.get(role);
        if (file == null) {
            throw new ArchiveException(Fault.MISSING, role.text(), "There is no " + role.text() + " metadata.");
        }
        return file;
    }

    /** When each role expires. */
    public Map<Role, Instant> expiries() {
        Map<Role, Instant> expiries = new EnumMap<>(Role.class);
        expiries.put(Role.ROOT, root.expires());
        Stream.of(timestamp, snapshot, targets).forEach(role -> expiries.put(role.role(), role.expires()));
        return expiries;
    }

    /** The role that expires first. */
    public Role firstToExpire() {
        return expiries().entrySet().stream()
                .min(Comparator.comparing(Map.Entry<Role, Instant>::getValue))
                .orElseThrow()
                .getKey();
    }

    /** The version of each role. */
    public Map<Role, Integer> versions() {
        return Map.of(
                Role.ROOT, root.version(),
                Role.TIMESTAMP, timestamp.version(),
                Role.SNAPSHOT, snapshot.version(),
                Role.TARGETS, targets.version());
    }
}
