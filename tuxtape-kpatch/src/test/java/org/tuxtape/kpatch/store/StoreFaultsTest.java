package org.tuxtape.kpatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.kpatch.internal.disk.ChildJvm;
import org.tuxtape.kpatch.internal.disk.MortalDisk;
import org.tuxtape.kpatch.store.StoreException.Fault;
import org.tuxtape.testkit.ManualClock;

/** Full and forbidden disks, and processes that die in the middle. */
@Timeout(600)
class StoreFaultsTest {
    private static final int HALTED = 9;
    private static final int REFUSED = 3;

    @TempDir
    private Path root = Path.of("");

    private Path directory;
    private Builds builds;

    @BeforeEach
    void chooseDirectory() {
        directory = root.resolve("store");
        builds = new Builds(root);
    }

    private ArtefactStore store(Disk disk) {
        return ArtefactStore.open(directory, Context.standard(), disk);
    }

    private ArtefactStore store() {
        return store(Disk.REAL);
    }

    /** The fault: the process dies before each of its steps while it puts in, also in the middle of a file. */
    @Test
    void whatIsPutInIsThereWholeOrNotAtAll() {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            disk = MortalDisk.dyingAfter(step);
            directory = root.resolve("store" + step);
            try {
                store(disk).put(builds.module(1), Optional.empty());
            } catch (MortalDisk.Killed e) {
                assertThat(disk.isOver()).isTrue();
            }
            assertThat(store().verify(Context.standard()).damages()).isEmpty();
            assertThat(store().put(builds.module(1), Optional.empty()).key()).isEqualTo(Builds.key(1));
            assertThat(store().list().artefacts()).hasSize(1);
            assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        }
        assertThat(step).isGreaterThan(5);
    }

    /** The fault: the process dies before each of its steps while it replaces a damaged entry. */
    @Test
    void whatIsReplacedIsNeverHalfOfBoth() throws IOException {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            disk = MortalDisk.dyingAfter(step);
            directory = root.resolve("store" + step);
            Path module =
                    store().put(builds.module(1), Optional.empty()).module().file();
            Reviews reviews = store().review(Builds.key(1), Decision.DENIED, "Ada", "it leaks");
            Files.writeString(module, "damaged");
            try {
                store(disk).put(builds.module(1), Optional.empty());
            } catch (MortalDisk.Killed e) {
                assertThat(disk.isOver()).isTrue();
            }
            store().put(builds.module(1), Optional.empty());
            assertThat(store().verify(Context.standard()).damages()).isEmpty();
            assertThat(store().find(Builds.key(1))).isPresent();
            assertThat(store().reviews(Builds.key(1))).isEqualTo(reviews);
        }
    }

    /** The fault: the process dies before each of its steps while it writes a decision down. */
    @Test
    void aDecisionIsThereWholeOrNotAtAllAndThoseBeforeItStay() {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            disk = MortalDisk.dyingAfter(step);
            directory = root.resolve("store" + step);
            store().put(builds.module(1), Optional.empty());
            Reviews before = store().review(Builds.key(1), Decision.APPROVED, "Ada", "read line by line");
            try {
                store(disk).review(Builds.key(1), Decision.DENIED, "Bo", "it leaks");
            } catch (MortalDisk.Killed e) {
                assertThat(disk.isOver()).isTrue();
            }
            assertThat(store().reviews(Builds.key(1)).all())
                    .startsWith(before.all().get(0))
                    .hasSizeBetween(1, 2);
            assertThat(store().verify(Context.standard()).damages()).isEmpty();
            assertThat(store().review(Builds.key(1), Decision.DENIED, "Bo", "it leaks")
                            .all())
                    .hasSizeBetween(2, 3);
            assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        }
        assertThat(step).isGreaterThan(3);
    }

    /** The fault: the process dies before each of its steps while it prunes. */
    @Test
    void whatIsPrunedGoesWholeOrNotAtAll() {
        int step = 0;
        for (MortalDisk disk = null; disk == null || disk.isOver(); step++) {
            disk = MortalDisk.dyingAfter(step);
            directory = root.resolve("store" + step);
            store().put(builds.module(1), Optional.empty());
            store().put(builds.module(2), Optional.empty());
            try {
                store(disk).prune(Retention.all().within(0));
            } catch (MortalDisk.Killed e) {
                assertThat(disk.isOver()).isTrue();
            }
            assertThat(store().verify(Context.standard()).damages()).isEmpty();
            store().prune(Retention.all());
            assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        }
    }

    /** The fault: a real process that ends itself without any of Java's ways out, in the middle of its work. */
    @Test
    void aRealProcessThatIsGoneLeavesTheStoreUsable() throws IOException, InterruptedException {
        for (int step : new int[] {1, 3, 5, 7}) {
            Process process = child(List.of(), "halt", step);
            assertThat(process.waitFor()).isEqualTo(HALTED);
            assertThat(store().verify(Context.standard()).damages()).isEmpty();
        }
        assertThat(store().put(builds.module(1), Optional.empty()).key()).isEqualTo(Builds.key(1));
    }

    /** The fault: the system lets no file of the process become larger than 8 KiB, and so the log does not fit. */
    @Test
    void aFileThatDoesNotFitLeavesTheStoreAsItWas() throws IOException, InterruptedException {
        Files.writeString(root.resolve("log"), "x".repeat(100_000));
        Process process = child(List.of("bash", "-c", "ulimit -f 8; exec \"$@\"", "bash"), "log", 0);
        assertThat(process.waitFor()).isEqualTo(REFUSED);
        assertThat(store().list()).isEqualTo(new ArtefactStore.Contents(List.of(), List.of()));
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        store().put(builds.module(1), Optional.of(root.resolve("log")));
    }

    private Process child(List<String> wrapper, String work, int step) throws IOException {
        return ChildJvm.start(wrapper, StoreFaultsTest.class, work, root.toString(), Integer.toString(step));
    }

    /** What a child does. */
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[1]);
        boolean halts = arguments[0].equals("halt");
        Disk disk = halts ? MortalDisk.haltingAfter(Integer.parseInt(arguments[2])) : Disk.REAL;
        ArtefactStore store = ArtefactStore.open(root.resolve("store"), Context.standard(), disk);
        try {
            store.put(
                    new Builds(root.resolve("child")).module(1),
                    halts ? Optional.empty() : Optional.of(root.resolve("log")));
        } catch (StoreException e) {
            System.exit(e.fault() == Fault.NO_SPACE ? REFUSED : 1);
        }
    }

    /** The fault: a disk that is full while files are written. */
    @Test
    void aFullDiskIsToldAndLeavesNothing() throws IOException {
        Disk full = new Disk() {
            @Override
            public void write(Path file, InputStream content) throws IOException {
                Disk.REAL.write(file, InputStream.nullInputStream());
                throw new IOException("No space left on device");
            }
        };
        assertFault(full, Fault.NO_SPACE, "the disk is full");
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        assertThat(directory.resolve("artefacts")).isEmptyDirectory();
    }

    /** The fault: a directory in which nothing can be created. */
    @Test
    void aStoreThatMayNotBeWrittenIsStillRead() {
        StoredArtefact there = store().put(builds.module(1), Optional.empty());
        Disk forbidden = new Disk() {
            @Override
            public void write(Path file, InputStream content) throws IOException {
                throw new AccessDeniedException(file.toString());
            }
        };
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store(forbidden).put(builds.module(2), Optional.empty()))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NOT_PERMITTED));
        assertThat(store(forbidden).find(Builds.key(1))).contains(there);
    }

    private void assertFault(Disk disk, Fault fault, String why) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store(disk).put(builds.module(1), Optional.empty()))
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }

    /** The fault: somebody changes the store and does not come to an end. */
    @Test
    void whoIsInTheWayIsNamed() throws IOException {
        ManualClock clock = ManualClock.create();
        ArtefactStore waiting = ArtefactStore.open(directory, clock.context());
        store().put(builds.module(1), Optional.empty());
        try (LockFile lock = ((LockFile.Attempt.Taken) LockFile.attempt(directory.resolve("lock"))).lock()) {
            lock.write("process 1, to be slow\n");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> waiting.put(builds.module(2), Optional.empty()))
                    .withMessageContaining("process 1, to be slow")
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
        }
    }

    /** The fault: many writers of the same few keys, in this process and another. */
    @Test
    void writersOfTheSameKeyGetTheSameArtefact() throws Exception {
        Files.writeString(root.resolve("log"), "log\n");
        Process other = child(List.of(), "put", 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 1; round <= 5; round++) {
                LivepatchModule module = builds.module(round);
                Callable<StoredArtefact> put = () -> store().put(module, Optional.empty());
                List<StoredArtefact> got = threads.invokeAll(List.of(put, put, put, put)).stream()
                        .map(StoreFaultsTest::get)
                        .distinct()
                        .toList();
                assertThat(got).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
            try (BufferedReader output = other.inputReader()) {
                output.lines().forEach(line -> {});
            }
            assertThat(other.waitFor()).isZero();
        }
        assertThat(store().verify(Context.standard()).artefacts()).hasSize(5);
        assertThat(store().verify(Context.standard()).damages()).isEmpty();
    }

    private static StoredArtefact get(Future<StoredArtefact> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
