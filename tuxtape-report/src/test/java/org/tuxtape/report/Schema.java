package org.tuxtape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of JSON Schema as the form of a report uses; another keyword in it is an error. */
final class Schema {
    private static final List<String> SILENT = List.of("$schema", "title", "description", "format", "$defs");

    private final JsonNode root;

    private Schema(JsonNode root) {
        this.root = root;
    }

    static Schema parse(String text) {
        return new Schema(new JsonMapper().readTree(text));
    }

    List<String> violations(JsonNode value) {
        List<String> found = new ArrayList<>();
        check("", root, value, found, false);
        return found;
    }

    List<String> unknownKeys(JsonNode value) {
        List<String> found = new ArrayList<>();
        check("", root, value, found, true);
        return found;
    }

    private void check(String path, JsonNode schema, JsonNode value, List<String> found, boolean isStrict) {
        for (String keyword : schema.propertyNames()) {
            JsonNode wanted = schema.get(keyword);
            switch (keyword) {
                case "$ref" -> check(path, root.at(wanted.asString("").substring(1)), value, found, isStrict);
                case "type" -> note(path, "is no " + wanted, isOf(wanted.asString(""), value), found);
                case "const" -> note(path, "is not " + wanted, wanted.equals(value), found);
                case "enum" ->
                    note(path, "is none of " + wanted, wanted.valueStream().anyMatch(value::equals), found);
                case "pattern" ->
                    note(
                            path,
                            "is not " + wanted,
                            Pattern.compile(wanted.asString(""))
                                    .matcher(value.asString(""))
                                    .find(),
                            found);
                case "minimum" -> note(path, "is below " + wanted, value.asDouble(0) >= wanted.asDouble(0), found);
                case "maximum" -> note(path, "is above " + wanted, value.asDouble(0) <= wanted.asDouble(0), found);
                case "required" ->
                    wanted.forEach(key -> note(path, "lacks " + key, value.has(key.asString("")), found));
                case "items" -> value.forEach(item -> check(path + "/-", wanted, item, found, isStrict));
                case "properties" ->
                    value.propertyStream().forEach(property -> {
                        if (wanted.has(property.getKey())) {
                            check(
                                    path + "/" + property.getKey(),
                                    wanted.get(property.getKey()),
                                    property.getValue(),
                                    found,
                                    isStrict);
                        } else if (isStrict
                                && !schema.path("required")
                                        .valueStream()
                                        .anyMatch(key -> key.asString("").equals(property.getKey()))) {
                            found.add(path + "/" + property.getKey() + " is not known");
                        }
                    });
                case "additionalProperties" ->
                    value.propertyStream()
                            .forEach(property -> check(path + "/*", wanted, property.getValue(), found, isStrict));
                default -> note(path, "has a keyword that is not known: " + keyword, SILENT.contains(keyword), found);
            }
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> false;
        };
    }

    private static void note(String path, String what, boolean isKept, List<String> found) {
        if (!isKept) {
            found.add(path + " " + what);
        }
    }
}
