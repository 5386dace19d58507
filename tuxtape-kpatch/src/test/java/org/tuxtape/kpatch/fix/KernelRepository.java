package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.tuxtape.core.kernel.CommitId;

/** A small repository, written by JGit. */
final class KernelRepository implements AutoCloseable {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private final Path directory;
    private final FileRepository repository;
    private long seconds;

    KernelRepository(Path directory) throws IOException {
        this.directory = directory;
        repository = new FileRepository(directory.toFile());
        repository.create(true);
    }

    Path directory() {
        return directory;
    }

    /** Commits a tree, later than what was committed before. */
    ObjectId commit(String message, Map<String, String> files, ObjectId... parents) throws IOException {
        DirCache cache = DirCache.newInCore();
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCacheBuilder builder = cache.builder();
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob(inserter, file.getValue()));
                builder.add(entry);
            }
            builder.finish();
            ObjectId tree = cache.writeTree(inserter);
            inserter.flush();
            return commitTree(message, tree, parents);
        }
    }

    static ObjectId blob(ObjectInserter inserter, String content) throws IOException {
        return inserter.insert(org.eclipse.jgit.lib.Constants.OBJ_BLOB, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    ObjectId commitTree(String message, ObjectId tree, ObjectId... parents) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        seconds++;
        PersonIdent somebody =
                new PersonIdent("Somebody", "somebody@example.org", START.plusSeconds(seconds), ZoneOffset.UTC);
        commit.setAuthor(somebody);
        commit.setCommitter(somebody);
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    ObjectInserter inserter() {
        return repository.newObjectInserter();
    }

    /** Packs what the branches reach, with deltas, and keeps nothing loose of it. */
    void pack(ObjectId... heads) throws Exception {
        for (ObjectId head : heads) {
            RefUpdate update = repository.updateRef("refs/heads/" + head.name());
            update.setNewObjectId(head);
            update.forceUpdate();
        }
        GC gc = new GC(repository);
        gc.setExpireAgeMillis(0);
        gc.gc().get();
    }

    static CommitId id(ObjectId commit) {
        return CommitId.parse(commit.name());
    }

    @Override
    public void close() {
        repository.close();
    }
}
