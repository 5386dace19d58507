package org.tuxtape.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where a repository keeps what it holds. JGit's own builder is not asked, since it reads configuration to know.
 *
 * @param directory where the HEAD lies
 * @param common where the branches lie: the same directory, but for a work tree that was added to a repository
 * @param objects the directories of objects: its own, then those that it borrows from
 * @param shallow the commits behind which history was cut off
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 * @since 0.1
 */
public record GitLayout(Path directory, Path common, List<Path> objects, Set<ObjectId> shallow) {
    private static final int MOST_ALTERNATES = 32;
    private static final long LARGEST_LIST = 1 << 22;
    private static final String LINK = "gitdir: ";
    private static final String BELOW = ".git";

    /** Copies the collections. */
    public GitLayout {
        objects = List.copyOf(objects);
        shallow = Set.copyOf(shallow);
    }

    /**
     * Tells whether a directory looks like a repository without a work tree.
     *
     * @param directory the directory, which need not be there
     * @return whether objects and a HEAD lie in it
     */
    public static boolean isBare(Path directory) {
        return Files.isDirectory(directory.resolve("objects")) && Files.exists(directory.resolve("HEAD"));
    }

    /**
     * Tells whether a directory looks like a repository or a work tree.
     *
     * @param directory the directory, which need not be there
     * @return whether it is worth to ask for its layout
     */
    public static boolean isRepository(Path directory) {
        return isBare(directory) || Files.exists(directory.resolve(BELOW));
    }

    /**
     * Finds out how a repository is laid out, or the one that a work tree belongs to.
     *
     * @param repository a bare repository or a work tree
     * @return its layout
     * @throws NoSuchFileException if there is no repository
     * @throws DamagedRepositoryException if what leads to it cannot be read
     * @throws IOException if the file system fails
     */
    public static GitLayout of(Path repository) throws IOException {
        Path directory = gitDirectory(repository);
        Path list = directory.resolve("commondir");
        List<String> shared = lines(list);
        Path common = shared.isEmpty() ? directory : resolve(directory, shared.get(0), list);
        if (!Files.isDirectory(common.resolve("objects")) || !Files.exists(directory.resolve("HEAD"))) {
            throw new NoSuchFileException(repository.toString(), null, "no git repository");
        }
        Set<Path> objects = withAlternates(common.resolve("objects").toRealPath());
        return new GitLayout(directory, common, List.copyOf(objects), shallow(common.resolve("shallow")));
    }

    private static Path gitDirectory(Path repository) throws IOException {
        if (!Files.isDirectory(repository)) {
            throw new NoSuchFileException(repository.toString(), null, "no directory");
        }
        Path below = repository.resolve(BELOW);
        if (Files.isRegularFile(below)) {
            String link = String.join("", lines(below));
            return resolve(repository, link.startsWith(LINK) ? link.substring(LINK.length()) : BELOW, below);
        }
        return Files.isDirectory(below) ? below : repository;
    }

    private static Set<ObjectId> shallow(Path list) throws IOException {
        try {
            return lines(list).stream().map(ObjectId::fromString).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new DamagedRepositoryException("a list of ids that cannot be read: " + list, e);
        }
    }

    private static Set<Path> withAlternates(Path objects) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        Deque<Path> pending = new ArrayDeque<>(List.of(objects));
        while (!pending.isEmpty() && found.size() < MOST_ALTERNATES) {
            Path next = pending.remove();
            if (found.add(next)) {
                Path list = next.resolve("info/alternates");
                for (String line : lines(list)) {
                    Path other = resolve(next, line, list);
                    if (!line.startsWith("#") && Files.isDirectory(other)) {
                        pending.add(other.toRealPath());
                    }
                }
            }
        }
        return found;
    }

    private static Path resolve(Path directory, String name, Path list) throws DamagedRepositoryException {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new DamagedRepositoryException("a path that cannot be read in " + list, e);
        }
    }

    /** Reads a short list; one that is not there is empty. */
    private static List<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_LIST) {
                throw new DamagedRepositoryException("a list that is too long: " + file);
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
