package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;

/** What changes between two trees of a repository, file by file, without looking for renamed ones. */
final class TreeComparison {
    private static final int OLDER = 0;
    private static final int NEWER = 1;
    private static final int DEEPEST = 64;
    private static final int MOST_FILES = 10_000;

    private final ObjectReader objects;
    private final CancellationToken cancellation;
    private final List<FileDiff> files = new ArrayList<>();
    private long length;

    private TreeComparison(ObjectReader objects, CancellationToken cancellation) {
        this.objects = objects;
        this.cancellation = cancellation;
    }

    /** Compares two trees; without an older one everything is new. */
    static List<FileDiff> of(
            Optional<? extends AnyObjectId> older,
            AnyObjectId newer,
            ObjectReader objects,
            CancellationToken cancellation)
            throws IOException {
        TreeComparison comparison = new TreeComparison(objects, cancellation);
        try (TreeWalk walk = new TreeWalk(objects)) {
            if (older.isPresent()) {
                walk.addTree(older.get());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(newer);
            walk.setFilter(TreeFilter.ANY_DIFF);
            comparison.compare(walk);
        }
        return comparison.files;
    }

    private void compare(TreeWalk walk) throws IOException {
        while (walk.next()) {
            cancellation.throwIfCancelled();
            if (walk.isSubtree()) {
                if (walk.getDepth() >= DEEPEST) {
                    throw new UnusableCommitException("has directories that are too deep");
                }
                walk.enterSubtree();
            } else {
                compareFiles(walk);
            }
        }
    }

    private void compareFiles(TreeWalk walk) throws IOException {
        String path = new String(walk.getRawPath(), StandardCharsets.ISO_8859_1);
        if (FileMode.GITLINK.equals(walk.getRawMode(OLDER)) || FileMode.GITLINK.equals(walk.getRawMode(NEWER))) {
            throw new UnusableCommitException("changes the submodule " + path);
        }
        for (FileDiff file :
                FileComparison.between(new DiffPath(path), version(walk, OLDER), version(walk, NEWER), cancellation)) {
            length += file.toText().length();
            files.add(file);
        }
        if (files.size() > MOST_FILES || length > Diff.LONGEST) {
            throw new UnusableCommitException("changes more than a diff may have");
        }
    }

    private Optional<FileVersion> version(TreeWalk walk, int side) throws IOException {
        int mode = walk.getRawMode(side);
        if (FileMode.MISSING.equals(mode)) {
            return Optional.empty();
        }
        ObjectId id = walk.getObjectId(side);
        byte[] content = objects.open(id, Constants.OBJ_BLOB).getCachedBytes();
        return Optional.of(
                new FileVersion(mode(mode), Optional.of(id.name()), new String(content, StandardCharsets.ISO_8859_1)));
    }

    private static org.tuxtape.core.diff.FileMode mode(int bits) throws DamagedException {
        try {
            return new org.tuxtape.core.diff.FileMode(String.format("%06o", bits));
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a tree with a file of an unknown mode", e);
        }
    }
}
