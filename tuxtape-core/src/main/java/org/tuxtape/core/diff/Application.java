package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.diff.ApplyOutcome.Applied;
import org.tuxtape.core.diff.ApplyOutcome.Cause;
import org.tuxtape.core.diff.ApplyOutcome.Rejected;

/** Applies a change to a text. */
record Application(FileDiff file, int fuzz) {
    static final int MOST_FUZZ = 2;

    Application {
        checked(fuzz);
    }

    static int checked(int fuzz) {
        if (fuzz < 0 || fuzz > MOST_FUZZ) {
            throw new IllegalArgumentException("Fuzz is 0 to " + MOST_FUZZ + " lines.");
        }
        return fuzz;
    }

    ApplyOutcome to(Optional<String> content) {
        if (file.binary().isPresent()) {
            return new Rejected(Cause.BINARY, List.of());
        }
        boolean added = file.kind() == FileDiff.Kind.ADDED;
        if (added && content.filter(text -> !text.isEmpty()).isPresent()) {
            return new Rejected(Cause.FILE_EXISTS, List.of());
        }
        if (!added && content.isEmpty()) {
            return new Rejected(Cause.NO_FILE, List.of());
        }
        return change(content.orElse(""));
    }

    private ApplyOutcome change(String content) {
        TextLines lines = TextLines.of(content);
        StringBuilder changed = new StringBuilder(content.length());
        List<HunkMatch> matches = new ArrayList<>();
        List<HunkMatch.Found> places = new ArrayList<>();
        HunkFinder finder = new HunkFinder(file, Side.BEFORE, lines, false);
        int done = 0;
        for (Hunk hunk : file.hunks()) {
            HunkMatch match = finder.next(hunk, fuzz);
            matches.add(match);
            if (match instanceof HunkMatch.Found place) {
                places.add(place);
                done = write(hunk, place.line() - 1, lines, done, changed);
            }
        }
        if (places.size() < matches.size()) {
            return new Rejected(Cause.HUNKS, matches);
        }
        lines.append(done, lines.count(), changed);
        if (file.kind() != FileDiff.Kind.DELETED) {
            return new Applied(Optional.of(changed.toString()), places);
        }
        return changed.isEmpty() ? new Applied(Optional.empty(), places) : new Rejected(Cause.CONTENT_LEFT, matches);
    }

    /** Writes the text as far as the hunk changes it, and returns up to which line of the old text that is. */
    private static int write(Hunk hunk, int index, TextLines lines, int done, StringBuilder changed) {
        int at = index;
        int written = done;
        for (DiffLine line : hunk.lines()) {
            switch (line.kind()) {
                case CONTEXT -> at++;
                case REMOVED -> {
                    lines.append(written, at, changed);
                    written = ++at;
                }
                case ADDED -> {
                    lines.append(written, at, changed);
                    written = at;
                    changed.append(line.content());
                }
            }
        }
        return written;
    }
}
