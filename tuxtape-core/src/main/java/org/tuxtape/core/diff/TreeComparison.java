package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.diff.FileDiff.Kind;
import org.tuxtape.core.diff.TreeState.OfFile;
import org.tuxtape.core.kernel.SourcePath;

/** Compares a tree with changes of its files, going back from the last one and forth from the first one. */
final class TreeComparison {
    /** The most chars that are gone through for hunks, in all; each is looked for on two sides, with three fuzzes. */
    private static final long MOST_WORK = 1L << 28;

    private final List<FileDiff> changes;
    private final Function<SourcePath, Optional<String>> tree;
    private final Map<SourcePath, Optional<String>> read = new HashMap<>();
    private long work;

    TreeComparison(List<Diff> diffs, Function<SourcePath, Optional<String>> tree) {
        this.changes = diffs.stream().flatMap(diff -> diff.files().stream()).toList();
        this.tree = Objects.requireNonNull(tree, "tree");
    }

    TreeState compare() {
        List<OfFile> forth = walk(changes, HunkState.BEFORE);
        if (!isAnyFileChangedTwice()) {
            return new TreeState(forth);
        }
        List<FileDiff> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        List<OfFile> back = new ArrayList<>(walk(reversed, HunkState.AFTER));
        Collections.reverse(back);
        List<OfFile> both = new ArrayList<>();
        for (int i = 0; i < forth.size(); i++) {
            both.add(joined(back.get(i), forth.get(i)));
        }
        return new TreeState(both);
    }

    private boolean isAnyFileChangedTwice() {
        Set<DiffPath> seen = new HashSet<>();
        return changes.stream()
                .flatMap(file -> Stream.of(file.oldPath(), file.newPath())
                        .flatMap(Optional::stream)
                        .distinct())
                .anyMatch(name -> !seen.add(name));
    }

    /** A change that can be taken back counts as made, unless it could be made as well: then it is undone further on. */
    private static OfFile joined(OfFile back, OfFile forth) {
        if (back.state().overall() != HunkState.AFTER) {
            return forth;
        }
        if (forth.state().overall() != HunkState.BEFORE) {
            return back;
        }
        List<SourceState.OfHunk> hunks = forth.state().hunks().stream()
                .map(hunk -> new SourceState.OfHunk(HunkState.BOTH, hunk.before(), hunk.after()))
                .toList();
        return new OfFile(forth.file(), forth.path(), new SourceState(hunks), Optional.empty());
    }

    /** Compares one change after the other; whatever has the state is done, or undone, before the next one is looked at. */
    private List<OfFile> walk(List<FileDiff> files, HunkState passed) {
        Map<SourcePath, Optional<String>> texts = new HashMap<>();
        List<OfFile> states = new ArrayList<>();
        for (FileDiff file : files) {
            OfFile state = compare(file, texts);
            states.add(state);
            if (state.change().isPresent() && state.state().overall() == passed) {
                FileChange change = state.change().get();
                boolean forth = passed == HunkState.BEFORE;
                if (file.kind() != Kind.COPIED) {
                    path(file, forth ? Side.BEFORE : Side.AFTER).ifPresent(path -> texts.put(path, Optional.empty()));
                }
                path(file, forth ? Side.AFTER : Side.BEFORE)
                        .ifPresent(path -> texts.put(path, forth ? change.after() : change.before()));
            }
        }
        return states;
    }

    private static Optional<SourcePath> path(FileDiff file, Side side) {
        return (side == Side.BEFORE ? file.oldPath() : file.newPath()).flatMap(DiffPath::inTree);
    }

    private Optional<String> text(SourcePath path, Map<SourcePath, Optional<String>> texts) {
        Optional<String> changed = texts.get(path);
        return changed == null ? read.computeIfAbsent(path, tree) : changed;
    }

    private OfFile compare(FileDiff file, Map<SourcePath, Optional<String>> texts) {
        List<Optional<SourcePath>> names = Stream.of(file.newPath(), file.oldPath())
                .flatMap(Optional::stream)
                .distinct()
                .map(DiffPath::inTree)
                .toList();
        if (names.contains(Optional.<SourcePath>empty())) {
            return new OfFile(file, Optional.empty(), nothing(file), Optional.empty());
        }
        SourcePath path = names.stream()
                .flatMap(Optional::stream)
                .filter(name -> text(name, texts).isPresent())
                .findFirst()
                .orElseGet(() -> names.get(0).orElseThrow());
        Optional<String> text = text(path, texts);
        work += (1L + file.hunks().size()) * text.map(String::length).orElse(0);
        if (work > MOST_WORK) {
            return new OfFile(file, Optional.of(path), nothing(file), Optional.empty());
        }
        SourceState state = SourceState.of(file, text);
        return new OfFile(file, Optional.of(path), state, change(file, state.overall(), text));
    }

    private static SourceState nothing(FileDiff file) {
        return new SourceState(file.hunks().stream()
                .map(hunk -> SourceState.OfHunk.missing(HunkState.NEITHER))
                .toList());
    }

    private static Optional<FileChange> change(FileDiff file, HunkState state, Optional<String> text) {
        return switch (state) {
            case BEFORE -> applied(file, text).map(after -> new FileChange(text, after, Optional.empty()));
            case AFTER -> applied(file.reversed(), text).map(before -> new FileChange(before, text, Optional.empty()));
            case NEITHER, BOTH -> Optional.empty();
        };
    }

    private static Optional<Optional<String>> applied(FileDiff file, Optional<String> text) {
        return file.applyTo(text, Application.MOST_FUZZ) instanceof ApplyOutcome.Applied applied
                ? Optional.of(applied.content())
                : Optional.empty();
    }
}
