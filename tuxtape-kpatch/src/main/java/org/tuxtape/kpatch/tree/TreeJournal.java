package org.tuxtape.kpatch.tree;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.text.Stanza;

/**
 * What files were before a tool could change them. Its text form ends with a digest of what is before it, so that one
 * that is not whole is none.
 *
 * @param entries one for each file, in the order in which they were guarded
 */
record TreeJournal(List<Entry> entries) {
    private static final String FORMAT = "tuxtape-tree-journal 1";
    private static final String DIGEST = "Digest: ";

    TreeJournal {
        entries = List.copyOf(entries);
    }

    /** What stood at a path. */
    sealed interface Entry {
        SourcePath path();
    }

    /**
     * A file.
     *
     * @param path where it stands
     * @param sha256 of its content
     * @param copy the name of its copy
     * @param mode its permissions
     * @param modified when its content was changed last
     * @param product whether make makes it
     */
    record Original(
            SourcePath path,
            String sha256,
            String copy,
            Set<PosixFilePermission> mode,
            Instant modified,
            boolean product)
            implements Entry {
        private static final Pattern COPY = Pattern.compile("[0-9a-f]{64}-\\d{1,9}");

        /** Rejects a copy that could lie anywhere: a journal may come with a tree. */
        Original {
            mode = Set.copyOf(mode);
            if (!COPY.matcher(copy).matches()) {
                throw new IllegalArgumentException("Not the name of a copy: '" + copy + "'.");
            }
        }
    }

    /** A symbolic link. */
    record Link(SourcePath path, String target) implements Entry {}

    /**
     * Nothing.
     *
     * @param depth how many of the directories above it there were
     */
    record Absent(SourcePath path, int depth) implements Entry {}

    String toText() {
        String body = Stanza.empty()
                .with("Format", FORMAT)
                .with("Files", entries.stream().map(TreeJournal::line).toList())
                .toString();
        return body + DIGEST + sha256(body) + '\n';
    }

    private static String line(Entry entry) {
        if (entry instanceof Original file) {
            return String.join(
                    " ",
                    file.product() ? "product" : "file",
                    encoded(file.path().text()),
                    file.sha256(),
                    file.copy(),
                    PosixFilePermissions.toString(file.mode()),
                    file.modified().toString());
        }
        if (entry instanceof Link link) {
            return "link " + encoded(link.path().text()) + ' ' + encoded(link.target());
        }
        return "absent " + encoded(entry.path().text()) + ' ' + ((Absent) entry).depth();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    /** Reads a journal; empty if it is not one, or not a whole one. */
    static Optional<TreeJournal> tryParse(String text) {
        int end = text.lastIndexOf(DIGEST);
        if (end < 0 || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String body = text.substring(0, end);
        if (!text.substring(end + DIGEST.length()).strip().equals(sha256(body))) {
            return Optional.empty();
        }
        try {
            Stanza stanza = Stanza.parse(body);
            List<Entry> entries = new ArrayList<>();
            for (String line : stanza.lines("Files")) {
                entries.add(entry(List.of(line.split(" "))));
            }
            return stanza.required("Format").equals(FORMAT) ? Optional.of(new TreeJournal(entries)) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Entry entry(List<String> words) {
        SourcePath path = SourcePath.parse(URLDecoder.decode(words.get(1), StandardCharsets.UTF_8));
        return switch (words.get(0)) {
            case "file", "product" ->
                new Original(
                        path,
                        words.get(2),
                        words.get(3),
                        PosixFilePermissions.fromString(words.get(4)),
                        Instant.parse(words.get(5)),
                        words.get(0).equals("product"));
            case "link" -> new Link(path, URLDecoder.decode(words.get(2), StandardCharsets.UTF_8));
            case "absent" -> new Absent(path, Integer.parseInt(words.get(2)));
            default -> throw new IllegalArgumentException("Not a line of a journal: " + words);
        };
    }

    private static String sha256(String text) {
        return Digests.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
