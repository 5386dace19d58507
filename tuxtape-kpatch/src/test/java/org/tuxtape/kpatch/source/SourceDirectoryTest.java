package org.tuxtape.kpatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.source.SourceException.Fault;

@DisplayName("A source tree on disk")
class SourceDirectoryTest {
    private static final SourcePath X = SourcePath.parse("net/x.c");

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void makeATree() throws IOException {
        root = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(root.resolve("net"));
        Files.write(root.resolve("net/x.c"), new byte[] {'a', (byte) 0xe9, '\n'});
        Files.writeString(directory.resolve("secret"), "s");
    }

    @Test
    void readsOneCharPerByte() {
        assertThat(SourceDirectory.of(root).text(X)).contains("a\u00e9\n");
        assertThat(SourceDirectory.of(root).linkOn(X)).isEmpty();
    }

    @Test
    void hasNoTextWhereThereIsNoFile() {
        assertThat(SourceDirectory.of(root).text(SourcePath.parse("net/y.c"))).isEmpty();
        assertThat(SourceDirectory.of(root).text(SourcePath.parse("net"))).isEmpty();
        assertThat(SourceDirectory.of(root).text(SourcePath.parse("net/x.c/y"))).isEmpty();
    }

    @Test
    void followsNoLinkButThatToItself() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), directory);
        Files.createSymbolicLink(directory.resolve("linked"), root);
        SourceDirectory tree = SourceDirectory.of(directory.resolve("linked"));

        assertThat(tree.text(X)).isPresent();
        assertThat(tree.text(SourcePath.parse("file"))).isEmpty();
        assertThat(tree.text(SourcePath.parse("up/secret"))).isEmpty();
        assertThat(tree.linkOn(SourcePath.parse("file"))).contains(SourcePath.parse("file"));
        assertThat(tree.linkOn(SourcePath.parse("up/secret"))).contains(SourcePath.parse("up"));
        assertThat(tree.linkOn(SourcePath.parse("up/new/file"))).contains(SourcePath.parse("up"));
    }

    @Test
    void findsFilesByTheirName() throws IOException {
        Files.createDirectories(root.resolve("fs/old"));
        Files.writeString(root.resolve("fs/old/x.c"), "");
        Files.createSymbolicLink(root.resolve("fs/x.c"), root.resolve("net/x.c"));
        Files.createSymbolicLink(directory.resolve("linked"), root);

        assertThat(SourceDirectory.of(directory.resolve("linked")).named("x.c"))
                .containsExactly(SourcePath.parse("fs/old/x.c"), X);
        assertThat(SourceDirectory.of(root).named("y.c")).isEmpty();
        assertThat(SourceDirectory.of(directory.resolve("nowhere")).named("x.c"))
                .isEmpty();
    }

    @Test
    void readsNoMoreThanItsLimit() {
        assertThat(SourceDirectory.of(root, 3).text(X)).isPresent();
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> SourceDirectory.of(root, 2).text(X))
                .satisfies(exception -> {
                    assertThat(exception.fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
                    assertThat(exception.path()).isEqualTo(X);
                });
        assertThatIllegalArgumentException().isThrownBy(() -> SourceDirectory.of(root, -1));
    }
}
