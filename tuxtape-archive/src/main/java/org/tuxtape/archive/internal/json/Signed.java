package org.tuxtape.archive.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Metadata with its signatures. Immutable, as long as nobody changes what {@link #content} returns.
 *
 * @see <a href="https://theupdateframework.github.io/specification/latest/#file-formats-object-format">object format</a>
 */
public final class Signed {
    /** The version of the specification that the metadata follows. */
    public static final String SPECIFICATION = "1.0.31";

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}");

    private final JsonObject content;
    private final SortedMap<String, String> signatures;

    private Signed(JsonObject content, SortedMap<String, String> signatures) {
        this.content = content;
        this.signatures = Collections.unmodifiableSortedMap(signatures);
    }

    /** What nobody has signed yet. */
    public static Signed unsigned(JsonObject content) {
        return new Signed(content, new TreeMap<>());
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none, or two signatures are of one key
     */
    public static Signed parse(byte[] bytes) {
        JsonObject whole = Json.parse(bytes);
        SortedMap<String, String> signatures = new TreeMap<>();
        for (JsonElement element : Json.array(whole, "signatures")) {
            JsonObject signature = Json.object(element, "signature");
            String key = Json.text(signature, "keyid");
            if (!KEY_ID.matcher(key).matches() || signatures.put(key, Json.text(signature, "sig")) != null) {
                throw new IllegalArgumentException("Not the id of one more key: '" + key + "'.");
            }
        }
        return new Signed(Json.object(whole, "signed"), signatures);
    }

    /** The metadata. */
    public JsonObject content() {
        return content;
    }

    /** What is signed: the canonical form of the metadata. */
    public byte[] message() {
        return CanonicalJson.of(content);
    }

    /** The signatures in hexadecimal digits by the ids of their keys, whether they count or not. */
    public SortedMap<String, String> signatures() {
        return signatures;
    }

    /** The same with a signature more, or another one of a key. */
    public Signed with(String keyId, byte[] signature) {
        SortedMap<String, String> more = new TreeMap<>(signatures);
        more.put(keyId, HexFormat.of().formatHex(signature));
        return new Signed(content, more);
    }

    /** The same with those of another's signatures whose keys have none here. */
    public Signed withSignaturesOf(Signed other) {
        SortedMap<String, String> more = new TreeMap<>(other.signatures);
        more.putAll(signatures);
        return new Signed(content, more);
    }

    /** The file. */
    public byte[] toBytes() {
        JsonArray list = new JsonArray();
        signatures.forEach((key, signature) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("keyid", key);
            entry.addProperty("sig", signature);
            list.add(entry);
        });
        JsonObject whole = new JsonObject();
        whole.add("signatures", list);
        whole.add("signed", content);
        return Json.bytes(whole);
    }
}
