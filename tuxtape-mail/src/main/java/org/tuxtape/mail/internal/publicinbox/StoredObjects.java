package org.tuxtape.mail.internal.publicinbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsReader;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectStream;
import org.tuxtape.core.CancelledException;

/**
 * The objects of a repository and of those that it borrows from, loose or packed. For one thread.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 */
final class StoredObjects implements Closeable {
    private static final int MOST_DIRECTORIES = 32;
    private static final long LONGEST_LIST = 1 << 20;
    private static final int LONGEST_HEADER = 32;
    /** A larger object may be made of others, and takes its own size of memory and more. */
    private static final long LARGEST_READ = 1 << 26;

    private record Place(Path directory, Packs packs, DfsReader reader) {}

    private final List<Place> places;

    private StoredObjects(List<Place> places) {
        this.places = places;
    }

    /**
     * Opens a directory of objects.
     *
     * @param largest the size in bytes above which an object is not taken into memory as a whole
     */
    static StoredObjects of(Path directory, int largest) throws IOException {
        List<Place> places = new ArrayList<>();
        for (Path each : withAlternates(directory)) {
            Packs packs = new Packs(each.resolve("pack"), largest);
            places.add(new Place(each, packs, packs.newReader()));
        }
        return new StoredObjects(places);
    }

    private static Set<Path> withAlternates(Path directory) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        Deque<Path> pending = new ArrayDeque<>(List.of(directory));
        while (!pending.isEmpty() && found.size() < MOST_DIRECTORIES) {
            Path next = pending.remove();
            if (Files.isDirectory(next) && found.add(next.toRealPath())) {
                Path list = next.resolve("info/alternates");
                if (Files.exists(list) && Files.size(list) <= LONGEST_LIST) {
                    Files.readString(list, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .forEach(line -> resolve(next, line).ifPresent(pending::add));
                }
            }
        }
        return found;
    }

    private static Optional<Path> resolve(Path directory, String name) {
        try {
            return Optional.of(directory.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an object, or its beginning.
     *
     * @param type what it should be, as JGit numbers it
     * @param most how many bytes of it are wanted
     * @throws MissingObjectException if it is not there
     * @throws LargeObjectException if it is too large even to read its beginning
     */
    byte[] read(ObjectId id, int type, int most) throws IOException {
        try {
            return search(id, type, most);
        } catch (MissingObjectException | NoSuchFileException e) {
            // Git may have put it into another pack since they were listed.
            places.forEach(place -> place.packs().refresh());
            return search(id, type, most);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException();
            }
            throw e;
        }
    }

    private byte[] search(ObjectId id, int type, int most) throws IOException {
        for (Place place : places) {
            if (place.reader().has(id)) {
                return packed(place.reader(), id, type, most);
            }
            String name = id.name();
            Path loose = place.directory().resolve(name.substring(0, 2)).resolve(name.substring(2));
            if (Files.exists(loose)) {
                return loose(loose, id, type, most);
            }
        }
        throw new MissingObjectException(id, type);
    }

    private static byte[] packed(DfsReader reader, ObjectId id, int type, int most) throws IOException {
        try {
            long size = reader.getObjectSize(id, type);
            if (size > Math.max(most, LARGEST_READ)) {
                throw new LargeObjectException.ExceedsLimit(LARGEST_READ, size);
            }
            try (ObjectStream stream = reader.open(id, type).openStream()) {
                return stream.readNBytes(most);
            }
        } catch (LargeObjectException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Damage comes out of JGit in many ways; a place behind the end of a pack it looks for without end.
            throw new IOException("damaged in its pack", e);
        }
    }

    /** Before its content stand its type and its size. */
    private static byte[] loose(Path file, ObjectId id, int type, int most) throws IOException {
        try (InputStream in = new InflaterInputStream(Files.newInputStream(file))) {
            StringBuilder header = new StringBuilder();
            for (int octet = in.read(); octet > 0 && header.length() < LONGEST_HEADER; octet = in.read()) {
                header.append((char) octet);
            }
            if (!header.toString().startsWith(Constants.typeString(type) + " ")) {
                throw new IncorrectObjectTypeException(id, type);
            }
            return in.readNBytes(most);
        }
    }

    @Override
    public void close() {
        for (Place place : places) {
            place.reader().close();
            place.packs().close();
        }
    }
}
