package org.tuxtape.archive.internal.tuf;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tuxtape.archive.internal.json.Json;
import org.tuxtape.archive.internal.json.Signed;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;

/**
 * Metadata of one of the roles below the root, whose signatures count.
 *
 * @param role the role
 * @param version from 1
 * @param expires when it does
 * @param content all of it
 */
public record RoleMetadata(Role role, int version, Instant expires, JsonObject content) {

    /**
     * Reads metadata and verifies its signatures; whether it has expired is not asked.
     *
     * @throws ArchiveException if it is not signed as the root wants it, or is malformed
     */
    public static RoleMetadata verified(Role role, byte[] file, RootMetadata root) {
        try {
            Signed signed = Signed.parse(file);
            verify(role, signed, root.keys(role));
            JsonObject content = signed.content();
            int version = Json.count(content, "version");
            if (!Json.text(content, "_type").equals(role.text()) || version < 1) {
                throw new IllegalArgumentException("it is that of another role, or has no version");
            }
            return new RoleMetadata(role, version, Json.time(content, "expires"), content);
        } catch (IllegalArgumentException e) {
            throw malformed(role, e);
        }
    }

    private static void verify(Role role, Signed signed, RoleKeys keys) {
        byte[] message = signed.message();
        Set<ArchiveKey> valid = new HashSet<>();
        for (ArchiveKey key : keys.keys()) {
            String signature = signed.signatures().get(key.id());
            if (signature != null && key.verifies(message, HexFormat.of().parseHex(signature))) {
                valid.add(key);
            }
        }
        if (valid.size() < keys.threshold()) {
            throw unsigned(role, keys.threshold(), valid.size());
        }
    }

    static ArchiveException unsigned(Role role, int needed, int found) {
        return new ArchiveException(
                found == 0 ? Fault.SIGNATURE : Fault.THRESHOLD,
                role.text(),
                "The " + role.text() + " metadata needs " + needed + " signatures, and has " + found + " that count.");
    }

    static ArchiveException malformed(Role role, Exception cause) {
        return new ArchiveException(
                Fault.MALFORMED,
                role.text(),
                "The " + role.text() + " metadata is malformed: " + cause.getMessage() + ".",
                cause);
    }

    /** What a timestamp says of the snapshot, or a snapshot of the targets: version and file. */
    public Link link(Role to) {
        return link(content, to);
    }

    static Link link(JsonObject content, Role to) {
        JsonObject meta = Json.object(content, "meta");
        JsonObject entry = Json.object(meta, to.text() + ".json");
        return new Link(Json.count(entry, "version"), SignedFile.parse(entry));
    }

    /** The files of targets, by their paths. */
    SortedMap<String, SignedFile> targets() {
        SortedMap<String, SignedFile> files = new TreeMap<>();
        JsonObject entries = Json.object(content, "targets");
        for (String path : entries.keySet()) {
            files.put(path, SignedFile.parse(Json.object(entries, path)));
        }
        return files;
    }

    /**
     * How one metadata names another.
     *
     * @param version its version
     * @param file its file
     */
    public record Link(int version, SignedFile file) {}
}
