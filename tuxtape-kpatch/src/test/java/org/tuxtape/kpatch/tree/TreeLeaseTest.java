package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.tree.TreeException.Fault;
import org.tuxtape.testkit.ManualClock;

class TreeLeaseTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-01-02T03:04:05.678901234Z"));

    @TempDir
    private Path root = Path.of("");

    private SmallTree small;
    private BuildTree tree;

    @BeforeEach
    void makeTree() {
        small = SmallTree.in(root.resolve("linux"));
        tree = BuildTree.open(small.root);
    }

    private TreeLease lease() {
        return tree.lease("to test", Duration.ZERO, Context.standard());
    }

    private static Set<SourcePath> files(String... names) {
        return Arrays.stream(names).map(SourcePath::parse).collect(Collectors.toSet());
    }

    @Test
    void putsBackWhatWasChangedDeletedAndAdded() throws IOException {
        Files.createSymbolicLink(small.path("net/link"), Path.of("core/sock.c"));
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files(
                    "net/core/sock.c",
                    "net/core/dev.c",
                    "scripts/setlocalversion",
                    "net/link",
                    "net/new/deep/a.c",
                    "net/core/b.c"));
            small.write("net/core/sock.c", "int patched;\n");
            small.delete("net/core/dev.c");
            small.mode("scripts/setlocalversion", "rw-------");
            small.delete("net/link");
            Files.createSymbolicLink(small.path("net/link"), Path.of("/etc/passwd"));
            small.write("net/new/deep/a.c", "new\n");
            small.write("net/core/b.c", "new\n");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void aGuardedFileCountsAsWhatItWasBefore() throws IOException {
        SourcePath file = SourcePath.parse("net/core/sock.c");
        Optional<String> before = tree.digest(file);
        assertThat(before).hasValueSatisfying(digest -> assertThat(digest).matches("[0-9a-f]{64}"));
        try (TreeLease lease = lease()) {
            small.write("net/core/sock.c", "int another;\n");
            assertThat(tree.digest(file)).isNotEqualTo(before);
            Optional<String> another = tree.digest(file);
            lease.guard(files("net/core/sock.c"));
            small.write("net/core/sock.c", "int patched;\n");
            assertThat(tree.digest(file)).isEqualTo(another);
        }
        assertThat(tree.digest(SourcePath.parse("net/core/none.c"))).isEmpty();
    }

    @Test
    void aSourceThatWasChangedGetsANewTimeAndOneThatIsRightKeepsItsOwn() throws IOException {
        Files.setLastModifiedTime(small.path("net/core/sock.c"), LONG_AGO);
        Files.setLastModifiedTime(small.path("net/core/dev.c"), LONG_AGO);
        Path object = small.path("net/core/sock.o");
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c", "net/core/dev.c"));
            small.write("net/core/sock.c", "int patched;\n");
            Files.writeString(object, "compiled from the changed text");
        }
        assertThat(Files.getLastModifiedTime(small.path("net/core/sock.c")))
                .isGreaterThan(Files.getLastModifiedTime(object));
        assertThat(Files.getLastModifiedTime(small.path("net/core/dev.c"))).isEqualTo(LONG_AGO);
    }

    @Test
    void aSourceThatTheToolPutBackItselfKeepsTheTimeThatItGotThen() throws IOException {
        Files.setLastModifiedTime(small.path("net/core/sock.c"), LONG_AGO);
        FileTime later = FileTime.from(LONG_AGO.toInstant().plusSeconds(5));
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c"));
            small.write("net/core/sock.c", "int patched;\n");
            small.write("net/core/sock.c", "int sock;\n");
            Files.setLastModifiedTime(small.path("net/core/sock.c"), later);
        }
        assertThat(Files.getLastModifiedTime(small.path("net/core/sock.c"))).isEqualTo(later);
    }

    @Test
    void aProductGetsItsOldTimeSoThatMakeDecidesAnew() throws IOException {
        small.write("vmlinux", "image");
        small.write(".vmlinux.cmd", "savedcmd_vmlinux := link\n");
        Files.setLastModifiedTime(small.path("vmlinux"), LONG_AGO);
        try (TreeLease lease = lease()) {
            lease.guard(files("vmlinux"));
            small.write("vmlinux", "half an im");
            lease.toolsEnded();
        }
        assertThat(small.read("vmlinux")).isEqualTo("image");
        assertThat(Files.getLastModifiedTime(small.path("vmlinux"))).isEqualTo(LONG_AGO);
    }

    @Test
    void removesWhatPatchAndSedLeaveBesideAFile() {
        small.write("net/core/dev.c.orig", "somebody's own\n");
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c", "net/core/dev.c"));
            small.write("net/core/sock.c.rej", "a hunk");
            small.write("net/core/sock.c.orig", "the original");
            small.write("net/core/dev.c.orig", "another original");
            small.write("net/core/sock.c.oAb3dEf", "half of it");
            small.write("net/core/sedAbCd12", "half of it");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void canGuardMoreLater() {
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c"));
            small.write("net/core/sock.c", "int patched;\n");
            lease.guard(files("net/core/dev.c", "net/core/sock.c"));
            small.write("net/core/dev.c", "int patched;\n");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void directoriesThatWereMadeAreTakenAwayAlsoIfTheyAreBelowEachOther() {
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("fs/e.c"));
            small.write("fs/e.c", "int new;\n");
            lease.guard(files("fs/new/f.c"));
            small.write("fs/new/f.c", "int new;\n");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void filesOfTheSameContentAreAllPutBack() {
        small.write("net/core/a.c", "same");
        small.write("net/core/b.c", "same");
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/a.c", "net/core/b.c"));
            small.write("net/core/a.c", "x");
            small.write("net/core/b.c", "y");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void keepsTheCopiesOfOneGuardAtMost() throws IOException {
        for (String name : new String[] {"net/core/sock.c", "net/core/dev.c"}) {
            try (TreeLease lease = lease()) {
                lease.guard(files(name));
            }
            assertThat(small.path(".tuxtape/journal")).doesNotExist();
            assertThat(small.path(".tuxtape/lock")).isEmptyFile();
            try (Stream<Path> copies = Files.list(small.path(".tuxtape/copies"))) {
                assertThat(copies)
                        .singleElement()
                        .satisfies(copy -> assertThat(copy).hasSameBinaryContentAs(small.path(name)));
            }
        }
    }

    /** The fault: a copy that was kept is not what it was. */
    @Test
    void aCopyThatWasKeptIsLookedAtBeforeItIsTrusted() throws IOException {
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c"));
        }
        try (Stream<Path> copies = Files.list(small.path(".tuxtape/copies"))) {
            Files.writeString(copies.findFirst().orElseThrow(), "int damage\n");
        }
        try (TreeLease lease = lease()) {
            lease.guard(files("net/core/sock.c"));
            small.write("net/core/sock.c", "int patched;\n");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void strangeNamesArePutBackToo() {
        String name = "net/ a%2F+\u00e9\u2003/ b\".c ";
        small.write(name, "text");
        Map<String, String> before = small.picture();
        try (TreeLease lease = lease()) {
            lease.guard(files(name));
            small.write(name, "other");
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    @Test
    void nobodyElseGetsATreeThatIsHeldAndIsToldByWhom() {
        try (TreeLease lease = lease()) {
            assertThat(lease.repair()).isEmpty();
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(this::lease)
                    .withMessageContaining(
                            "is used by process " + ProcessHandle.current().pid() + " on ")
                    .withMessageContaining("(to test)")
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.BUSY))
                    .satisfies(
                            e -> assertThat(e.holder().orElseThrow().purpose()).isEqualTo("to test"));
        }
        lease().close();
    }

    /** The fault: the same tree, reached by another path. */
    @Test
    void aTreeIsTheSameByWhateverPath() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), small.root);
        try (TreeLease lease = lease()) {
            assertThat(lease.repair()).isEmpty();
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> BuildTree.open(link).lease("x", Duration.ZERO, Context.standard()))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
        }
    }

    @Test
    void waitsAsLongAsPatienceLasts() {
        ManualClock clock = ManualClock.at(Instant.parse("2024-03-01T12:00:00Z"));
        try (TreeLease lease = lease()) {
            assertThat(lease.repair()).isEmpty();
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> tree.lease("to wait", Duration.ofMinutes(3), clock.context()))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
        }
        assertThat(clock.instant()).isEqualTo(Instant.parse("2024-03-01T12:03:00Z"));
    }

    @Test
    void getsTheTreeWhenTheOtherHasDone() {
        TreeLease first = lease();
        Context context = Context.standard().sleepingBy(nap -> first.close());
        try (TreeLease second = tree.lease("to follow", Duration.ofMinutes(1), context)) {
            assertThat(second.repair()).isEmpty();
        }
    }

    @Test
    void waitingCanBeCancelled() {
        CancellationToken token = CancellationToken.create();
        Context context = Context.standard().with(token).sleepingBy(nap -> token.cancel());
        try (TreeLease lease = lease()) {
            assertThat(lease.repair()).isEmpty();
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> tree.lease("to wait", Duration.ofMinutes(1), context));
        }
    }

    /** The fault: the thread was interrupted, as it is after a tool was cancelled in this way. */
    @Test
    void anInterruptDoesNotKeepATreeFromBeingPutBack() {
        Map<String, String> before = small.picture();
        TreeLease lease = lease();
        lease.guard(files("net/core/sock.c"));
        small.write("net/core/sock.c", "int patched;\n");
        Thread.currentThread().interrupt();
        lease.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(small.picture()).isEqualTo(before);
    }

    /** The fault: a symbolic link in the tree that leads out of it. */
    @Test
    void nothingIsGuardedThroughALink() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.createSymbolicLink(small.path("net/out"), outside);
        try (TreeLease lease = lease()) {
            for (String name : new String[] {"net/out/a.c", "net/core", "net/core/sock.c/a"}) {
                assertThatExceptionOfType(TreeException.class)
                        .isThrownBy(() -> lease.guard(files(name)))
                        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.OUTSIDE));
            }
        }
        assertThat(outside).isEmptyDirectory();
    }

    /** The fault: a tool puts a link in the place of a directory, so that putting back would write through it. */
    @Test
    void nothingIsPutBackThroughALink() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("udp.c"), "outside");
        Files.writeString(outside.resolve("new.c"), "outside");
        try (TreeLease lease = lease()) {
            lease.guard(files("net/ipv4/udp.c", "net/ipv4/new.c"));
            small.delete("net/ipv4/udp.c");
            Files.delete(small.path("net/ipv4"));
            Files.createSymbolicLink(small.path("net/ipv4"), outside);
        }
        assertThat(outside.resolve("udp.c")).hasContent("outside");
        assertThat(outside.resolve("new.c")).hasContent("outside");
        assertThat(small.path("net/ipv4").toRealPath())
                .isEqualTo(small.root.toRealPath().resolve("net/ipv4"));
        assertThat(small.read("net/ipv4/udp.c")).isEqualTo("int udp;\n");
    }

    /** The fault: a tree that brings a link in the place of the state directory. */
    @Test
    void theStateDirectoryIsNoLink() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.createSymbolicLink(small.path(".tuxtape"), outside);
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(this::lease)
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.OUTSIDE));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aClosedLeaseGuardsNothing() {
        TreeLease lease = lease();
        lease.close();
        lease.close();
        assertThatIllegalStateException().isThrownBy(() -> lease.guard(files("net/core/sock.c")));
    }
}
