package org.tuxtape.kpatch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.FileDiff.Kind;
import org.tuxtape.core.diff.Hunk;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.internal.compare.TextComparison;

/**
 * Diffs made from the texts before and after. They fit without fuzz and at the very line, and hold nothing but what was
 * looked at: that is what a tool is given instead of the text that came from outside.
 */
final class ExactDiff {
    private ExactDiff() {}

    /** Writes a diff in git's format; a file whose mode alone changes is left out, since no tool takes it. */
    static String of(SortedMap<SourcePath, FileChange> files) {
        StringBuilder text = new StringBuilder();
        files.forEach((path, change) -> {
            if (!change.before().equals(change.after())) {
                text.append(of(path, change).toText());
            }
        });
        return text.toString();
    }

    private static FileDiff of(SourcePath path, FileChange change) {
        Optional<DiffPath> name = Optional.of(new DiffPath(byteText(path.text())));
        Optional<DiffPath> before = change.before().flatMap(text -> name);
        Optional<DiffPath> after = change.after().flatMap(text -> name);
        Kind kind = before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.DELETED : Kind.MODIFIED;
        return new FileDiff(
                kind,
                before,
                after,
                Optional.empty(),
                kind == Kind.ADDED ? change.mode() : Optional.empty(),
                Optional.empty(),
                hunks(change.before().orElse(""), change.after().orElse("")),
                Optional.empty());
    }

    private static List<Hunk> hunks(String before, String after) {
        return TextComparison.hunks(before, after, CancellationToken.never());
    }

    private static String byteText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
