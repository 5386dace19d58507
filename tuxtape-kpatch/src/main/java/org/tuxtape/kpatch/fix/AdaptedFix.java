package org.tuxtape.kpatch.fix;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.Hunk;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.kpatch.internal.compare.TextComparison;

/** A fix of an overlay, before it is known what it was adapted from. */
record AdaptedFix(KernelVersion branch, String author, List<FixCommit> commits) {

    FixLine line() {
        return new FixLine(branch, false, List.of());
    }

    Fix of(CveId cve, Optional<Fix> original, CancellationToken cancellation) {
        String difference = original.map(fix -> difference(fix, cancellation)).orElse("");
        return new Fix(cve, branch, commits, new FixOrigin.Adapted(author, original, difference));
    }

    private String difference(Fix original, CancellationToken cancellation) {
        String before = changes(original.commits());
        String after = changes(commits);
        List<Hunk> hunks = TextComparison.hunks(before, after, cancellation);
        return hunks.isEmpty()
                ? ""
                : "--- a/original\n+++ b/adapted\n"
                        + hunks.stream().map(Hunk::toText).collect(Collectors.joining());
    }

    /** Writes what is changed, without what moves whenever something else does. */
    private static String changes(List<FixCommit> commits) {
        StringBuilder text = new StringBuilder();
        for (FixCommit commit : commits) {
            for (FileDiff file : Diff.parse(commit.diff()).files()) {
                text.append(file.kind()).append(' ').append(name(file)).append('\n');
                for (Hunk hunk : file.hunks()) {
                    String lines = hunk.toText();
                    text.append("@@\n").append(lines, lines.indexOf('\n') + 1, lines.length());
                }
            }
        }
        return text.toString();
    }

    private static String name(FileDiff file) {
        String old = file.oldPath()
                .filter(path -> !path.equals(file.path()))
                .map(DiffPath::raw)
                .orElse("");
        return old.isEmpty() ? file.path().raw() : old + " -> " + file.path().raw();
    }
}
