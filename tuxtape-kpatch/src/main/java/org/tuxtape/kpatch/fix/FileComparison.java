package org.tuxtape.kpatch.fix;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.BinaryChange;
import org.tuxtape.core.diff.Blobs;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.FileDiff.Kind;
import org.tuxtape.kpatch.internal.compare.TextComparison;

/** What changes between two versions of a file, with three lines around each change, as git shows it. */
final class FileComparison {
    private static final String NO_BLOB = "0".repeat(40);

    private FileComparison() {}

    /** Returns no change, one, or two where a file becomes a link. */
    static List<FileDiff> between(
            DiffPath path, Optional<FileVersion> older, Optional<FileVersion> newer, CancellationToken cancellation) {
        if (older.isEmpty() || newer.isEmpty()) {
            return older.isEmpty() && newer.isEmpty() ? List.of() : List.of(diff(path, older, newer, cancellation));
        }
        FileVersion before = older.get();
        FileVersion after = newer.get();
        if (!before.isOfTheKindOf(after)) {
            return List.of(
                    diff(path, older, Optional.empty(), cancellation),
                    diff(path, Optional.empty(), newer, cancellation));
        }
        boolean same = before.mode().equals(after.mode()) && before.content().equals(after.content());
        return same ? List.of() : List.of(diff(path, older, newer, cancellation));
    }

    private static FileDiff diff(
            DiffPath path, Optional<FileVersion> older, Optional<FileVersion> newer, CancellationToken cancellation) {
        String before = older.map(FileVersion::content).orElse("");
        String after = newer.map(FileVersion::content).orElse("");
        boolean changed = !before.equals(after);
        boolean binary = changed
                && (older.filter(FileVersion::isBinary).isPresent()
                        || newer.filter(FileVersion::isBinary).isPresent());
        Kind kind = older.isEmpty()
                ? Kind.ADDED
                : newer.isEmpty() ? Kind.DELETED : changed ? Kind.MODIFIED : Kind.MODE_ONLY;
        Optional<Blobs> blobs = changed ? blobs(older, newer) : Optional.empty();
        boolean modes = blobs.isPresent() || !older.map(FileVersion::mode).equals(newer.map(FileVersion::mode));
        return new FileDiff(
                kind,
                older.map(version -> path),
                newer.map(version -> path),
                older.map(FileVersion::mode).filter(mode -> modes),
                newer.map(FileVersion::mode).filter(mode -> modes),
                blobs,
                changed && !binary ? TextComparison.hunks(before, after, cancellation) : List.of(),
                binary ? Optional.of(BinaryChange.UNKNOWN) : Optional.empty());
    }

    private static Optional<Blobs> blobs(Optional<FileVersion> older, Optional<FileVersion> newer) {
        Optional<String> before =
                older.isEmpty() ? Optional.of(NO_BLOB) : older.get().blob();
        Optional<String> after =
                newer.isEmpty() ? Optional.of(NO_BLOB) : newer.get().blob();
        return before.flatMap(one -> after.map(other -> new Blobs(one, other)));
    }
}
