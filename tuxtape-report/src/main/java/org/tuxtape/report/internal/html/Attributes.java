package org.tuxtape.report.internal.html;

import java.util.List;
import java.util.stream.Stream;

/**
 * The attributes of an element, in order.
 *
 * @param all each of its own name
 */
public record Attributes(List<Attribute> all) {
    /** No attributes. */
    public static final Attributes NONE = new Attributes(List.of());

    /**
     * One attribute.
     *
     * @param name a constant of the program
     * @param value any text
     */
    record Attribute(String name, String value) {}

    /** Returns one attribute. */
    public static Attributes having(String name, String value) {
        return new Attributes(List.of(new Attribute(name, value)));
    }

    /** Returns the class of an element, the attribute that most have. */
    public static Attributes css(String name) {
        return having("class", name);
    }

    /** Adds an attribute. */
    public Attributes and(String name, String value) {
        return new Attributes(Stream.concat(all.stream(), Stream.of(new Attribute(name, value)))
                .toList());
    }
}
