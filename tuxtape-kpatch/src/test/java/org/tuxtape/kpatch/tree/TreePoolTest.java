package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.kpatch.tree.TreeException.Fault;
import org.tuxtape.testkit.ManualClock;

@Timeout(600)
class TreePoolTest {
    private static final long MUCH = 1L << 40;

    @TempDir
    private Path root = Path.of("");

    private Path directory;
    private BuildTree origin;
    private long size;

    @BeforeEach
    void makeOrigin() throws IOException {
        directory = root.resolve("pool");
        SmallTree small = SmallTree.in(root.resolve("linux"));
        small.write("vmlinux", "x".repeat(10_000));
        origin = BuildTree.open(small.root);
        size = TreeCopy.ownBytes(origin.directory());
    }

    private TreeLease lease(TreePool pool) {
        return pool.lease(origin, "to test", Duration.ZERO, Context.standard());
    }

    private List<Path> clones() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void anIdleCloneIsUsedAgain() throws IOException {
        TreePool pool = TreePool.open(directory, MUCH);
        Path first;
        try (TreeLease lease = lease(pool)) {
            first = lease.tree().directory();
            assertThat(first).isNotEqualTo(origin.directory()).hasParent(directory.toRealPath());
        }
        try (TreeLease lease = lease(pool)) {
            assertThat(lease.tree().directory()).isEqualTo(first);
        }
    }

    @Test
    void twoAtOnceGetTwoClones() throws IOException {
        TreePool pool = TreePool.open(directory, MUCH);
        try (TreeLease one = lease(pool);
                TreeLease two = lease(pool)) {
            assertThat(one.tree().directory()).isNotEqualTo(two.tree().directory());
        }
        assertThat(clones()).hasSize(2);
    }

    @Test
    void nothingThatIsInUseIsRemovedAndTheNextOneWaits() throws IOException {
        TreePool pool = TreePool.open(directory, size + size / 2);
        ManualClock clock = ManualClock.create();
        try (TreeLease one = lease(pool)) {
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> pool.lease(origin, "to wait", Duration.ofMinutes(1), clock.context()))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
            assertThat(one.tree().directory()).exists();
        }
        assertThat(clones()).hasSize(1);
    }

    @Test
    void theCloneThatWasNotUsedForLongestMakesRoom() throws IOException {
        SmallTree other = SmallTree.in(root.resolve("other"));
        other.write("vmlinux", "y".repeat(10_000));
        BuildTree second = BuildTree.open(other.root);
        TreePool pool = TreePool.open(directory, 2 * size + size / 2);
        Path old;
        Path young;
        try (TreeLease one = lease(pool);
                TreeLease two = lease(pool)) {
            old = one.tree().directory();
            young = two.tree().directory();
        }
        Files.setLastModifiedTime(old.resolve(".tuxtape/lock"), FileTime.fromMillis(1000));
        try (TreeLease three = pool.lease(second, "to test", Duration.ZERO, Context.standard())) {
            assertThat(clones()).containsExactlyInAnyOrder(young, three.tree().directory());
        }
    }

    @Test
    void aPoolThatIsTooSmallForOneSaysSo() {
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> lease(TreePool.open(directory, 100)))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
    }

    /** The fault: many threads and few clones. */
    @Test
    void nobodySharesAClone() throws Exception {
        TreePool pool = TreePool.open(directory, 2 * size + size / 2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> work = () -> {
                try (TreeLease lease = pool.lease(origin, "to work", Duration.ofMinutes(5), Context.standard())) {
                    Path mark = lease.tree().directory().resolve("mark");
                    Files.createFile(mark);
                    Files.delete(mark);
                    lease.toolsEnded();
                    return true;
                }
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(work, work, work, work, work, work))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(clones()).hasSizeBetween(1, 2);
    }
}
