package org.tuxtape.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A record of named fields in the form of Debian's control files: one field a line, further lines of a value indented by
 * a space, an empty one written as a dot. Field names keep their case and their order; each occurs once.
 *
 * <pre>
 * Name: livepatch_a
 * Functions:
 *  vmlinux tcp_v4_rcv 1
 *  vmlinux udp_rcv 1
 * </pre>
 *
 * @see <a href="https://www.debian.org/doc/debian-policy/ch-controlfields.html">Debian Policy, control files</a>
 * @since 0.1
 */
public final class Stanza {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    private final Map<String, String> fields;

    private Stanza(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Returns a stanza without fields, to add to.
     *
     * @return the empty stanza
     */
    public static Stanza empty() {
        return new Stanza(Map.of());
    }

    /**
     * Adds a field.
     *
     * @param name letters, digits and {@code -}
     * @param value any text without control characters but tabs and line feeds; white space around a line is lost, and a
     *     further line of a dot alone is an empty one
     * @return a stanza with one field more
     * @throws IllegalArgumentException if the name is none or is taken, or the value has control characters
     */
    public Stanza with(String name, String value) {
        if (!NAME.matcher(name).matches() || fields.containsKey(name)) {
            throw new IllegalArgumentException("Not the name of a new field: '" + name + "'.");
        }
        if (value.chars().anyMatch(c -> c != '\n' && isControl(c))) {
            throw new IllegalArgumentException("The value of " + name + " has control characters.");
        }
        StringBuilder lines = new StringBuilder();
        value.lines().forEach(line -> append(lines, line));
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, lines.length() == 0 ? "" : lines.substring(1));
        return new Stanza(more);
    }

    /** Adds a line as it is kept, with a line feed before it. */
    private static void append(StringBuilder value, String line) {
        String text = line.strip();
        boolean isFirst = value.length() == 0;
        value.append('\n').append(text.equals(".") && !isFirst ? "" : text);
    }

    private static boolean isControl(int c) {
        return c != '\t' && Character.isISOControl(c);
    }

    /**
     * Adds a field of several lines, the first of which stands below the field's name.
     *
     * @param name letters, digits and {@code -}
     * @param lines the lines, without line feeds
     * @return a stanza with one field more
     * @throws IllegalArgumentException as {@link #with(String, String)} does
     */
    public Stanza with(String name, List<String> lines) {
        return with(name, lines.isEmpty() ? "" : "\n" + String.join("\n", lines));
    }

    /**
     * Returns a field that has to be there.
     *
     * @param name its name
     * @return its value
     * @throws IllegalArgumentException if there is no such field
     */
    public String required(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("The field " + name + " is missing."));
    }

    /**
     * Returns a field that has to be there, and to name a constant.
     *
     * @param <E> the type of the constant
     * @param name the field's name
     * @param constants the class of the constants
     * @return the constant of which the field's value is the name
     * @throws IllegalArgumentException if there is no such field, or no such constant
     */
    public <E extends Enum<E>> E required(String name, Class<E> constants) {
        String value = required(name);
        return Arrays.stream(constants.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The field " + name + " cannot be '" + value + "'."));
    }

    /**
     * Returns a field that need not be there.
     *
     * @param name its name
     * @return its value, or empty
     */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * Returns the lines of a field.
     *
     * @param name its name
     * @return its lines that are not blank; none if there is no such field
     */
    public List<String> lines(String name) {
        return optional(name).orElse("").lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * Reads one stanza.
     *
     * @param text the stanza
     * @return its fields
     * @throws IllegalArgumentException if the text has none or several, or is not of this form; the message names the line
     */
    public static Stanza parse(String text) {
        List<Stanza> stanzas = parseAll(text);
        if (stanzas.size() != 1) {
            throw new IllegalArgumentException("One stanza was expected, not " + stanzas.size() + ".");
        }
        return stanzas.get(0);
    }

    /**
     * Reads stanzas with blank lines between them. Lines that begin with {@code #} are comments.
     *
     * @param text any number of stanzas
     * @return them in their order
     * @throws IllegalArgumentException if the text is not of this form; the message names the line
     */
    public static List<Stanza> parseAll(String text) {
        List<Stanza> stanzas = new ArrayList<>();
        Map<String, StringBuilder> fields = new LinkedHashMap<>();
        StringBuilder last = new StringBuilder();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            if (line.strip().chars().anyMatch(Stanza::isControl)) {
                throw new IllegalArgumentException("Line " + number + " has control characters.");
            }
            if (line.isBlank()) {
                finish(fields, stanzas);
            } else if (Character.isWhitespace(line.charAt(0)) && !fields.isEmpty()) {
                append(last, line);
            } else {
                int colon = line.indexOf(':');
                String name = colon < 0 ? "" : line.substring(0, colon);
                last = new StringBuilder();
                if (!NAME.matcher(name).matches() || fields.put(name, last) != null) {
                    throw new IllegalArgumentException(
                            "Line " + number + " is no field, or one that is there already.");
                }
                append(last, line.substring(colon + 1));
            }
        }
        finish(fields, stanzas);
        return List.copyOf(stanzas);
    }

    private static void finish(Map<String, StringBuilder> fields, List<Stanza> stanzas) {
        if (!fields.isEmpty()) {
            Map<String, String> values = new LinkedHashMap<>();
            fields.forEach((name, lines) -> values.put(name, lines.substring(1)));
            stanzas.add(new Stanza(values));
            fields.clear();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stanza stanza && fields.equals(stanza.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the text form, with a line feed at its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> {
            String[] lines = value.split("\n", -1);
            text.append(name)
                    .append(':')
                    .append(lines[0].isEmpty() ? "" : " ")
                    .append(lines[0])
                    .append('\n');
            for (int i = 1; i < lines.length; i++) {
                text.append(' ').append(lines[i].isEmpty() ? "." : lines[i]).append('\n');
            }
        });
        return text.toString();
    }
}
