package org.tuxtape.feeds.internal.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Excerpt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The text of a record and the tree of its JSON, which is empty where there is none. */
final class RecordJson {
    /** Real records are ten levels deep. */
    private static final int DEEPEST = 64;

    /** The largest real records, with everything that ADPs add, are far below; a tree takes some 100 bytes a token. */
    private static final long MOST_TOKENS = 1 << 20;

    private static final int LONGEST_NUMBER = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE) // no string is longer than its file, which is bounded
                            .build())
                    .build())
            .build();

    private final byte[] bytes;
    private final JsonNode root;

    private RecordJson(byte[] bytes, JsonNode root) {
        this.bytes = bytes;
        this.root = root;
    }

    static RecordJson parse(byte[] bytes) throws UnreadableRecord {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (!root.isObject()) {
                throw new UnreadableRecord("It is no JSON object.", Optional.empty());
            }
            return new RecordJson(bytes, root);
        } catch (StreamConstraintsException e) {
            throw new UnreadableRecord(
                    "Its JSON is nested deeper, or has more or longer parts, than any record.", where(bytes, e));
        } catch (JacksonException e) {
            throw new UnreadableRecord("It is no well-formed JSON.", where(bytes, e));
        }
    }

    private static Optional<Excerpt> where(byte[] bytes, JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        int line = location == null ? 0 : location.getLineNr();
        return line < 1 ? Optional.empty() : Optional.of(line(text(bytes), line));
    }

    /** What stands at a path of names, missing if nothing does. */
    JsonNode at(String... names) {
        JsonNode node = root;
        for (String name : names) {
            node = node.path(name);
        }
        return node;
    }

    /** The text at a path of names; empty if there is none. */
    String text(String... names) {
        return at(names).stringValue("");
    }

    Optional<Instant> instant(String... names) {
        String text = text(names);
        try {
            // Old records have no zone; the programme's times are in UTC.
            boolean zoned = text.matches(".*(?:Z|[+-]\\d\\d:?\\d\\d)");
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(zoned ? text : text + 'Z'));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The line that has a word, or the first. */
    Excerpt excerpt(String word) {
        String text = text(bytes);
        int place = Math.max(0, text.indexOf(word));
        return line(
                text,
                1
                        + (int) text.substring(0, place)
                                .chars()
                                .filter(c -> c == '\n')
                                .count());
    }

    private static Excerpt line(String text, int number) {
        return new Excerpt(number, text.lines().skip(number - 1L).findFirst().orElse(""));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The elements of an array; none if it is no array. */
    static List<JsonNode> elements(JsonNode node) {
        return node.isArray() ? List.copyOf(node.values()) : List.of();
    }

    static JsonNode first(JsonNode node) {
        return elements(node).stream().findFirst().orElse(MissingNode.getInstance());
    }
}
