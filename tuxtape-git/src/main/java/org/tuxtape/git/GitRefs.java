package org.tuxtape.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the branches and tags of a repository are at, now. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 * @since 0.1
 */
public final class GitRefs {
    private static final int LONGEST = 4096;
    private static final long LARGEST_LIST = 1 << 26;
    /** As many as git follows. */
    private static final int MOST_LINKS = 5;

    private static final Pattern NAME = Pattern.compile("refs/(?!.*\\.\\.)[^\\p{Cntrl}]+");
    private static final Pattern LINK = Pattern.compile("ref: *(" + NAME.pattern() + ")");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final GitLayout layout;

    private GitRefs(GitLayout layout) {
        this.layout = layout;
    }

    /**
     * Returns the branches and tags of a repository.
     *
     * @param layout where it keeps them
     * @return its references
     * @throws UnsupportedRepositoryException if they are kept as reftable
     */
    public static GitRefs of(GitLayout layout) throws UnsupportedRepositoryException {
        if (Files.exists(layout.common().resolve("reftable"))) {
            throw new UnsupportedRepositoryException("it keeps its branches as reftable");
        }
        return new GitRefs(layout);
    }

    /**
     * Finds the commit at HEAD.
     *
     * @return its id; empty if the branch that HEAD names has no commit yet
     * @throws UnsupportedRepositoryException if the repository has SHA-256 ids
     * @throws DamagedRepositoryException if it is at nothing that can be named
     * @throws IOException if it cannot be read
     */
    public Optional<ObjectId> head() throws IOException {
        return follow(text(layout.directory().resolve("HEAD")), MOST_LINKS);
    }

    /**
     * Finds what a branch or tag is at.
     *
     * @param name its full name, such as {@code refs/heads/master}
     * @return the id of the commit, or of the object of an annotated tag; empty if there is none of this name
     * @throws UnsupportedRepositoryException if the repository has SHA-256 ids
     * @throws DamagedRepositoryException if it is at nothing that can be named
     * @throws IOException if it cannot be read
     */
    public Optional<ObjectId> find(String name) throws IOException {
        return find(name, MOST_LINKS);
    }

    private Optional<ObjectId> find(String name, int links) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<String> loose = text(layout.common().resolve(name));
        return follow(loose.isPresent() ? loose : packed(name), links);
    }

    private Optional<ObjectId> follow(Optional<String> text, int links) throws IOException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher link = LINK.matcher(text.get());
        if (link.matches() && links > 0) {
            return find(link.group(1), links - 1);
        }
        if (SHA_256.matcher(text.get()).matches()) {
            throw new UnsupportedRepositoryException("it has ids of SHA-256");
        }
        if (!ObjectId.isId(text.get())) {
            throw new DamagedRepositoryException("a branch that is at no commit that can be named");
        }
        return Optional.of(ObjectId.fromString(text.get()));
    }

    /** What a file says; a directory, which git leaves behind where branches were, says nothing. */
    private static Optional<String> text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<String> packed(String name) throws IOException {
        Path list = layout.common().resolve("packed-refs");
        if (!Files.exists(list)) {
            return Optional.empty();
        }
        if (Files.size(list) > LARGEST_LIST) {
            throw new DamagedRepositoryException("a list that is too long: " + list);
        }
        String end = " " + new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(list), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(end)) {
                    return Optional.of(line.substring(0, line.length() - end.length()));
                }
            }
        }
        return Optional.empty();
    }
}
