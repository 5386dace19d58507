package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown. */
record Page(Path file, String text) {
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    static final Path FOLDER = PROJECT.resolve("docs");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /** What stands between fences: its language, the name behind that, which is no more than a word, and the lines. */
    record Block(String language, String name, String code) {}

    static Page of(Path file) throws IOException {
        return new Page(file, Files.readString(file));
    }

    /** README, CONTRIBUTING, and the folder {@code docs}. */
    static List<Page> all() throws IOException {
        try (Stream<Path> folder = Files.list(FOLDER)) {
            List<Path> files = Stream.concat(
                            Stream.of(PROJECT.resolve("README.md"), PROJECT.resolve("CONTRIBUTING.md")),
                            folder.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
            List<Page> pages = new ArrayList<>();
            for (Path file : files) {
                pages.add(of(file));
            }
            return pages;
        }
    }

    List<Block> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2) == null ? "" : found.group(2), found.group(3)))
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The page with what the snippets hold now. */
    String shown(Snippets snippets) {
        return BLOCK.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals("java") && snippets.has(found.group(2))
                                ? "```java " + found.group(2) + "\n" + snippets.code(found.group(2)) + "```"
                                : found.group()));
    }

    /** Where the links of the page lead to, without those to the web. */
    List<String> links() {
        return LINK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.startsWith("https:"))
                .toList();
    }

    /** Tells whether a link of the page leads somewhere. */
    boolean leads(String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || of(target).anchors().contains(parts[1]));
    }

    /** The names that links give to the headings, as GitHub makes them. */
    private List<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(found -> found.group(1))
                .map(title -> title.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Override
    public String toString() {
        return PROJECT.relativize(file).toString();
    }
}
