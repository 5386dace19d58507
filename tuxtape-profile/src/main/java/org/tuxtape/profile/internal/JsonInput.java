package org.tuxtape.profile.internal;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as a stream of tokens, with the faults of a profile's origin. */
final class JsonInput implements AutoCloseable {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int DEEPEST = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(20)
                    .build())
            .build();

    private final Path place;
    private final JsonParser parser;

    private JsonInput(Path place, JsonParser parser) {
        this.place = place;
        this.parser = parser;
    }

    /**
     * Reads a whole document.
     *
     * @param place named where something is wrong
     * @throws ProfileException if it is no JSON, or not of the expected shape
     */
    static <T> T read(Path place, InputStream in, Function<JsonInput, T> reading) {
        try (JsonInput input = new JsonInput(place, JSON.createParser(ObjectReadContext.empty(), in))) {
            input.parser.nextToken();
            T result = reading.apply(input);
            if (input.parser.nextToken() != null) {
                throw input.wrong("more follows its end");
            }
            return result;
        } catch (JacksonException e) {
            throw new ProfileException(
                    place.toString(), Fault.WRONG_KIND, place + " is no JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    /** Reads an array: what {@code element} does for each value, at its first token. */
    void array(Runnable element) {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    /** Reads an object: {@code member} is told each name, with the parser at the value's first token. */
    void object(Member member) {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            member.read(name);
        }
    }

    /** Takes one member of an object. */
    @FunctionalInterface
    interface Member {
        /** Reads the value of this name, or skips it. */
        void read(String name);
    }

    String text() {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getString();
    }

    int number() {
        expect(JsonToken.VALUE_NUMBER_INT, "a number");
        return parser.getIntValue();
    }

    boolean truth() {
        if (!parser.currentToken().isBoolean()) {
            throw wrong("something else than true or false stands at " + path());
        }
        return parser.getBooleanValue();
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    void skip() {
        parser.skipChildren();
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw wrong("there is not " + what + " at " + path());
        }
    }

    private String path() {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "its beginning" : pointer;
    }

    /** Words what is wrong with the shape. */
    ProfileException wrong(String what) {
        return Faults.of(place, Fault.WRONG_KIND, "has not the expected shape: " + what);
    }

    @Override
    public void close() {
        parser.close();
    }
}
