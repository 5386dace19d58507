package org.tuxtape.archive.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * The form of JSON that is signed: names in order, no white space, integers only, and in strings nothing escaped but the
 * quotation mark and the backslash. Metadata of ours is ASCII, on which all implementations agree.
 *
 * @see <a href="https://gibson042.github.io/canonicaljson-spec/">Canonical JSON, of which this is the older OLPC form</a>
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if it holds a fraction, or a character that is neither printable ASCII nor a line
     *     feed
     */
    public static byte[] of(JsonElement value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void append(JsonElement value, StringBuilder text) {
        if (value instanceof JsonObject object) {
            String separator = "{";
            for (String name : new TreeSet<>(object.keySet())) {
                append(name, text.append(separator));
                append(object.get(name), text.append(':'));
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof JsonArray array) {
            String separator = "[";
            for (JsonElement element : array) {
                append(element, text.append(separator));
                separator = ",";
            }
            text.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            append(primitive.getAsString(), text);
        } else if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            text.append(Json.integer(primitive));
        } else {
            text.append(value);
        }
    }

    private static void append(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' || c > '~') && c != '\n') {
                throw new IllegalArgumentException("A text in metadata is not printable ASCII.");
            }
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }
}
