package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;

/**
 * A patch: what it does to files, and what it says about itself.
 *
 * <pre>{@code
 * Diff diff = Diff.parse(Files.readString(patch, StandardCharsets.ISO_8859_1));
 * }</pre>
 *
 * @param header the text before the first file, such as a mail's header, a commit message and a diffstat; possibly empty
 * @param commit the id in the header's first line, as {@code git format-patch}, {@code git show} and {@code git log} write
 *     it
 * @param subject the title of the commit, without {@code [PATCH]} and the like; possibly empty
 * @param files the changes in the order of the text; a series of patches may change a file several times
 * @since 0.1
 */
public record Diff(String header, Optional<CommitId> commit, String subject, List<FileDiff> files) {
    /** The most chars that a diff has unless the caller says otherwise. */
    public static final int LONGEST = 16 << 20;

    /** Copies the list. */
    public Diff {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(subject, "subject");
        files = List.copyOf(files);
    }

    /**
     * Reads a diff of at most {@value #LONGEST} chars.
     *
     * @param text see {@link #parse(String, int)}
     * @return what it says
     * @throws DiffException if it cannot be relied on
     */
    public static Diff parse(String text) {
        return parse(text, LONGEST);
    }

    /**
     * Reads a diff in git's format or the plain unified one, or several, with any text between them. Names lose their first
     * part, as with {@code patch -p1}. Time and memory grow with the length of the text.
     *
     * <p>As GNU patch does, it takes a carriage return from the end of each line of a file whose header lines have one, and
     * an empty or tab-indented line of a hunk for a context line that has lost its space. Unlike GNU patch it refuses a
     * text whose hunks have more or fewer lines than they say, whose header lines contradict each other, or that has
     * diffs of other kinds, rather than to skip what it cannot read.
     *
     * @param text the diff, one char per byte; one without any change is a diff without files
     * @param longest the most chars that it may have
     * @return what it says
     * @throws DiffException if it cannot be relied on
     */
    public static Diff parse(String text, int longest) {
        return new DiffReader(text, longest).read();
    }

    /**
     * Returns the diff that takes this one back.
     *
     * @return the reversed changes in reversed order, under the same header
     */
    public Diff reversed() {
        List<FileDiff> reversed =
                new ArrayList<>(files.stream().map(FileDiff::reversed).toList());
        Collections.reverse(reversed);
        return new Diff(header, commit, subject, reversed);
    }

    /**
     * Writes the diff.
     *
     * @return a text that {@link #parse} reads as an equal diff; time stamps, similarities and text after the first
     *     change are not kept
     */
    public String toText() {
        StringBuilder text = new StringBuilder(header);
        files.forEach(file -> FileDiffText.append(file, text));
        return text.toString();
    }
}
