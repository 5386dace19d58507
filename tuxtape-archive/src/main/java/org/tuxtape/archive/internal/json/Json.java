package org.tuxtape.archive.internal.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Reads JSON as the standard has it and nothing else, and asks for members of the type that they should have. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setStrictness(Strictness.STRICT)
            .create();
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

    private Json() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonObject parse(byte[] bytes) {
        try (JsonReader reader = new JsonReader(new StringReader(text(bytes)))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("Something follows the JSON object.");
            }
            return object(element, "the whole");
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("It is no JSON.", e);
        }
    }

    /** Reads one value. What is nested too deeply is refused by the reader, and what occurs twice here, unlike by Gson. */
    private static JsonElement read(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                return readObject(reader);
            }
            case BEGIN_ARRAY -> {
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(read(reader));
                }
                reader.endArray();
                return array;
            }
            case NULL -> {
                reader.nextNull();
                return JsonNull.INSTANCE;
            }
            case BOOLEAN -> {
                return new JsonPrimitive(reader.nextBoolean());
            }
            case NUMBER -> {
                return new JsonPrimitive(number(reader.nextString()));
            }
            default -> {
                return new JsonPrimitive(reader.nextString());
            }
        }
    }

    private static long number(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new IllegalArgumentException("Not an integer: " + text + ".");
        }
        return Long.parseLong(text);
    }

    private static JsonObject readObject(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new IllegalArgumentException("'" + name + "' occurs twice.");
            }
            object.add(name, read(reader));
        }
        reader.endObject();
        return object;
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Writes it on one line. */
    public static byte[] bytes(JsonObject object) {
        return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
    }

    /** A member that is an object. */
    public static JsonObject object(JsonObject of, String name) {
        return object(of.get(name), name);
    }

    /** An element that has to be an object. */
    public static JsonObject object(JsonElement element, String name) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw wrong(name, "an object");
    }

    /** A member that is an array. */
    public static JsonArray array(JsonObject of, String name) {
        if (of.get(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, "an array");
    }

    /** A member that is a text. */
    public static String text(JsonObject of, String name) {
        return text(of.get(name), name);
    }

    /** An element that has to be a text. */
    public static String text(JsonElement element, String name) {
        if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrong(name, "a text");
    }

    /** A member that is a number from 0 on. */
    public static int count(JsonObject of, String name) {
        if (of.get(name) instanceof JsonPrimitive primitive && primitive.isNumber()) {
            long value = integer(primitive);
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                return (int) value;
            }
        }
        throw wrong(name, "a number from 0 on");
    }

    /** A member that is a point in time, in whole seconds, in UTC. */
    public static Instant time(JsonObject of, String name) {
        String text = text(of, name);
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a time: '" + text + "'.", e);
        }
        throw wrong(name, "a time in UTC");
    }

    /** A point in time as {@link #time} reads it, without parts of a second. */
    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static long integer(JsonPrimitive number) {
        return number(number.getAsString());
    }

    private static IllegalArgumentException wrong(String name, String kind) {
        return new IllegalArgumentException("'" + name + "' is missing, or is not " + kind + ".");
    }
}
