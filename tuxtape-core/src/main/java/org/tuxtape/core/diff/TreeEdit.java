package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.diff.ApplyOutcome.Applied;
import org.tuxtape.core.diff.ApplyOutcome.Cause;
import org.tuxtape.core.diff.FileDiff.Kind;
import org.tuxtape.core.diff.TreeChange.Rejection;
import org.tuxtape.core.kernel.SourcePath;

/** Applies diffs to a tree in memory, one change of a file after the other. */
final class TreeEdit {
    /** The most chars that are gone through for hunks, in all: a minute in the worst case, a blink in any real one. */
    private static final long MOST_WORK = 1L << 30;

    private final Function<SourcePath, Optional<String>> tree;
    private final int fuzz;
    private final Map<SourcePath, FileChange> files = new TreeMap<>();
    private final Map<SourcePath, Optional<String>> atBegin = new HashMap<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private long work;

    TreeEdit(Function<SourcePath, Optional<String>> tree, int fuzz) {
        this.tree = Objects.requireNonNull(tree, "tree");
        this.fuzz = Application.checked(fuzz);
    }

    TreeChange apply(List<Diff> diffs) {
        for (int i = 0; i < diffs.size(); i++) {
            atBegin.clear();
            for (FileDiff file : diffs.get(i).files()) {
                apply(i, file);
            }
        }
        if (!rejections.isEmpty()) {
            return new TreeChange.Rejected(rejections);
        }
        files.values().removeIf(TreeEdit::isNone);
        return new TreeChange.Applied(new TreeMap<>(files));
    }

    private static boolean isNone(FileChange file) {
        return file.before().equals(file.after()) && file.mode().isEmpty();
    }

    private void apply(int diff, FileDiff file) {
        List<DiffPath> names = Stream.of(file.oldPath(), file.newPath())
                .flatMap(Optional::stream)
                .toList();
        if (names.stream().anyMatch(name -> name.inTree().isEmpty())) {
            reject(diff, file, Cause.OUTSIDE_TREE, List.of());
            return;
        }
        if (Stream.of(file.oldMode(), file.newMode()).flatMap(Optional::stream).anyMatch(FileMode::isSymbolicLink)) {
            reject(diff, file, Cause.SYMBOLIC_LINK, List.of());
            return;
        }
        SourcePath from = path(names.get(0));
        SourcePath to = path(names.get(names.size() - 1));
        if (!from.equals(to) && present(to).after().isPresent()) {
            reject(diff, file, Cause.FILE_EXISTS, List.of());
            return;
        }
        Optional<String> text =
                file.kind() == Kind.COPIED ? textAtBegin(from) : present(from).after();
        work += (1L + file.hunks().size()) * text.map(String::length).orElse(0);
        if (work > MOST_WORK) {
            reject(diff, file, Cause.LIMIT_EXCEEDED, List.of());
            return;
        }
        apply(diff, file, text).ifPresent(applied -> write(file, from, to, applied.content()));
    }

    /** Applies a change; one that does not fit as it should is rejected, but what more fuzz makes of it is gone on with. */
    private Optional<Applied> apply(int diff, FileDiff file, Optional<String> text) {
        ApplyOutcome outcome = file.applyTo(text, fuzz);
        if (outcome instanceof ApplyOutcome.Rejected rejected) {
            outcome = rejected.cause() == Cause.HUNKS ? file.applyTo(text, Application.MOST_FUZZ) : outcome;
            reject(diff, file, rejected.cause(), places(outcome));
        }
        return outcome instanceof Applied applied ? Optional.of(applied) : Optional.empty();
    }

    private static List<? extends HunkMatch> places(ApplyOutcome outcome) {
        return outcome instanceof Applied applied ? applied.places() : ((ApplyOutcome.Rejected) outcome).hunks();
    }

    private void write(FileDiff file, SourcePath from, SourcePath to, Optional<String> text) {
        if (file.kind() == Kind.RENAMED) {
            write(from, Optional.empty(), Optional.empty());
        }
        Optional<FileMode> mode = file.newMode().equals(file.oldMode()) ? Optional.empty() : file.newMode();
        write(to, text, mode);
    }

    private void write(SourcePath path, Optional<String> text, Optional<FileMode> mode) {
        FileChange present = present(path);
        atBegin.putIfAbsent(path, present.after());
        files.put(path, present.then(text, mode));
    }

    private FileChange present(SourcePath path) {
        FileChange present = files.get(path);
        if (present == null) {
            Optional<String> text = tree.apply(path);
            present = new FileChange(text, text, Optional.empty());
            files.put(path, present);
        }
        return present;
    }

    private Optional<String> textAtBegin(SourcePath path) {
        Optional<String> text = atBegin.get(path);
        return text == null ? present(path).after() : text;
    }

    private static SourcePath path(DiffPath name) {
        return name.inTree().orElseThrow();
    }

    private void reject(int diff, FileDiff file, Cause cause, List<? extends HunkMatch> hunks) {
        rejections.add(new Rejection(diff, file, cause, List.copyOf(hunks)));
    }
}
