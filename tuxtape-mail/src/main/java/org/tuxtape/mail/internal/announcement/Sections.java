package org.tuxtape.mail.internal.announcement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the sections of an announcement stand. Its description is text of anybody, in which anything may be underlined:
 * so only the headings of the CNA count, and of several equal ones the last, except for the description's own, which
 * stands before all of that.
 */
final class Sections {
    private final MailLines lines;
    private final Map<Heading, Integer> headings;

    private Sections(MailLines lines, Map<Heading, Integer> headings) {
        this.lines = lines;
        this.headings = headings;
    }

    /** The headings in their order. */
    enum Heading {
        DESCRIPTION("Description"),
        SEVERITY("Severity"),
        VERSIONS("Affected and fixed versions"),
        FILES("Affected files"),
        MITIGATION("Mitigation");

        private final String title;

        Heading(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        private static Optional<Heading> of(String line) {
            for (Heading heading : values()) {
                if (heading.title.equals(line)) {
                    return Optional.of(heading);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The lines of one section.
     *
     * @param heading the line of its heading
     * @param start the first line behind the underlined heading
     * @param end behind its last line
     */
    record Extent(int heading, int start, int end) {}

    static Sections of(MailLines lines) {
        Map<Heading, Integer> headings = new EnumMap<>(Heading.class);
        for (int line = 1; line < lines.count(); line++) {
            if (lines.first(line) == '=') {
                int title = line - 1;
                underlined(lines, title)
                        .filter(heading -> heading != Heading.DESCRIPTION || !headings.containsKey(heading))
                        .ifPresent(heading -> headings.put(heading, title));
            }
        }
        return new Sections(lines, headings);
    }

    private static Optional<Heading> underlined(MailLines lines, int line) {
        Optional<Heading> heading = Heading.of(lines.stripped(line));
        return heading.filter(it -> lines.stripped(line + 1).equals("=".repeat(it.title.length())));
    }

    boolean has(Heading heading) {
        return headings.containsKey(heading);
    }

    boolean isEmpty() {
        return headings.isEmpty();
    }

    /** Whether a section is there and begins before a line. */
    boolean startsBefore(Heading heading, int line) {
        Integer at = headings.get(heading);
        return at != null && at < line;
    }

    /** Takes a heading for a part of the description after all. */
    Sections without(Heading heading) {
        Map<Heading, Integer> others = new EnumMap<>(headings);
        others.remove(heading);
        return new Sections(lines, others);
    }

    /** Whether those that are there stand in the order of an announcement. */
    boolean inOrder() {
        int before = -1;
        for (int line : headings.values()) {
            if (line < before) {
                return false;
            }
            before = line;
        }
        return true;
    }

    /** Up to the next heading. To be asked for a section that is there, and if all are in order. */
    Extent extent(Heading heading) {
        int line = headings.getOrDefault(heading, lines.count());
        int end = lines.count();
        for (int next : headings.values()) {
            end = next > line ? Math.min(end, next) : end;
        }
        return new Extent(line, line + 2, end);
    }
}
