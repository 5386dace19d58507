package org.tuxtape.kpatch.compose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tuxtape.core.diff.ChangedCode;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.diff.SourceState;
import org.tuxtape.core.diff.TreeChange;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.SourcePath;

/**
 * The text of the source, with or without some fixes, as far as it is known. A fix whose diffs cannot be read is known to do
 * nothing; the builder says what is wrong with it.
 */
final class SourceText {
    private static final int FUZZ = 2;

    private final Function<SourcePath, Optional<String>> tree;
    private final boolean known;
    private final Map<Fix, List<Diff>> diffs;

    private SourceText(Function<SourcePath, Optional<String>> tree, boolean known, Map<Fix, List<Diff>> diffs) {
        this.tree = tree;
        this.known = known;
        this.diffs = diffs;
    }

    /** Keeps what it has read of the tree. */
    static SourceText of(Function<SourcePath, Optional<String>> tree) {
        Map<SourcePath, Optional<String>> read = new HashMap<>();
        return new SourceText(path -> read.computeIfAbsent(path, tree), true, new HashMap<>());
    }

    /** Returns a text of which nothing is known, and on which nothing is said to fit or to be held. */
    static SourceText unknown() {
        return new SourceText(path -> Optional.empty(), false, new HashMap<>());
    }

    boolean isKnown() {
        return known;
    }

    List<Diff> diffs(Fix fix) {
        return diffs.computeIfAbsent(fix, SourceText::parse);
    }

    private static List<Diff> parse(Fix fix) {
        try {
            return fix.commits().stream()
                    .map(commit -> Diff.parse(commit.diff()))
                    .toList();
        } catch (DiffException unreadable) {
            return List.of();
        }
    }

    /** Returns the text that fixes lead to; that of this source if they do not fit. */
    SourceText with(List<Fix> fixes) {
        if (!(apply(fixes) instanceof TreeChange.Applied applied)) {
            return this;
        }
        return new SourceText(
                path -> {
                    FileChange change = applied.files().get(path);
                    return change == null ? tree.apply(path) : change.after();
                },
                known,
                diffs);
    }

    private TreeChange apply(List<Fix> fixes) {
        return TreeChange.of(fixes.stream().flatMap(fix -> diffs(fix).stream()).toList(), tree, FUZZ);
    }

    /** Names those of some fixes that do not fit when all are applied in order. */
    Set<Fix> misfits(List<Fix> fixes) {
        if (!(apply(fixes) instanceof TreeChange.Rejected rejected)) {
            return Set.of();
        }
        List<Fix> fixOfDiff = fixes.stream()
                .flatMap(fix -> Collections.nCopies(diffs(fix).size(), fix).stream())
                .toList();
        Set<Fix> misfits = new HashSet<>();
        rejected.rejections().forEach(rejection -> misfits.add(fixOfDiff.get(rejection.diff())));
        return misfits;
    }

    /** Tells whether the text is what a fix leads to: it can be taken back, and where it ends nothing else fits better. */
    boolean holds(Fix fix) {
        List<FileDiff> files =
                diffs(fix).stream().flatMap(diff -> diff.files().stream()).toList();
        Map<String, FileDiff> last = new HashMap<>();
        files.forEach(file -> last.put(file.path().raw(), file));
        if (!known || files.isEmpty() || !last.values().stream().allMatch(this::isAfter)) {
            return false;
        }
        List<Diff> back =
                new ArrayList<>(diffs(fix).stream().map(Diff::reversed).toList());
        Collections.reverse(back);
        return TreeChange.of(back, tree, FUZZ) instanceof TreeChange.Applied;
    }

    private boolean isAfter(FileDiff file) {
        Optional<String> text = file.path().inTree().flatMap(tree);
        return SourceState.of(file, text).overall() == HunkState.AFTER;
    }

    /** Names the functions that a fix touches; none if it does not fit. */
    Set<String> functions(Fix fix) {
        Set<String> functions = new TreeSet<>();
        if (apply(List.of(fix)) instanceof TreeChange.Applied applied) {
            diffs(fix).stream()
                    .flatMap(diff -> diff.files().stream())
                    .forEach(file -> functions.addAll(functions(file, applied)));
        }
        return functions;
    }

    private static Set<String> functions(FileDiff file, TreeChange.Applied applied) {
        return file.path()
                .inTree()
                .flatMap(path -> Optional.ofNullable(applied.files().get(path)))
                .map(change -> ChangedCode.of(file, change.before(), change.after()))
                .<Set<String>>map(ChangedCode::functions)
                .orElse(Set.of());
    }
}
