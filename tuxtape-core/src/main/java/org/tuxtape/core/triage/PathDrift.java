package org.tuxtape.core.triage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.diff.SourceState;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourceTree;

/** Finds files again that this kernel's source has under another name than mainline. */
final class PathDrift {
    /** There are some hundred {@code main.c}: so many are not read for one file. */
    private static final int MOST_NAMESAKES = 32;

    private final Optional<SourceTree> source;
    private final KnownFix fix;
    private final Map<SourcePath, Optional<MovedFile>> known = new HashMap<>();

    PathDrift(Optional<SourceTree> source, KnownFix fix) {
        this.source = source;
        this.fix = fix;
    }

    /** Tells whether a path may be wrong for this source: it is not known to be there. */
    boolean lacks(SourcePath path) {
        return source.map(tree -> tree.text(path).isEmpty()).orElse(true);
    }

    /** Looks for a file that the source lacks: by the fix of the branch, then by its name and content. */
    Optional<MovedFile> find(SourcePath path) {
        return byBranchFix(path).or(() -> byName(path));
    }

    /** Returns the text of a file, wherever it is now. */
    Optional<String> text(SourcePath path) {
        Optional<String> text = source.flatMap(tree -> tree.text(path));
        return text.isPresent()
                ? text
                : byName(path)
                        .flatMap(moved ->
                                source.flatMap(tree -> tree.text(moved.found().first())));
    }

    /** Returns where a file is now. */
    SourcePath place(SourcePath path) {
        return lacks(path) ? byName(path).map(moved -> moved.found().first()).orElse(path) : path;
    }

    private Optional<MovedFile> byBranchFix(SourcePath path) {
        SortedSet<SourcePath> paths = fix.paths();
        if (!fix.isOwn() || paths.isEmpty() || paths.contains(path)) {
            return Optional.empty();
        }
        List<SourcePath> namesakes =
                paths.stream().filter(other -> other.name().equals(path.name())).toList();
        return Optional.of(MovedFile.of(path, namesakes.size() == 1 ? namesakes : paths, MovedFile.Means.BRANCH_FIX));
    }

    private Optional<MovedFile> byName(SourcePath path) {
        Optional<MovedFile> moved = known.get(path);
        if (moved == null) {
            moved = source.flatMap(tree -> byName(path, tree));
            known.put(path, moved);
        }
        return moved;
    }

    private Optional<MovedFile> byName(SourcePath path, SourceTree tree) {
        List<FileDiff> changes = fix.files()
                .filter(file -> file.kind() != FileDiff.Kind.ADDED
                        && file.path().inTree().filter(path::equals).isPresent())
                .toList();
        if (changes.size() != 1) {
            return Optional.empty();
        }
        SortedSet<SourcePath> namesakes = tree.named(path.name());
        if (namesakes.size() > MOST_NAMESAKES) {
            return Optional.empty();
        }
        List<SourcePath> matching = namesakes.stream()
                .filter(other -> isSideOf(changes.get(0), tree.text(other)))
                .toList();
        return matching.size() == 1
                ? Optional.of(MovedFile.of(path, matching, MovedFile.Means.NAME_AND_CONTENT))
                : Optional.empty();
    }

    private static boolean isSideOf(FileDiff change, Optional<String> text) {
        HunkState state = text.isEmpty()
                ? HunkState.NEITHER
                : SourceState.of(change, text).overall();
        return state == HunkState.BEFORE || state == HunkState.AFTER;
    }
}
