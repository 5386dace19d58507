package org.tuxtape.archive.internal.tuf;

import com.google.gson.JsonObject;
import java.util.HexFormat;
import org.tuxtape.archive.internal.json.Json;
import org.tuxtape.core.disk.Digests;

/**
 * A file as metadata describes it.
 *
 * @param length in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record SignedFile(int length, String sha256) {
    /** Rejects what is neither. */
    public SignedFile {
        if (length < 0 || sha256.length() != 64 || HexFormat.of().parseHex(sha256).length != 32) {
            throw new IllegalArgumentException("Not a file: " + length + ", '" + sha256 + "'.");
        }
    }

    /** What is in a file. */
    public static SignedFile of(byte[] content) {
        return new SignedFile(content.length, Digests.of(content));
    }

    /** Whether it is what is in a file. */
    public boolean describes(byte[] content) {
        return content.length == length && Digests.of(content).equals(sha256);
    }

    /** Where the file of a target lies below {@code targets/}: its digest stands before its name. */
    public String place(String path) {
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + sha256 + "." + path.substring(name);
    }

    static SignedFile parse(JsonObject entry) {
        return new SignedFile(Json.count(entry, "length"), Json.text(Json.object(entry, "hashes"), "sha256"));
    }

    JsonObject toJson() {
        JsonObject hashes = new JsonObject();
        hashes.addProperty("sha256", sha256);
        JsonObject entry = new JsonObject();
        entry.addProperty("length", length);
        entry.add("hashes", hashes);
        return entry;
    }
}
