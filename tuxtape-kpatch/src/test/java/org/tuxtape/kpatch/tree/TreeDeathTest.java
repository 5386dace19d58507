package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.text.Stanza;
import org.tuxtape.kpatch.internal.disk.ChildJvm;
import org.tuxtape.kpatch.internal.disk.MortalDisk;
import org.tuxtape.kpatch.internal.run.Leftovers;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.internal.run.ToolRun;
import org.tuxtape.kpatch.tree.TreeException.Fault;
import org.tuxtape.testkit.RecordingListener;

/** Whoever uses a tree dies, and the next one finds it as it was. */
@Timeout(600)
class TreeDeathTest {
    private static final Set<SourcePath> FILES =
            Set.of(SourcePath.parse("net/core/sock.c"), SourcePath.parse("net/new/a.c"), SourcePath.parse("vmlinux"));

    @TempDir
    private Path root = Path.of("");

    private static TreeLease lease(SmallTree small, Disk disk) {
        return BuildTree.open(small.root, disk).lease("to test", Duration.ZERO, Context.standard());
    }

    private static void useTool(SmallTree small) {
        small.write("net/core/sock.c", "int patched;\n");
        small.write("net/core/sock.c.orig", "int sock;\n");
        small.write("net/new/a.c", "new\n");
        small.write("vmlinux", "half an im");
    }

    private SmallTree tree(String name) {
        SmallTree small = SmallTree.in(root.resolve(name));
        small.write("vmlinux", "image");
        small.write(".vmlinux.cmd", "savedcmd_vmlinux := link\n");
        return small;
    }

    /** The fault: the process dies before each of its steps, also in the middle of a file. */
    @Test
    void aTreeIsAsItWasWhereverItsUserDied() {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            SmallTree small = tree("tree" + step);
            Map<String, String> before = small.picture();
            disk = MortalDisk.dyingAfter(step);
            TreeLease lease = lease(small, disk);
            try {
                lease.guard(FILES);
                useTool(small);
                lease.toolsEnded();
                lease.close();
            } catch (MortalDisk.Killed e) {
                lease.abandon();
            }
            lease(small, Disk.REAL).close();
            assertThat(small.picture()).as("step %d", step).isEqualTo(before);
        }
        assertThat(step).isGreaterThan(15);
    }

    /** The fault: who puts a tree back dies before each of its steps as well. */
    @Test
    void puttingBackCanBeBrokenOffAnywhereToo() {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            SmallTree small = tree("tree" + step);
            Map<String, String> before = small.picture();
            TreeLease first = lease(small, Disk.REAL);
            first.guard(FILES);
            useTool(small);
            first.abandon();
            disk = MortalDisk.dyingAfter(step);
            try {
                lease(small, disk).abandon();
            } catch (MortalDisk.Killed e) {
                assertThat(disk.isOver()).isTrue();
            }
            lease(small, Disk.REAL).close();
            assertThat(small.picture()).as("step %d", step).isEqualTo(before);
        }
    }

    @Test
    void whatWasPutBackIsTold() throws IOException {
        SmallTree small = tree("linux");
        TreeLease first = lease(small, Disk.REAL);
        first.guard(FILES);
        useTool(small);
        small.write("net/core/.dev.o.cmd", "savedcmd_net/core/dev.o := gcc\n");
        small.write("net/core/dev.o", "half an obj");
        Files.setLastModifiedTime(small.path("net/core/.dev.o.cmd"), FileTime.fromMillis(1000));
        first.abandon();
        RecordingListener listener = new RecordingListener();

        try (TreeLease next = BuildTree.open(small.root)
                .lease("to follow", Duration.ZERO, Context.standard().with(listener))) {
            TreeRepair repair = next.repair().orElseThrow();
            assertThat(repair.holder().orElseThrow().purpose()).isEqualTo("to test");
            assertThat(repair.restored())
                    .containsExactly(SourcePath.parse("net/core/sock.c"), SourcePath.parse("vmlinux"));
            assertThat(repair.removed())
                    .containsExactly(SourcePath.parse("net/core/sock.c.orig"), SourcePath.parse("net/new/a.c"));
            assertThat(repair.unfinished()).containsExactly(SourcePath.parse("net/core/dev.o"));
        }
        listener.assertWellFormed();
        assertThat(listener.events()).hasSize(7);
        assertThat(small.path("net/core/dev.o")).doesNotExist();
    }

    /** The fault: a journal that is half there, as on a disk that does not keep the order of what it writes. */
    @Test
    void aJournalThatIsNotWholeIsNone() throws IOException {
        SmallTree small = tree("linux");
        TreeLease first = lease(small, Disk.REAL);
        first.guard(FILES);
        first.abandon();
        Path journal = small.path(".tuxtape/journal");
        byte[] whole = Files.readAllBytes(journal);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(journal, Arrays.copyOf(whole, length));
            small.write("net/core/sock.c", "changed by its owner\n");
            lease(small, Disk.REAL).close();
            assertThat(small.read("net/core/sock.c")).isEqualTo("changed by its owner\n");
            assertThat(journal).doesNotExist();
        }
    }

    /** The fault: the copy of a file that has to be put back is damaged. */
    @Test
    void aTreeThatCannotBePutBackIsNotGivenAway() throws IOException {
        SmallTree small = tree("linux");
        TreeLease first = lease(small, Disk.REAL);
        first.guard(FILES);
        useTool(small);
        first.abandon();
        try (var copies = Files.newDirectoryStream(small.path(".tuxtape/copies"))) {
            for (Path copy : copies) {
                Files.writeString(copy, "damaged");
            }
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> lease(small, Disk.REAL))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.DAMAGED));
        }
    }

    /** The fault: a full disk, first when files are guarded, then when they are put back. */
    @Test
    void aFullDiskKeepsNothingFromBeingPutBack() {
        SmallTree small = tree("linux");
        Map<String, String> before = small.picture();
        Disk full = new Disk() {
            @Override
            public void write(Path file, InputStream content) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (TreeLease lease = lease(small, full)) {
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> lease.guard(FILES))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NO_SPACE));
        }
        TreeLease first = lease(small, Disk.REAL);
        first.guard(FILES);
        useTool(small);
        first.abandon();
        lease(small, full).close();
        assertThat(small.picture()).isEqualTo(before);
    }

    /** The fault: kill -9 of a real process while a tool of its works on the tree, which outlives it. */
    @Test
    void aProcessThatIsKilledLeavesNoToolAndNoChange() throws IOException, InterruptedException {
        SmallTree small = tree("linux");
        Map<String, String> before = small.picture();
        Process process = ChildJvm.start(List.of(), TreeDeathTest.class, small.root.toString());
        ProcessMarker marker;
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("at work");
            marker = ProcessMarker.parse(
                    Stanza.parse(small.read(".tuxtape/lock")).required("Marker"));
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> lease(small, Disk.REAL))
                    .withMessageContaining("process " + process.pid() + " on ")
                    .withMessageContaining("(to be killed)");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Leftovers.of(marker)).isNotEmpty();
        try (TreeLease lease = lease(small, Disk.REAL)) {
            assertThat(lease.repair().orElseThrow().processes()).isPositive();
            assertThat(Leftovers.of(marker)).isEmpty();
        }
        assertThat(small.picture()).isEqualTo(before);
    }

    /** What the child does: it leases, guards, and runs a tool that changes a file and does not end. */
    public static void main(String[] arguments) {
        BuildTree tree = BuildTree.open(Path.of(arguments[0]));
        TreeLease lease = tree.lease("to be killed", Duration.ZERO, Context.standard());
        lease.guard(FILES);
        ToolRun.of(List.of("sh", "-c", "echo patched > net/core/sock.c; echo at work; exec sleep 600"))
                .in(tree.directory())
                .marked(ProcessMarker.parse(lease.marker()))
                .run(System.out::println, Duration.ofMinutes(10), Context.standard());
    }
}
