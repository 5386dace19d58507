package org.tuxtape.kpatch.fix;

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
 * Where a repository keeps its objects. JGit's own builder is not asked, since it reads configuration to know.
 *
 * @param objects the directories of objects: its own, then those that it borrows from
 * @param shallow the commits behind which history was cut off
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 */
record GitLayout(Set<Path> objects, Set<ObjectId> shallow) {
    private static final int MOST_ALTERNATES = 32;
    private static final long LARGEST_LIST = 1 << 22;
    private static final String LINK = "gitdir: ";

    /**
     * Finds the objects of a repository, or of the one that a work tree belongs to.
     *
     * @throws NoSuchFileException if there is no repository
     */
    static GitLayout of(Path repository) throws IOException {
        Path directory = gitDirectory(repository);
        Path shallow = directory.resolve("shallow");
        try {
            Set<ObjectId> cutOff =
                    lines(shallow).stream().map(ObjectId::fromString).collect(Collectors.toSet());
            return new GitLayout(withAlternates(directory.resolve("objects").toRealPath()), cutOff);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a list of ids that cannot be read: " + shallow, e);
        }
    }

    private static Path gitDirectory(Path repository) throws IOException {
        Path below = repository.resolve(".git");
        Path directory = repository;
        if (Files.isDirectory(below)) {
            directory = below;
        } else if (Files.isRegularFile(below)) {
            String link = String.join("", lines(below));
            directory = resolve(repository, link.startsWith(LINK) ? link.substring(LINK.length()) : ".git", below);
        }
        Path common = directory.resolve("commondir");
        List<String> shared = lines(common);
        directory = shared.isEmpty() ? directory : resolve(directory, shared.get(0), common);
        if (!Files.isDirectory(directory.resolve("objects")) || !Files.exists(directory.resolve("HEAD"))) {
            throw new NoSuchFileException(repository.toString(), null, "no git repository");
        }
        return directory;
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

    private static Path resolve(Path directory, String name, Path list) throws DamagedException {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new DamagedException("a path that cannot be read in " + list, e);
        }
    }

    /** Reads a short list; one that is not there is empty. */
    private static List<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_LIST) {
                throw new DamagedException("a list that is too long: " + file);
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
