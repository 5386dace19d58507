package org.tuxtape.report.internal.json;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes JSON as a stream of nested values. An object or array is closed by what opened it, and what is empty has no key.
 *
 * @param out what it is written with
 */
record Json(JsonGenerator out) {

    Json text(String key, String value) {
        if (!value.isEmpty()) {
            out.writeStringProperty(key, value);
        }
        return this;
    }

    Json text(String key, Optional<?> value) {
        return text(key, value.map(Object::toString).orElse(""));
    }

    Json constant(String key, Enum<?> value) {
        return text(key, lower(value));
    }

    Json number(String key, int value) {
        out.writeNumberProperty(key, value);
        return this;
    }

    Json number(String key, double value) {
        out.writeNumberProperty(key, value);
        return this;
    }

    Json seconds(String key, Duration value) {
        out.writeNumberProperty(key, value.toMillis() / 1000.0);
        return this;
    }

    Json flag(String key, boolean value) {
        out.writeBooleanProperty(key, value);
        return this;
    }

    Json object(String key, Runnable content) {
        out.writeObjectPropertyStart(key);
        content.run();
        out.writeEndObject();
        return this;
    }

    <T> Json array(String key, Collection<T> values, Consumer<T> element) {
        out.writeArrayPropertyStart(key);
        values.forEach(element);
        out.writeEndArray();
        return this;
    }

    <T> Json objects(String key, Collection<T> values, Consumer<T> content) {
        return array(key, values, value -> {
            out.writeStartObject();
            content.accept(value);
            out.writeEndObject();
        });
    }

    Json texts(String key, Collection<?> values) {
        return values.isEmpty() ? this : array(key, values, value -> out.writeString(value.toString()));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
