package org.tuxtape.mail.internal.publicinbox;

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
 * What the branch of a repository is at.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout</a>
 */
final class Branch {
    private static final int LONGEST = 4096;
    private static final String MASTER = "refs/heads/master";
    private static final Pattern NAME = Pattern.compile("ref: *(refs/(?!.*\\.\\.)[^\\p{Cntrl}]+)");

    private final Path repository;

    private Branch(Path repository) {
        this.repository = repository;
    }

    /** Finds the commit of the branch that HEAD names, or else of {@code master}; there is none yet in an empty one. */
    static Optional<ObjectId> tip(Path repository) throws IOException {
        if (Files.exists(repository.resolve("reftable"))) {
            throw new IOException("it keeps its branches as reftable");
        }
        Branch branch = new Branch(repository);
        String head = branch.text("HEAD").orElse("");
        Matcher name = NAME.matcher(head);
        if (!name.matches()) {
            return Optional.of(id(head));
        }
        Optional<ObjectId> tip = branch.commit(name.group(1));
        return tip.isPresent() ? tip : branch.commit(MASTER);
    }

    private Optional<ObjectId> commit(String name) throws IOException {
        Optional<String> loose = text(name);
        return loose.isPresent() ? Optional.of(id(loose.get())) : packed(name);
    }

    private Optional<String> text(String name) throws IOException {
        try (InputStream in = Files.newInputStream(repository.resolve(name))) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<ObjectId> packed(String name) throws IOException {
        Path list = repository.resolve("packed-refs");
        if (!Files.exists(list)) {
            return Optional.empty();
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(list), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(" " + name)) {
                    return Optional.of(id(line.substring(0, line.indexOf(' '))));
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectId id(String text) throws IOException {
        if (!ObjectId.isId(text)) {
            throw new IOException("it is at no commit that can be named");
        }
        return ObjectId.fromString(text);
    }
}
