package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsReader;
import org.eclipse.jgit.internal.storage.file.UnpackedObject;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.tuxtape.core.CancellationToken;

/**
 * The objects of a repository and of those that it borrows from, packed or loose. Each is checked against its id, and none
 * is expanded that is too large. For one thread; the indexes of the packs stay in JGit's cache.
 */
final class GitObjects extends ObjectReader {
    private static final int MOST_MEANINGS = 256;

    private record Store(Path directory, PackFiles packs, DfsReader reader) {}

    private final GitLayout layout;
    private final int largest;
    private final CancellationToken cancellation;
    private final List<Store> stores = new ArrayList<>();

    private GitObjects(GitLayout layout, int largest, CancellationToken cancellation) {
        this.layout = layout;
        this.largest = largest;
        this.cancellation = cancellation;
    }

    /**
     * Opens the objects of a repository, or of the one that a work tree belongs to.
     *
     * @param repository a bare repository, or a work tree
     * @param largest the most bytes that an object may have
     * @param cancellation asked while objects are read
     * @throws NoSuchFileException if there is no repository
     */
    static GitObjects open(Path repository, int largest, CancellationToken cancellation) throws IOException {
        GitObjects objects = new GitObjects(GitLayout.of(repository), largest, cancellation);
        for (Path directory : objects.layout.objects()) {
            PackFiles packs = new PackFiles(directory.resolve("pack"), cancellation);
            objects.stores.add(new Store(directory, packs, packs.newReader()));
        }
        return objects;
    }

    /** Returns commits behind which history was cut off, so that their parents are not here. */
    @Override
    public Set<ObjectId> getShallowCommits() {
        return layout.shallow();
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId abbreviation) throws IOException {
        Set<ObjectId> found = new TreeSet<>();
        for (Store store : stores) {
            found.addAll(store.reader().resolve(abbreviation));
            addLoose(store.directory(), abbreviation, found);
        }
        return found;
    }

    private static void addLoose(Path directory, AbbreviatedObjectId abbreviation, Set<ObjectId> found)
            throws IOException {
        String first = abbreviation.name().substring(0, 2);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(first))) {
            for (Path file : files) {
                String name = first + file.getFileName();
                boolean means = ObjectId.isId(name) && abbreviation.prefixCompare(ObjectId.fromString(name)) == 0;
                if (means && found.size() < MOST_MEANINGS) {
                    found.add(ObjectId.fromString(name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // there is none
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws LargeObjectException if it is too large
     */
    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
        ObjectLoader object = find(id).orElseThrow(() -> missing(id, type));
        if (type != OBJ_ANY && object.getType() != type) {
            throw new IncorrectObjectTypeException(id.copy(), type);
        }
        return object;
    }

    private static MissingObjectException missing(AnyObjectId id, int type) {
        return type == OBJ_ANY
                ? new MissingObjectException(id.copy(), "object")
                : new MissingObjectException(id.copy(), type);
    }

    /** Reads an object if it is there. */
    Optional<ObjectLoader> find(AnyObjectId id) throws IOException {
        Optional<ObjectLoader> found = Optional.empty();
        try {
            found = search(id);
        } catch (NoSuchFileException e) {
            if (!refresh()) {
                throw e;
            }
        }
        // Git may have moved it into a new pack since the packs were listed.
        return found.isEmpty() && refresh() ? search(id) : found;
    }

    private boolean refresh() throws IOException {
        boolean changed = false;
        for (Store store : stores) {
            changed |= store.packs().refresh();
        }
        return changed;
    }

    private Optional<ObjectLoader> search(AnyObjectId id) throws IOException {
        for (Store store : stores) {
            cancellation.throwIfCancelled();
            Optional<ObjectLoader> found = store.reader().has(id) ? packed(store, id) : loose(store, id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ObjectLoader> packed(Store store, AnyObjectId id) throws IOException {
        check(store.reader().getObjectSize(id, OBJ_ANY), id);
        return Optional.of(checked(store.reader().open(id), id));
    }

    private Optional<ObjectLoader> loose(Store store, AnyObjectId id) throws IOException {
        String name = id.name();
        Path file = store.directory().resolve(name.substring(0, 2)).resolve(name.substring(2));
        byte[] deflated;
        try (InputStream in = Files.newInputStream(file)) {
            deflated = in.readNBytes(largest + 1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        check(deflated.length, id);
        return Optional.of(checked(UnpackedObject.parse(deflated, id), id));
    }

    private void check(long size, AnyObjectId id) {
        if (size > largest) {
            LargeObjectException tooLarge = new LargeObjectException.ExceedsLimit(largest, size);
            tooLarge.setObjectId(id);
            throw tooLarge;
        }
    }

    private ObjectLoader checked(ObjectLoader object, AnyObjectId id) throws IOException {
        check(object.getSize(), id);
        byte[] content = object.getCachedBytes(largest);
        if (!id.equals(idOf(object.getType(), content))) {
            throw new CorruptObjectException(id.copy(), "another object is under its id");
        }
        return new ObjectLoader.SmallObject(object.getType(), content);
    }

    /** JGit's own class for it reads the user's configuration when it is loaded, and thereby starts git. */
    private static ObjectId idOf(int type, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(Constants.encodedTypeString(type));
            digest.update(Constants.encodeASCII(" " + content.length + "\0"));
            return ObjectId.fromRaw(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }

    /** Not offered: there is one reader for one thread. */
    @Override
    public ObjectReader newReader() {
        throw new UnsupportedOperationException("There is one reader.");
    }

    @Override
    public void close() {
        for (Store store : stores) {
            store.reader().close();
            store.packs().close();
        }
    }
}
