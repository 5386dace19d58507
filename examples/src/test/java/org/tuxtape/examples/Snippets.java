package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code that pages show: what stands between {@code // snippet: NAME} and {@code // end} in the sources of this module,
 * all of which are compiled and run by tests.
 */
final class Snippets {
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// snippet: (\\S+)\n(.*?)^ *// end$");

    private final TreeMap<String, String> byName = new TreeMap<>();

    static Snippets read() throws IOException {
        Snippets snippets = new Snippets();
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : files) {
                REGION.matcher(Files.readString(file)).results().forEach(region -> {
                    if (snippets.byName.put(
                                    region.group(1),
                                    region.group(2).stripTrailing().stripIndent() + "\n")
                            != null) {
                        throw new IllegalStateException("There are two snippets " + region.group(1) + ".");
                    }
                });
            }
        }
        return snippets;
    }

    Set<String> names() {
        return byName.keySet();
    }

    boolean has(String name) {
        return name != null && byName.containsKey(name);
    }

    String code(String name) {
        return byName.getOrDefault(name, "");
    }
}
