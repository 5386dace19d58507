package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.kernel.CommitId;

/** Which file of a store holds which commit. Filled once; then safe for use by several threads. */
final class PatchIndex {
    /** How much of a file is looked at to see whether it is a patch. */
    static final int HEAD = 512;

    /** The bytes of a patch, read when they are wanted. */
    interface Content {
        byte[] read() throws IOException;
    }

    private record Patch(String name, CommitId id, Content content) {}

    private final PatchLimits limits;
    private final TreeMap<String, Patch> patches = new TreeMap<>();
    private int files;

    PatchIndex(PatchLimits limits) {
        this.limits = limits;
    }

    PatchLimits limits() {
        return limits;
    }

    int size() {
        return patches.size();
    }

    /** Counts a file, whatever it is. */
    void count() throws LimitException {
        files++;
        if (files > limits.mostFiles()) {
            throw new LimitException("has more than " + limits.mostFiles() + " files; PatchLimits allow more");
        }
    }

    /** Adds a patch; the first one of a commit stays. */
    void add(String name, CommitId id, Content content) {
        patches.putIfAbsent(id.text(), new Patch(name, id, content));
    }

    UnusableCommitException tooLarge() {
        return new UnusableCommitException("has a patch of more than " + limits.largestPatch() + " bytes");
    }

    CommitLookup find(CommitId id, Object store) throws IOException {
        List<Patch> found = patches.tailMap(id.text()).values().stream()
                .takeWhile(patch -> patch.id().matches(id))
                .limit(2)
                .toList();
        if (found.size() != 1) {
            return new CommitLookup.Lacking((found.isEmpty() ? "is not in " : "can mean several patches in ") + store);
        }
        Patch patch = found.get(0);
        try {
            Diff diff = PatchText.parse(patch.content().read(), limits.largestPatch());
            if (diff.commit().equals(Optional.of(patch.id()))) {
                return new CommitLookup.Held(PatchText.fixCommit(diff.commit(), diff), 0);
            }
            return new CommitLookup.Lacking("is no longer in " + patch.name());
        } catch (NoSuchFileException e) {
            return new CommitLookup.Lacking("is no longer there: " + patch.name() + " is gone");
        } catch (UnusableCommitException e) {
            return new CommitLookup.Lacking(e.getMessage() + " (" + patch.name() + ")");
        }
    }
}
