package org.tuxtape.git;

import java.io.IOException;
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
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.TuxtapeException;

/**
 * The objects of a repository and of those that it borrows from, packed or loose. As JGit's reader it checks each against
 * its id, and expands none that is too large; {@link #beginning} does neither, and is as fast as git itself.
 *
 * <p>Objects that git puts into another pack meanwhile are found there. An interrupt of the thread counts as the wish to
 * stop. For one thread; the indexes of the packs stay in JGit's cache.
 *
 * @since 0.1
 */
public final class GitObjects extends ObjectReader {
    private static final int MOST_MEANINGS = 256;
    /** One that is made of others takes its own size of memory, and more, even to read its beginning. */
    private static final long LARGEST_BEGUN = 1 << 26;

    private record Store(Path directory, Packs packs, DfsReader reader) {}

    /** How an object is read where it was found. */
    private interface Step<S, T> {
        T read(S place) throws IOException;
    }

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
     * Opens the objects of a repository. None is read yet, and no file stays open.
     *
     * @param layout where they are
     * @param largest the most bytes that an object may have which is read as a whole
     * @param cancellation asked while objects are read
     * @return the reader, which the caller closes
     */
    public static GitObjects open(GitLayout layout, int largest, CancellationToken cancellation) {
        GitObjects objects = new GitObjects(layout, largest, cancellation);
        for (Path directory : layout.objects()) {
            Packs packs = new Packs(directory.resolve("pack"), largest, cancellation);
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
        return open(id, type, largest);
    }

    /**
     * Reads an object as a whole, and checks it against its id.
     *
     * @param id its id
     * @param type what it should be, as JGit numbers it
     * @param most the most bytes that it may have, here instead of those that the reader was opened with
     * @return its bytes
     * @throws MissingObjectException if it is not there
     * @throws LargeObjectException if it is too large
     * @throws IOException if it is damaged, is of another type or cannot be read
     */
    public byte[] read(AnyObjectId id, int type, int most) throws IOException {
        return open(id, type, most).getCachedBytes();
    }

    private ObjectLoader open(AnyObjectId id, int type, int most) throws IOException {
        ObjectLoader object = find(id, most).orElseThrow(() -> missing(id, type));
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

    /**
     * Reads an object, if it is there, and checks it against its id.
     *
     * @param id its id
     * @return the object; empty if it is not there
     * @throws LargeObjectException if it is too large
     * @throws IOException if it is damaged or cannot be read
     */
    public Optional<ObjectLoader> find(AnyObjectId id) throws IOException {
        return find(id, largest);
    }

    private Optional<ObjectLoader> find(AnyObjectId id, int most) throws IOException {
        return find(
                id,
                packs -> {
                    check(packs.getObjectSize(id, OBJ_ANY), most, id);
                    ObjectLoader object = packs.open(id);
                    return checked(object.getType(), object.getCachedBytes(most), id);
                },
                loose -> {
                    check(loose.size(), most, id);
                    return checked(loose.type(), loose.whole(), id);
                });
    }

    /**
     * Reads the beginning of an object, which is not checked against its id.
     *
     * @param id its id
     * @param type what it should be, as JGit numbers it
     * @param most how many bytes of it are wanted
     * @return as many, or all that it has
     * @throws MissingObjectException if it is not there
     * @throws LargeObjectException if it is too large even to read its beginning
     * @throws IOException if it is damaged, is of another type or cannot be read
     */
    public byte[] beginning(AnyObjectId id, int type, int most) throws IOException {
        Optional<byte[]> found = find(
                id,
                packs -> {
                    check(packs.getObjectSize(id, type), Math.max(most, LARGEST_BEGUN), id);
                    try (ObjectStream stream = packs.open(id, type).openStream()) {
                        return stream.readNBytes(most);
                    }
                },
                loose -> {
                    if (loose.type() != type) {
                        throw new IncorrectObjectTypeException(id.copy(), type);
                    }
                    return loose.beginning(most);
                });
        return found.orElseThrow(() -> missing(id, type));
    }

    private <T> Optional<T> find(AnyObjectId id, Step<DfsReader, T> packed, Step<LooseObject, T> loose)
            throws IOException {
        try {
            Optional<T> found = search(id, packed, loose);
            // Git may have moved it into a new pack since the packs were listed.
            return found.isEmpty() && refresh() ? search(id, packed, loose) : found;
        } catch (MissingObjectException | NoSuchFileException e) {
            if (refresh()) {
                return search(id, packed, loose);
            }
            throw e;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException();
            }
            throw e;
        }
    }

    private boolean refresh() throws IOException {
        boolean changed = false;
        for (Store store : stores) {
            changed |= store.packs().refresh();
        }
        return changed;
    }

    private <T> Optional<T> search(AnyObjectId id, Step<DfsReader, T> packed, Step<LooseObject, T> loose)
            throws IOException {
        cancellation.throwIfCancelled();
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException();
        }
        for (Store store : stores) {
            Optional<T> found = packed(store.reader(), id, packed);
            if (found.isPresent()) {
                return found;
            }
        }
        for (Store store : stores) {
            Optional<LooseObject> found = LooseObject.find(store.directory(), id, cancellation);
            if (found.isPresent()) {
                try (LooseObject object = found.get()) {
                    return Optional.of(loose.read(object));
                }
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> packed(DfsReader reader, AnyObjectId id, Step<DfsReader, T> step)
            throws IOException {
        try {
            return reader.has(id) ? Optional.of(step.read(reader)) : Optional.empty();
        } catch (LargeObjectException | TuxtapeException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Damage comes out of JGit in many ways; a place behind the end of a pack it looks for without end.
            throw new DamagedRepositoryException("a pack that cannot be read", e);
        }
    }

    private static void check(long size, long most, AnyObjectId id) {
        if (size > most) {
            LargeObjectException tooLarge = new LargeObjectException.ExceedsLimit(most, size);
            tooLarge.setObjectId(id);
            throw tooLarge;
        }
    }

    private static ObjectLoader checked(int type, byte[] content, AnyObjectId id) throws IOException {
        if (!id.equals(idOf(type, content))) {
            throw new CorruptObjectException(id.copy(), "another object is under its id");
        }
        return new ObjectLoader.SmallObject(type, content);
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
