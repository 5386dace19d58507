package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.livepatch.BuildRequest;

/** All that can be seen of a source tree: which files there are, what is in them, and who may do what with them. */
final class TreeState {
    private final Path root;
    private final Predicate<Path> source;
    private final Predicate<Path> stamped;
    private final Map<Path, String> before;

    /**
     * Looks at a tree.
     *
     * @param source what belongs to it, by path relative to the root
     * @param stamped what of that keeps its time of modification
     */
    TreeState(Path root, Predicate<Path> source, Predicate<Path> stamped) {
        this.root = root;
        this.source = source;
        this.stamped = stamped;
        this.before = look();
    }

    /** Returns the files that the fixes of a request change. */
    static Set<Path> touchedBy(BuildRequest request) {
        Set<Path> touched = new HashSet<>();
        request.fixes().stream()
                .flatMap(fix -> fix.commits().stream())
                .flatMap(commit -> Diff.parse(commit.diff()).files().stream())
                .flatMap(file -> Stream.concat(file.oldPath().stream(), file.newPath().stream()))
                .flatMap(path -> path.inTree().stream())
                .forEach(path -> touched.add(Path.of(path.text())));
        return touched;
    }

    void assertUnchanged() {
        Map<Path, String> now = look();
        assertThat(now.keySet()).as("files of the source tree").isEqualTo(before.keySet());
        now.forEach((path, state) -> assertThat(state).as(path.toString()).isEqualTo(before.get(path)));
    }

    private Map<Path, String> look() {
        Map<Path, String> states = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path relative = root.relativize(path);
                if (source.test(relative)) {
                    states.put(relative, state(path, stamped.test(relative)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states;
    }

    private static String state(Path path, boolean withTime) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            return "directory " + attributes.permissions();
        }
        String content =
                attributes.isSymbolicLink() ? Files.readSymbolicLink(path).toString() : Artefacts.sha256(path);
        return content + " " + attributes.permissions() + (withTime ? " " + attributes.lastModifiedTime() : "");
    }
}
