package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/** Second trees: like the first one, made already, and no way to change the first one through them. */
@Timeout(600)
class TreeCloneTest {
    @TempDir
    private Path root = Path.of("");

    private KbuildTree tree;

    @BeforeEach
    void buildTree() {
        tree = KbuildTree.in(root.resolve("linux"));
        KbuildTree.make(tree.small.root);
    }

    private BuildTree cloneTo(String name) {
        try (TreeLease lease = BuildTree.open(tree.small.root).lease("to clone", Duration.ZERO, Context.standard())) {
            return lease.cloneTo(root.resolve(name));
        }
    }

    /** Content, mode and time to the nanosecond. */
    private Map<String, String> originWithTimes() throws IOException {
        Map<String, String> all = new TreeMap<>(tree.small.picture());
        try (Stream<Path> paths = Files.walk(tree.small.root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = tree.small.root.relativize(path).toString();
                if (all.containsKey(name)) {
                    all.put(name, all.get(name) + ' ' + Files.getLastModifiedTime(path));
                }
            }
        }
        return all;
    }

    @Test
    void makeMakesNothingInAClone() throws IOException {
        BuildTree clone = cloneTo("clone");

        assertThat(KbuildTree.make(clone.directory())).isEmpty();
        assertThat(clone.kernel()).isEqualTo(BuildTree.open(tree.small.root).kernel());
        assertThat(Files.getLastModifiedTime(clone.directory().resolve("net/a.o")))
                .isEqualTo(Files.getLastModifiedTime(tree.small.path("net/a.o")));
        assertThat(clone.directory().resolve(".tuxtape/journal")).doesNotExist();
    }

    @Test
    void whatIsDoneInACloneDoesNotChangeItsOrigin() throws IOException {
        Files.writeString(root.resolve("b.diff"), """
                --- a/net/b.c
                +++ b/net/b.c
                @@ -1 +1 @@
                -int b(void) { return 2; }
                +int b(void) { return 22; }
                """);
        BuildTree clone = cloneTo("clone");
        Map<String, String> before = originWithTimes();

        KbuildTree.run(
                clone.directory(), "patch", "-p1", "-i", root.resolve("b.diff").toString());
        KbuildTree.run(clone.directory(), "sed", "-i", "s/ONE 1/ONE 11/", "include/common.h");
        assertThat(KbuildTree.make(clone.directory())).hasSize(4);
        KbuildTree.run(clone.directory(), "objcopy", "--remove-section=.comment", "net/a.o");
        KbuildTree.run(
                clone.directory(), "sh", "-c", "echo >> scripts/setlocalversion; echo >> .config; touch vmlinux");
        try (TreeLease lease = clone.lease("to guard", Duration.ZERO, Context.standard())) {
            lease.guard(Set.of(SourcePath.parse("fs/c.c")));
            KbuildTree.run(clone.directory(), "sed", "-i", "s/int/long/", "fs/c.c");
        }

        assertThat(originWithTimes()).isEqualTo(before);
        assertThat(KbuildTree.make(tree.small.root)).isEmpty();
    }

    @Test
    void sourcesTakeNoRoomTwiceWhereLinksAreUsed() throws IOException {
        Path clone = cloneTo("clone").directory();
        boolean isLink = Files.isSameFile(clone.resolve("net/a.c"), tree.small.path("net/a.c"));
        boolean sharesBlocks = new ProcessBuilder(
                                "cp",
                                "--reflink=always",
                                tree.small.path("Makefile").toString(),
                                root + "/probe")
                        .redirectErrorStream(true)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
        assertThat(isLink).isNotEqualTo(sharesBlocks);
        for (String made : new String[] {"net/a.o", "vmlinux", ".config", "scripts/setlocalversion", "net/.a.o.cmd"}) {
            assertThat(Files.isSameFile(clone.resolve(made), tree.small.path(made)))
                    .as(made)
                    .isFalse();
        }
    }

    @Test
    void aCloneIsNotPutWhereThereIsSomething() {
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> cloneTo("linux"))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.EXISTS));
    }

    /** The fault: the caller does not want it any more when it is half done. */
    @Test
    void acloneThatIsBrokenOffIsNotThere() {
        CancellationToken token = CancellationToken.create();
        Context context = Context.standard().with(token);
        try (TreeLease lease = BuildTree.open(tree.small.root).lease("to clone", Duration.ZERO, context)) {
            token.cancel();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> lease.cloneTo(root.resolve("clone")));
        }
        assertThat(root.resolve("clone")).doesNotExist();
        assertThat(root.resolve(".clone.unfinished")).doesNotExist();
    }

    /** The fault: who made a clone was killed in the middle of it. */
    @Test
    void whatWasHalfClonedIsClearedAway() throws IOException {
        Files.createDirectories(root.resolve(".clone.unfinished/net"));
        assertThat(KbuildTree.make(cloneTo("clone").directory())).isEmpty();
        assertThat(root.resolve(".clone.unfinished")).doesNotExist();
    }
}
