package org.tuxtape.archive.trust;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tuxtape.archive.internal.json.Json;
import org.tuxtape.archive.internal.json.Signed;

/**
 * The root of trust: which keys stand for which role, signed by the keys of the root itself. Nodes get the first one from
 * whoever sets them up, and follow from there: each later one is signed by the root keys before it and by its own.
 *
 * <p>It is made on a machine with a network, carried to where the root keys lie, signed there one key at a time, perhaps in
 * several places, and carried back:
 *
 * <pre>{@code
 * RootMetadata unsigned = RootMetadata.first(roles, expires);              // toBytes() onto a stick
 * RootMetadata mine = RootMetadata.parse(bytes).signedBy(KeyFile.read(stick));
 * RootMetadata whole = mine.withSignaturesOf(yours);                       // isSigned()
 * }</pre>
 *
 * @see <a href="https://theupdateframework.github.io/specification/latest/#file-formats-root">format of root.json</a>
 * @since 0.1
 */
public final class RootMetadata {
    private final Signed signed;
    private final int version;
    private final Instant expires;
    private final Map<Role, RoleKeys> roles;

    private RootMetadata(Signed signed) {
        this.signed = signed;
        JsonObject content = signed.content();
        if (!Json.text(content, "_type").equals(Role.ROOT.text())) {
            throw new IllegalArgumentException("It is metadata, but no root.");
        }
        if (!Json.text(content, "spec_version").startsWith("1.")) {
            throw new IllegalArgumentException("It follows another version of the specification.");
        }
        if (!new JsonPrimitive(true).equals(content.get("consistent_snapshot"))) {
            throw new IllegalArgumentException("It is of an archive without consistent snapshots.");
        }
        this.version = Json.count(content, "version");
        if (version < 1) {
            throw new IllegalArgumentException("Versions begin at 1.");
        }
        this.expires = Json.time(content, "expires");
        this.roles = roles(content);
    }

    private static Map<Role, RoleKeys> roles(JsonObject content) {
        JsonObject keys = Json.object(content, "keys");
        JsonObject entries = Json.object(content, "roles");
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            JsonObject entry = Json.object(entries, role.text());
            List<ArchiveKey> found = new ArrayList<>();
            for (JsonElement id : Json.array(entry, "keyids")) {
                String text = Json.text(id, "keyid");
                ArchiveKey key = key(Json.object(keys, text));
                if (!key.id().equals(text)) {
                    throw new IllegalArgumentException("The key " + text + " is another one.");
                }
                found.add(key);
            }
            roles.put(role, new RoleKeys(found, Json.count(entry, "threshold")));
        }
        return roles;
    }

    private static ArchiveKey key(JsonObject entry) {
        String type = Json.text(entry, "keytype");
        String scheme = Json.text(entry, "scheme");
        String value = Json.text(Json.object(entry, "keyval"), "public");
        for (KeyScheme known : KeyScheme.values()) {
            if (known.keyType().equals(type) && known.scheme().equals(scheme)) {
                return new ArchiveKey(known, value);
            }
        }
        throw new IllegalArgumentException("Keys of the kind " + type + ", " + scheme + " are unknown.");
    }

    /**
     * Makes the first root of an archive, which nobody has signed yet.
     *
     * @param roles the keys of every role
     * @param expires when it expires, a year or more from now as a rule; parts of a second are dropped
     * @return version 1
     * @throws IllegalArgumentException if a role is missing
     */
    public static RootMetadata first(Map<Role, RoleKeys> roles, Instant expires) {
        return unsigned(1, roles, expires);
    }

    /**
     * Makes the next root, which nobody has signed yet: to change keys, or because this one expires.
     *
     * @param newRoles the keys of every role
     * @param newExpires when it expires
     * @return the version after this one
     * @throws IllegalArgumentException if a role is missing
     */
    public RootMetadata next(Map<Role, RoleKeys> newRoles, Instant newExpires) {
        return unsigned(Math.incrementExact(version), newRoles, newExpires);
    }

    private static RootMetadata unsigned(int version, Map<Role, RoleKeys> roles, Instant expires) {
        JsonObject keys = new JsonObject();
        JsonObject entries = new JsonObject();
        for (Role role : Role.values()) {
            RoleKeys held = roles.get(role);
            if (held == null) {
                throw new IllegalArgumentException("The role " + role.text() + " has no keys.");
            }
            JsonArray ids = new JsonArray();
            for (ArchiveKey key : held.keys()) {
                keys.add(key.id(), key.toJson());
                ids.add(key.id());
            }
            JsonObject entry = new JsonObject();
            entry.add("keyids", ids);
            entry.addProperty("threshold", held.threshold());
            entries.add(role.text(), entry);
        }
        JsonObject content = new JsonObject();
        content.addProperty("_type", Role.ROOT.text());
        content.addProperty("spec_version", Signed.SPECIFICATION);
        content.addProperty("consistent_snapshot", true);
        content.addProperty("version", version);
        content.addProperty("expires", Json.text(expires));
        content.add("keys", keys);
        content.add("roles", entries);
        return new RootMetadata(Signed.unsigned(content));
    }

    /**
     * Reads a root.
     *
     * @param bytes the file, signed or not
     * @return the root
     * @throws IllegalArgumentException if it is none, or one that this library does not understand
     */
    public static RootMetadata parse(byte[] bytes) {
        return new RootMetadata(Signed.parse(bytes));
    }

    /**
     * Signs it, with a key of this root, or with one of the root before it.
     *
     * @param signer the key
     * @return a root with one signature more
     * @throws ArchiveException if the signer fails
     */
    public RootMetadata signedBy(Signer signer) {
        return new RootMetadata(signed.with(signer.key().id(), signer.verifiedSignature(signed.message())));
    }

    /**
     * Puts together what was signed in several places.
     *
     * @param other the same root, with other signatures
     * @return a root with the signatures of both
     * @throws IllegalArgumentException if it is another root
     */
    public RootMetadata withSignaturesOf(RootMetadata other) {
        if (!signed.content().equals(other.signed.content())) {
            throw new IllegalArgumentException("The signatures are of another root.");
        }
        return new RootMetadata(signed.withSignaturesOf(other.signed));
    }

    /**
     * Returns the version.
     *
     * @return from 1
     */
    public int version() {
        return version;
    }

    /**
     * Tells when it expires.
     *
     * @return from when on clients refuse it
     */
    public Instant expires() {
        return expires;
    }

    /**
     * Returns the keys of a role.
     *
     * @param role the role
     * @return its keys
     */
    public RoleKeys keys(Role role) {
        return Objects.requireNonNull(roles.get(role));
    }

    /**
     * Returns the keys of all roles, to change some of them.
     *
     * @return the keys by the role
     */
    public Map<Role, RoleKeys> roles() {
        return new EnumMap<>(roles);
    }

    /**
     * Tells whether enough of its own root keys have signed it.
     *
     * @return whether it may be the root of an archive
     */
    public boolean isSigned() {
        return isSignedBy(keys(Role.ROOT));
    }

    /**
     * Tells whether clients go on from another root to this one.
     *
     * @param before the other root
     * @return whether it has the next version, and enough root keys of both have signed it
     */
    public boolean succeeds(RootMetadata before) {
        return version == before.version + 1 && isSigned() && isSignedBy(before.keys(Role.ROOT));
    }

    private boolean isSignedBy(RoleKeys keys) {
        Set<ArchiveKey> valid = new HashSet<>();
        byte[] message = signed.message();
        for (ArchiveKey key : keys.keys()) {
            String signature = signed.signatures().get(key.id());
            if (signature != null
                    && isHexadecimal(signature)
                    && key.verifies(message, HexFormat.of().parseHex(signature))) {
                valid.add(key);
            }
        }
        return valid.size() >= keys.threshold();
    }

    private static boolean isHexadecimal(String text) {
        return text.length() % 2 == 0 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    /**
     * Returns what has to be signed, for a person who compares it before signing.
     *
     * @return the bytes that a signer gets
     */
    public byte[] message() {
        return signed.message();
    }

    /**
     * Returns the file.
     *
     * @return JSON on one line
     */
    public byte[] toBytes() {
        return signed.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RootMetadata root
                && signed.content().equals(root.signed.content())
                && signed.signatures().equals(root.signed.signatures());
    }

    @Override
    public int hashCode() {
        return signed.content().hashCode();
    }

    /** Returns its version and expiry. */
    @Override
    public String toString() {
        return "root " + version + ", until " + expires;
    }
}
