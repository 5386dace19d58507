package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.cve.CveId;

/** Which records differ between two commits. Directories that both have alike are not looked into. */
final class TreeDelta {
    private static final int OLDER = 0;
    private static final int NEWER = 1;
    private static final int DEEPEST = 64;
    /** A few small trees can name each other so often that nobody ever reaches the end. */
    private static final int MOST_ENTRIES = 2_000_000;

    private final Optional<Snapshot> from;
    private final Snapshot to;
    private final ObjectReader objects;
    private final Faults faults;
    private final CancellationToken cancellation;
    private final Map<RecordPath, RecordChange.Files> older = new HashMap<>();
    private final Map<RecordPath, RecordChange.Files> newer = new HashMap<>();
    private int entries;

    private TreeDelta(
            Optional<Snapshot> from, Snapshot to, ObjectReader objects, Faults faults, CancellationToken cancellation) {
        this.from = from;
        this.to = to;
        this.objects = objects;
        this.faults = faults;
        this.cancellation = cancellation;
    }

    /**
     * Compares two commits.
     *
     * @param from the one that was read before; empty if none was, and everything is new
     * @return what is to be told to whoever has read that one, by CVE
     */
    static List<RecordChange> between(
            Optional<Snapshot> from, Snapshot to, ObjectReader objects, Faults faults, CancellationToken cancellation)
            throws IOException {
        if (from.map(Snapshot::tree).equals(Optional.of(to.tree()))) {
            return List.of();
        }
        TreeDelta delta = new TreeDelta(from, to, objects, faults, cancellation);
        delta.compare();
        return delta.changes();
    }

    private void compare() throws IOException {
        try (TreeWalk walk = new TreeWalk(objects)) {
            if (from.isPresent()) {
                add(walk, from.get());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            add(walk, to);
            while (walk.next()) {
                cancellation.throwIfCancelled();
                visit(walk);
            }
        }
    }

    private void add(TreeWalk walk, Snapshot snapshot) throws IOException {
        try {
            walk.addTree(snapshot.tree());
        } catch (MissingObjectException e) {
            throw faults.missing(snapshot, e);
        }
    }

    private void visit(TreeWalk walk) throws IOException {
        entries++;
        if (entries > MOST_ENTRIES || walk.getDepth() >= DEEPEST) {
            throw new LimitException("has more than " + MOST_ENTRIES + " files, or more than " + DEEPEST
                    + " directories in one another");
        }
        if (!walk.isSubtree()) {
            RecordPath.tryParse(walk.getPathString()).ifPresent(path -> {
                collect(walk, OLDER, path, older);
                collect(walk, NEWER, path, newer);
            });
        } else if (!walk.idEqual(OLDER, NEWER) && !walk.getNameString().startsWith(".")) {
            enter(walk);
        }
    }

    private void enter(TreeWalk walk) throws IOException {
        try {
            walk.enterSubtree();
        } catch (MissingObjectException e) {
            boolean lacksNewer = walk.getObjectId(NEWER).equals(e.getObjectId());
            throw faults.missing(lacksNewer ? to : from.orElse(to), e);
        }
    }

    private static void collect(TreeWalk walk, int side, RecordPath path, Map<RecordPath, RecordChange.Files> records) {
        int mode = walk.getRawMode(side);
        if (FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)) {
            RecordPath record = path.withEnding(RecordPath.JSON);
            RecordChange.Files files = records.getOrDefault(record, RecordChange.Files.NONE);
            records.put(record, files.with(path.ending(), walk.getObjectId(side)));
        }
    }

    private List<RecordChange> changes() throws IOException {
        List<RecordChange> changes = new ArrayList<>();
        newer.forEach((path, files) -> {
            if (files.json().isPresent() && !files.equals(older.get(path))) {
                changes.add(new RecordChange(path, files));
            }
        });
        changes.addAll(remains(changes));
        changes.sort(RecordChange.ORDER);
        return changes;
    }

    /**
     * Of CVEs that lost a record, and of which nothing new tells: the records that they still have elsewhere, or else the
     * one that is gone.
     */
    private List<RecordChange> remains(List<RecordChange> changes) throws IOException {
        Set<CveId> told = new HashSet<>();
        changes.forEach(change -> told.add(change.path().id()));
        Map<CveId, RecordPath> gone = new HashMap<>();
        older.forEach((path, files) -> {
            boolean isThere =
                    newer.getOrDefault(path, RecordChange.Files.NONE).json().isPresent();
            if (files.json().isPresent() && !isThere && !told.contains(path.id())) {
                gone.merge(path.id(), path, (one, other) -> RecordPath.ORDER.compare(one, other) < 0 ? one : other);
            }
        });
        if (gone.isEmpty()) {
            return List.of();
        }
        List<RecordChange> remains = new ArrayList<>();
        for (RecordChange record : between(Optional.empty(), to, objects, faults, cancellation)) {
            CveId id = record.path().id();
            if (gone.containsKey(id)) {
                remains.add(record);
                told.add(id);
            }
        }
        gone.forEach((id, path) -> {
            if (!told.contains(id)) {
                remains.add(new RecordChange(path, RecordChange.Files.NONE));
            }
        });
        return remains;
    }
}
