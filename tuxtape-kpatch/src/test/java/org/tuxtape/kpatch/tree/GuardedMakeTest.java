package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;

/** What make makes of a tree that was changed and put back. */
class GuardedMakeTest {
    @TempDir
    private Path root = Path.of("");

    private KbuildTree tree;
    private byte[] image;

    @BeforeEach
    void buildTree() {
        tree = KbuildTree.in(root.resolve("linux"));
        KbuildTree.make(tree.small.root);
        image = tree.bytes("vmlinux");
        assertThat(KbuildTree.make(tree.small.root)).isEmpty();
    }

    private TreeLease lease() {
        return BuildTree.open(tree.small.root).lease("to test", Duration.ZERO, Context.standard());
    }

    private static Set<SourcePath> files(String... names) {
        return Arrays.stream(names).map(SourcePath::parse).collect(Collectors.toSet());
    }

    /** The fault: a tool that builds the changed source and is killed before it takes the change back. */
    @Test
    void makeMakesWhatWasCompiledFromTheChangedTextAndNothingElse() {
        try (TreeLease lease = lease()) {
            lease.guard(files("net/b.c", "fs/c.c", "vmlinux"));
            tree.small.write("net/b.c", "int b(void) { return 22; }\n");
            assertThat(KbuildTree.make(tree.small.root)).containsExactly("CC net/b.o", "LINK vmlinux");
            assertThat(tree.bytes("vmlinux")).isNotEqualTo(image);
        }
        assertThat(tree.bytes("vmlinux")).isEqualTo(image);
        assertThat(KbuildTree.make(tree.small.root)).containsExactly("CC net/b.o", "LINK vmlinux");
        assertThat(tree.bytes("vmlinux")).isEqualTo(image);
        assertThat(KbuildTree.make(tree.small.root)).isEmpty();
    }

    /** The fault: the same with a header, on which several objects depend. */
    @Test
    void makeMakesWhateverDependsOnAHeaderThatWasPutBack() {
        try (TreeLease lease = lease()) {
            lease.guard(files("include/common.h"));
            tree.small.write("include/common.h", "#define ONE 11\n");
            KbuildTree.make(tree.small.root);
        }
        assertThat(KbuildTree.make(tree.small.root)).contains("CC net/a.o", "CC fs/c.o", "LINK vmlinux");
        assertThat(tree.bytes("vmlinux")).isEqualTo(image);
    }

    @Test
    void makeMakesNothingWhereNothingWasChanged() {
        Map<String, String> before = tree.small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("net/b.c", "vmlinux", "Makefile", "net/new.c"));
        }
        assertThat(tree.small.picture()).isEqualTo(before);
        assertThat(KbuildTree.make(tree.small.root)).isEmpty();
    }

    /**
     * The fault: the compiler is killed in the middle of an object of a source that nobody guards. An object without its
     * function stands for it: make takes it for made, and the image lacks the function.
     */
    @Test
    void anObjectThatIsHalfMadeIsMadeAgain() {
        TreeLease first = lease();
        KbuildTree.run(tree.small.root, "gcc", "-c", "-x", "c", "/dev/null", "-o", "fs/c.o");
        assertThat(KbuildTree.make(tree.small.root)).containsExactly("LINK vmlinux");
        assertThat(tree.bytes("vmlinux")).isNotEqualTo(image);
        first.abandon();

        lease().close();
        assertThat(KbuildTree.make(tree.small.root)).containsExactly("CC fs/c.o", "LINK vmlinux");
        assertThat(tree.bytes("vmlinux")).isEqualTo(image);
    }
}
