package org.tuxtape.mail.internal.publicinbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.internal.stream.StorageFaults;

/**
 * One git repository of an archive.
 *
 * @see <a href="https://public-inbox.org/public-inbox-v2-format.html">The format</a>
 */
final class Epoch implements Closeable {
    private static final int LARGEST_COMMIT = 1 << 20;
    private static final int LARGEST_TREE = 1 << 12;
    private static final String BRANCH = Constants.R_HEADS + "master";

    private final SourceId id;
    private final Path directory;
    private final Repository repository;
    private final ObjectReader objects;

    private Epoch(SourceId id, Path directory, Repository repository) {
        this.id = id;
        this.directory = directory;
        this.repository = repository;
        this.objects = repository.newObjectReader();
    }

    static Epoch open(SourceId id, Path directory) {
        try {
            return new Epoch(
                    id,
                    directory,
                    new FileRepositoryBuilder()
                            .setGitDir(directory.toFile())
                            .setBare()
                            .setMustExist(true)
                            .build());
        } catch (RepositoryNotFoundException e) {
            throw new SourceException(id, Fault.WRONG_KIND, directory + " is no git repository.", e);
        } catch (IOException e) {
            throw StorageFaults.of(id, e);
        } catch (RuntimeException e) {
            // JGit throws this and that at a damaged configuration.
            throw new SourceException(id, Fault.CORRUPT, directory + " is damaged: it cannot be opened.", e);
        }
    }

    /** Reads what each commit did, from the newest to the oldest. */
    History history(CancellationToken cancellation) {
        if (Files.exists(directory.resolve("shallow"))) {
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

    private Optional<ObjectId> tip() {
        try {
            Ref head = repository.exactRef(Constants.HEAD);
            ObjectId tip = head == null ? null : head.getObjectId();
            if (tip == null) {
                Ref branch = repository.exactRef(BRANCH);
                tip = branch == null ? null : branch.getObjectId();
            }
            return Optional.ofNullable(tip);
        } catch (IOException e) {
            throw corrupt("its branch cannot be read", e);
        }
    }

    private byte[] commit(ObjectId commit) {
        try {
            return objects.open(commit, Constants.OBJ_COMMIT).getCachedBytes(LARGEST_COMMIT);
        } catch (MissingObjectException e) {
            throw corrupt("commit " + commit.name() + " is missing, and with it all before it", e);
        } catch (IOException | RuntimeException e) {
            throw corrupt("commit " + commit.name() + " cannot be read, nor can all before it", e);
        }
    }

    private Entry entry(ObjectId commit, ObjectId tree) {
        try {
            CanonicalTreeParser files = new CanonicalTreeParser();
            files.reset(objects.open(tree, Constants.OBJ_TREE).getCachedBytes(LARGEST_TREE));
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
        } catch (IOException | RuntimeException e) {
            return new Entry(Entry.Kind.BROKEN, commit, ObjectId.zeroId());
        }
    }

    /** A message, or its beginning. */
    record Content(ByteRange bytes, boolean tooLarge) {
        static Content of(byte[] bytes, boolean tooLarge) {
            return new Content(new ByteRange(bytes, 0, bytes.length), tooLarge);
        }
    }

    /** Reads a message, of which no more than its beginning is held if it is too large. */
    Content content(ObjectId blob, int largest, int kept) throws IOException {
        try {
            if (objects.getObjectSize(blob, Constants.OBJ_BLOB) > largest) {
                ObjectLoader loader = objects.open(blob, Constants.OBJ_BLOB);
                try (ObjectStream stream = loader.openStream()) {
                    return Content.of(stream.readNBytes(Math.min(kept, largest)), true);
                }
            }
            return Content.of(objects.open(blob, Constants.OBJ_BLOB).getCachedBytes(largest), false);
        } catch (LargeObjectException e) {
            return Content.of(new byte[0], true);
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private SourceException corrupt(String what, Exception cause) {
        return new SourceException(id, Fault.CORRUPT, directory + " is damaged: " + what + ".", cause);
    }

    @Override
    public void close() {
        objects.close();
        repository.close();
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
