package org.tuxtape.archive.internal.tuf;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.tuxtape.archive.internal.json.Json;
import org.tuxtape.archive.internal.json.Signed;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;

/**
 * Makes metadata and signs it.
 *
 * @param roots those under each of which it has to count: one, or two while the one follows the other
 * @param signers the keys at hand
 */
public record Draft(List<RootMetadata> roots, List<Signer> signers) {
    private static final List<Role> BELOW_ROOT = List.of(Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP);

    /** Copies the lists. */
    public Draft {
        roots = List.copyOf(roots);
        signers = List.copyOf(signers);
    }

    /**
     * Rejects what cannot be signed as a whole.
     *
     * @throws ArchiveException if keys of any role below the root are missing
     */
    public void requireKeys() {
        BELOW_ROOT.forEach(this::requireKeys);
    }

    /** Whether there are keys for every role below the root. */
    public boolean hasKeys() {
        return BELOW_ROOT.stream().allMatch(role -> roots.stream().allMatch(root -> suffice(root.keys(role))));
    }

    private void requireKeys(Role role) {
        for (RootMetadata root : roots) {
            RoleKeys keys = root.keys(role);
            if (!suffice(keys)) {
                throw new ArchiveException(
                        Fault.KEY_MISSING,
                        role.text(),
                        "The role " + role.text() + " needs " + keys.threshold() + " of the keys " + keys.keys()
                                + ", and " + atHand(keys) + " are at hand.");
            }
        }
    }

    private boolean suffice(RoleKeys keys) {
        return atHand(keys) >= keys.threshold();
    }

    private long atHand(RoleKeys keys) {
        return signers.stream()
                .map(Signer::key)
                .distinct()
                .filter(keys.keys()::contains)
                .count();
    }

    /** The list of files. */
    public byte[] targets(int version, Instant expires, SortedMap<String, SignedFile> files) {
        JsonObject entries = new JsonObject();
        files.forEach((path, file) -> entries.add(path, file.toJson()));
        JsonObject content = head(Role.TARGETS, version, expires);
        content.add("targets", entries);
        return sign(Role.TARGETS, content);
    }

    /** Which list of files is in force. */
    public byte[] snapshot(int version, Instant expires, RoleMetadata.Link targets) {
        return linking(Role.SNAPSHOT, version, expires, Role.TARGETS, targets);
    }

    /** Which snapshot is the newest. */
    public byte[] timestamp(int version, Instant expires, RoleMetadata.Link snapshot) {
        return linking(Role.TIMESTAMP, version, expires, Role.SNAPSHOT, snapshot);
    }

    private byte[] linking(Role role, int version, Instant expires, Role to, RoleMetadata.Link link) {
        JsonObject entry = link.file().toJson();
        entry.addProperty("version", link.version());
        JsonObject meta = new JsonObject();
        meta.add(to.text() + ".json", entry);
        JsonObject content = head(role, version, expires);
        content.add("meta", meta);
        return sign(role, content);
    }

    private static JsonObject head(Role role, int version, Instant expires) {
        JsonObject content = new JsonObject();
        content.addProperty("_type", role.text());
        content.addProperty("spec_version", Signed.SPECIFICATION);
        content.addProperty("version", version);
        content.addProperty("expires", Json.text(expires));
        return content;
    }

    private byte[] sign(Role role, JsonObject content) {
        requireKeys(role);
        Signed signed = Signed.unsigned(content);
        byte[] message = signed.message();
        for (Signer signer : signers) {
            if (roots.stream().anyMatch(root -> root.keys(role).keys().contains(signer.key()))) {
                signed = signed.with(signer.key().id(), signer.verifiedSignature(message));
            }
        }
        return signed.toBytes();
    }
}
