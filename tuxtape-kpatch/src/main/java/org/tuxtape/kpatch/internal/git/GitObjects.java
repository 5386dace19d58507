package org.tuxtape.kpatch.internal.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.kernel.CommitId;

/**
 * The objects of a repository and of those that it borrows from. Not safe for use by several threads; open one for each
 * call, which costs little.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 */
public final class GitObjects implements Closeable {
    private static final int MOST_ALTERNATES = 32;
    private static final long LARGEST_LIST = 1 << 22;
    private static final String LINK = "gitdir: ";

    private final Map<Path, ObjectFiles> stores = new LinkedHashMap<>();
    private final Set<String> shallow;
    private final int largest;
    private final CancellationToken cancellation;

    private GitObjects(Path gitDirectory, int largest, CancellationToken cancellation) throws IOException {
        this.largest = largest;
        this.cancellation = cancellation;
        shallow = lines(gitDirectory.resolve("shallow")).stream().collect(Collectors.toUnmodifiableSet());
        add(gitDirectory.resolve("objects").toRealPath());
    }

    /**
     * Opens the objects of a repository, or of the one that a work tree belongs to.
     *
     * @param repository a bare repository, or a work tree
     * @param largest the most bytes that an object may have
     * @param cancellation asked while objects are read
     * @throws NoSuchFileException if there is no repository
     */
    public static GitObjects open(Path repository, int largest, CancellationToken cancellation) throws IOException {
        GitObjects objects = new GitObjects(gitDirectory(repository), largest, cancellation);
        try {
            objects.openNewPacks();
            return objects;
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    private static Path gitDirectory(Path repository) throws IOException {
        Path below = repository.resolve(".git");
        Path directory = repository;
        if (Files.isDirectory(below)) {
            directory = below;
        } else if (Files.isRegularFile(below)) {
            String link = String.join("", lines(below));
            directory = repository.resolve(link.startsWith(LINK) ? link.substring(LINK.length()) : ".git");
        }
        List<String> common = lines(directory.resolve("commondir"));
        Path shared = common.isEmpty() ? directory : directory.resolve(common.get(0));
        if (!Files.isDirectory(shared.resolve("objects")) || !Files.exists(shared.resolve("HEAD"))) {
            throw new NoSuchFileException(repository.toString(), null, "no git repository");
        }
        return shared;
    }

    private void add(Path directory) throws IOException {
        List<Path> pending = new ArrayList<>(List.of(directory));
        while (!pending.isEmpty() && stores.size() < MOST_ALTERNATES) {
            Path next = pending.remove(0);
            if (stores.putIfAbsent(next, new ObjectFiles(next)) == null) {
                for (String line : lines(next.resolve("info/alternates"))) {
                    Path other = next.resolve(line);
                    if (!line.startsWith("#") && Files.isDirectory(other)) {
                        pending.add(other.toRealPath());
                    }
                }
            }
        }
    }

    /** Reads a short list; one that is not there is empty. */
    private static List<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_LIST) {
                throw new CorruptObjectException("a very long file " + file.getFileName());
            }
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (InvalidPathException e) {
            throw new CorruptObjectException("a file " + file.getFileName() + " that cannot be read");
        }
    }

    private boolean openNewPacks() throws IOException {
        boolean opened = false;
        for (ObjectFiles store : stores.values()) {
            opened |= store.openNewPacks();
        }
        return opened;
    }

    /** Tells whether the history was cut off behind this commit, so that its parents are not here. */
    public boolean isCutOff(ObjectName commit) {
        return shallow.contains(commit.toString());
    }

    /** Returns the objects that an id can mean, at most as many as wanted. */
    public Set<ObjectName> named(CommitId id, int wanted) throws IOException {
        if (id.isFull()) {
            return Set.of(ObjectName.parse(id.text()));
        }
        Set<ObjectName> found = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (ObjectFiles store : stores.values()) {
            store.complete(new Abbreviation(id.text()), found, wanted);
        }
        return found;
    }

    /**
     * Reads an object and checks that its content is what its id says.
     *
     * @throws LargeObjectException if it is too large
     * @throws CorruptObjectException if it is damaged
     */
    public Optional<GitObject> find(ObjectName id) throws IOException {
        Optional<GitObject> object = search(id);
        // Git may have moved it into a new pack since the packs were listed.
        if (object.isEmpty() && openNewPacks()) {
            object = search(id);
        }
        if (object.isPresent() && !id.equals(nameOf(object.get()))) {
            throw new CorruptObjectException("another object under the id " + id);
        }
        return object;
    }

    private Optional<GitObject> search(ObjectName id) throws IOException {
        for (ObjectFiles store : stores.values()) {
            cancellation.throwIfCancelled();
            Optional<GitObject> object = store.find(id, largest, cancellation);
            if (object.isPresent()) {
                return object;
            }
        }
        return Optional.empty();
    }

    private static ObjectName nameOf(GitObject object) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            String header = object.type().word() + " " + object.content().length + "\0";
            digest.update(header.getBytes(StandardCharsets.US_ASCII));
            return new ObjectName(digest.digest(object.content()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ObjectFiles store : stores.values()) {
            store.close();
        }
    }
}
