package org.tuxtape.archive.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sigstore.json.canonicalizer.JsonCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void theCanonicalFormHasNamesInOrderAndEscapesOnlyTwoCharacters() {
        JsonObject object = Json.parse(bytes("{\"b\": [1, true, null, {}], \"a\": \"\\\"\\\\\\n/\"}"));

        assertThat(text(CanonicalJson.of(object))).isEqualTo("{\"a\":\"\\\"\\\\\n/\",\"b\":[1,true,null,{}]}");
    }

    @Property
    void anotherImplementationFindsTheSameCanonicalForm(@ForAll("objects") JsonObject object) throws IOException {
        assertThat(text(CanonicalJson.of(object)))
                .isEqualTo(new JsonCanonicalizer(Json.bytes(object)).getEncodedString());
    }

    @Property
    void whatWasWrittenIsRead(@ForAll("objects") JsonObject object) {
        assertThat(CanonicalJson.of(Json.parse(Json.bytes(object)))).isEqualTo(CanonicalJson.of(object));
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange(' ', '~').withChars('\n').ofMaxLength(20);
        Arbitrary<JsonObject> leaves = texts.map(text -> {
            JsonObject leaf = new JsonObject();
            leaf.addProperty(text, text);
            return leaf;
        });
        return Arbitraries.recursive(
                () -> leaves, inner -> inner.list().ofMaxSize(4).map(this::joined), 0, 3);
    }

    private JsonObject joined(List<JsonObject> parts) {
        JsonObject whole = new JsonObject();
        JsonArray array = new JsonArray();
        for (JsonObject part : parts) {
            whole.add("part" + whole.size(), part);
            array.add(new JsonPrimitive(whole.size()));
        }
        whole.add("array", array);
        return whole;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 1,}",
                "{\"a\": NaN}",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 01}",
                "{\"a\": TRUE}",
                "// comment\n{}",
                ")]}'\n{}"
            })
    void whatIsNotStrictlyJsonIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(bytes(text)));
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(bytes("{\"a\":".repeat(10_000))));
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(new byte[] {'{', '"', (byte) 0xff, '"', '}'}));
    }

    @Test
    void fractionsAndOtherAlphabetsAreNotSigned() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(Json.parse(bytes("{\"a\": 1.5}"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.of(Json.parse(bytes("{\"a\": \"\u00e4\"}"))));
    }

    @Test
    void membersAreOfTheTypeThatTheyShouldHave() {
        JsonObject object = Json.parse(
                bytes(
                        "{\"text\": \"a\", \"count\": -1, \"time\": \"2026-13-01T00:00:00Z\", \"zone\": \"2026-01-01T00:00:00+01:00\"}"));

        assertThatIllegalArgumentException().isThrownBy(() -> Json.text(object, "count"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.text(object, "missing"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.count(object, "count"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.count(object, "text"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.time(object, "time"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.time(object, "zone"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.object(object, "text"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.array(object, "text"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
