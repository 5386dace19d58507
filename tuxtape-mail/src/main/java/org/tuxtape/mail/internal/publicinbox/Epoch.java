package org.tuxtape.mail.internal.publicinbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.git.DamagedRepositoryException;
import org.tuxtape.git.GitLayout;
import org.tuxtape.git.GitObjects;
import org.tuxtape.git.GitRefs;
import org.tuxtape.mail.internal.stream.StorageFaults;

/**
 * One git repository of an archive.
 *
 * @see <a href="https://public-inbox.org/public-inbox-v2-format.html">The format</a>
 */
final class Epoch implements Closeable {
    private static final int LARGEST_COMMIT = 1 << 20;
    private static final int LARGEST_TREE = 1 << 12;
    private static final String MASTER = "refs/heads/master";

    private final SourceId id;
    private final Path directory;
    private final GitLayout layout;
    private final GitObjects objects;

    private Epoch(SourceId id, Path directory, GitLayout layout, GitObjects objects) {
        this.id = id;
        this.directory = directory;
        this.layout = layout;
        this.objects = objects;
    }

    /**
     * Opens a repository.
     *
     * @param largest the size in bytes above which a message is not taken into memory as a whole
     */
    static Epoch open(SourceId id, Path directory, int largest, CancellationToken cancellation) {
        try {
            GitLayout layout = GitLayout.of(directory);
            return new Epoch(id, directory, layout, GitObjects.open(layout, largest, cancellation));
        } catch (NoSuchFileException e) {
            throw new SourceException(id, Fault.WRONG_KIND, directory + " is no git repository.", e);
        } catch (DamagedRepositoryException e) {
            throw new SourceException(id, Fault.CORRUPT, directory + " is damaged: it has " + e.found() + ".", e);
        } catch (IOException e) {
            throw StorageFaults.of(id, e);
        }
    }

    /** Reads what each commit did, from the newest to the oldest. */
    History history(CancellationToken cancellation) {
        if (!layout.shallow().isEmpty()) {
            String message = directory + " is a shallow clone: its older messages are missing.";
            throw new SourceException(id, Fault.TRUNCATED, message);
        }
        History history = new History();
        for (Optional<ObjectId> commit = tip(); commit.isPresent(); ) {
            cancellation.throwIfCancelled();
            ObjectId current = commit.get();
            CommitLines lines = CommitLines.of(commit(current));
            if (lines.parents().size() > 1) {
                String message = directory + " is no archive of public-inbox: " + current.name() + " is a merge.";
                throw new SourceException(id, Fault.WRONG_KIND, message);
            }
            history.add(lines.tree()
                    .map(tree -> entry(current, tree))
                    .orElseGet(() -> new Entry(Entry.Kind.BROKEN, current, ObjectId.zeroId())));
            commit = lines.parents().stream().findFirst();
        }
        return history;
    }

    /** The commit of the branch that HEAD names, or else of master, since a server may name its branch otherwise. */
    private Optional<ObjectId> tip() {
        try {
            GitRefs refs = GitRefs.of(layout);
            Optional<ObjectId> head = refs.head();
            return head.isPresent() ? head : refs.find(MASTER);
        } catch (DamagedRepositoryException e) {
            throw corrupt("it has " + e.found(), e);
        } catch (IOException e) {
            throw corrupt("its branch cannot be read, since " + StorageFaults.reason(e), e);
        }
    }

    private byte[] commit(ObjectId commit) {
        try {
            return objects.beginning(commit, Constants.OBJ_COMMIT, LARGEST_COMMIT);
        } catch (MissingObjectException e) {
            throw corrupt("commit " + commit.name() + " is missing, and with it all before it", e);
        } catch (IOException | LargeObjectException e) {
            throw corrupt("commit " + commit.name() + " cannot be read, nor can all before it", e);
        }
    }

    private Entry entry(ObjectId commit, ObjectId tree) {
        try {
            CanonicalTreeParser files = new CanonicalTreeParser();
            files.reset(objects.beginning(tree, Constants.OBJ_TREE, LARGEST_TREE));
            Entry entry = new Entry(Entry.Kind.EMPTY, commit, ObjectId.zeroId());
            for (; !files.eof(); files.next()) {
                String name = files.getEntryPathString();
                if (name.equals("m")) {
                    return new Entry(Entry.Kind.MESSAGE, commit, files.getEntryObjectId());
                }
                if (name.equals("d")) {
                    entry = new Entry(Entry.Kind.DELETION, commit, files.getEntryObjectId());
                }
            }
            return entry;
        } catch (CancelledException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return new Entry(Entry.Kind.BROKEN, commit, ObjectId.zeroId());
        }
    }

    /**
     * Reads a message, or its beginning.
     *
     * @throws LargeObjectException if it is too large even for that
     */
    byte[] message(ObjectId blob, int most) throws IOException {
        return objects.beginning(blob, Constants.OBJ_BLOB, most);
    }

    private SourceException corrupt(String what, Exception cause) {
        return new SourceException(id, Fault.CORRUPT, directory + " is damaged: " + what + ".", cause);
    }

    @Override
    public void close() {
        objects.close();
    }

    /** What a commit says of itself, as far as it matters here. */
    private record CommitLines(Optional<ObjectId> tree, List<ObjectId> parents) {
        private static final int ID = 40;

        static CommitLines of(byte[] commit) {
            Optional<ObjectId> tree = Optional.empty();
            List<ObjectId> parents = new ArrayList<>(1);
            int at = 0;
            while (at < commit.length && commit[at] != '\n') {
                int end = at;
                while (end < commit.length && commit[end] != '\n') {
                    end++;
                }
                String line = new String(commit, at, Math.min(end - at, 8 + ID), StandardCharsets.ISO_8859_1);
                if (line.startsWith("tree ")) {
                    tree = id(line.substring(5));
                } else if (line.startsWith("parent ")) {
                    id(line.substring(7)).ifPresent(parents::add);
                }
                at = end + 1;
            }
            return new CommitLines(tree, parents);
        }

        private static Optional<ObjectId> id(String text) {
            return ObjectId.isId(text) ? Optional.of(ObjectId.fromString(text)) : Optional.empty();
        }
    }
}
