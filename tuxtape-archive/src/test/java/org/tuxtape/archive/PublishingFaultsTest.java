package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;

class PublishingFaultsTest {
    /** More than any change has. */
    private static final int ENOUGH = 200;

    /** Injected: the process is killed at each step of a publication in turn, in the middle of a file where it writes one. */
    @Test
    void aPublicationThatIsKilledLeavesWhatClientsAcceptAndTheNextOneGoesOn(@TempDir Path directory)
            throws IOException {
        Publisher prepared = Publisher.withArchive(directory.resolve("prepared"));
        KernelIndex.Patch first = prepared.publish("first");
        int deaths = 0;
        boolean isOver = false;
        while (!isOver) {
            Publisher publisher = prepared.copiedTo(directory.resolve("run" + deaths));
            FailingDisk disk = FailingDisk.dyingAfter(deaths);
            isOver = !dies(() -> publisher.publish(archive(publisher, disk), "second"), disk);

            List<KernelIndex.Patch> seen = patches(publisher);
            assertThat(seen).startsWith(first).hasSizeBetween(1, 2);
            KernelIndex.Patch second = publisher.publish("second");
            assertThat(patches(publisher)).containsExactly(first, second);
            assertThat(second.serial()).isEqualTo(2);
            fetch(publisher, second, directory.resolve("got" + deaths));
            deaths++;
        }
        assertThat(deaths).isBetween(20, ENOUGH);
    }

    /** Injected: the process is killed at each step of the making of an archive. */
    @Test
    void anArchiveWhoseMakingIsKilledIsMadeByTheNextAttempt(@TempDir Path directory) throws IOException {
        Publisher prepared = Publisher.in(Files.createDirectory(directory.resolve("prepared")));
        int deaths = 0;
        boolean isOver = false;
        while (!isOver) {
            Publisher publisher = prepared.copiedTo(directory.resolve("run" + deaths));
            FailingDisk disk = FailingDisk.dyingAfter(deaths);
            isOver = !dies(() -> archive(publisher, disk).create(publisher.root, publisher.context()), disk);

            publisher.archive().create(publisher.root, publisher.context());
            assertThat(publisher.client().update(publisher.context()).isNew()).isTrue();
            deaths++;
        }
        assertThat(deaths).isBetween(10, ENOUGH);
    }

    /** Injected: the process is killed at each step of a change of keys, with the old and the new ones at hand. */
    @Test
    void aRotationThatIsKilledLeavesWhatClientsAcceptAndTheNextOneGoesOn(@TempDir Path directory) throws IOException {
        Rotation prepared = Rotation.preparedIn(directory.resolve("prepared"));
        int deaths = 0;
        boolean isOver = false;
        while (!isOver) {
            Rotation rotation = prepared.copiedTo(directory.resolve("run" + deaths));
            Publisher publisher = rotation.publisher();
            FailingDisk disk = FailingDisk.dyingAfter(deaths);
            isOver = !dies(() -> rotation.with(rotation.both(), disk), disk);

            publisher.client().update(publisher.context());
            rotation.with(rotation.both(), Disk.REAL);
            assertThat(publisher
                            .client()
                            .update(publisher.context())
                            .state()
                            .roles()
                            .get(Role.ROOT)
                            .version())
                    .isEqualTo(2);
            deaths++;
        }
        assertThat(deaths).isBetween(15, ENOUGH);
    }

    /** Injected: the process is killed at each step of a change of keys, where the old ones are lost. */
    @Test
    void aRotationWithoutTheOldKeysThatIsKilledIsFinishedByTheNextOne(@TempDir Path directory) throws IOException {
        Rotation prepared = Rotation.preparedIn(directory.resolve("prepared"));
        int deaths = 0;
        boolean isOver = false;
        while (!isOver) {
            Rotation rotation = prepared.copiedTo(directory.resolve("run" + deaths));
            Publisher publisher = rotation.publisher();
            FailingDisk disk = FailingDisk.dyingAfter(deaths);
            isOver = !dies(() -> rotation.with(rotation.newer().online(), disk), disk);

            rotation.with(rotation.newer().online(), Disk.REAL);
            assertThat(publisher
                            .client()
                            .update(publisher.context())
                            .state()
                            .roles()
                            .get(Role.ROOT)
                            .version())
                    .isEqualTo(2);
            deaths++;
        }
        assertThat(deaths).isBetween(15, ENOUGH);
    }

    private record Rotation(Publisher publisher, Keys newer, RootMetadata next) {
        /** A node knows the archive as it is before. */
        static Rotation preparedIn(Path home) {
            Publisher publisher = Publisher.withArchive(home);
            publisher.client().update(publisher.context());
            Keys newer = publisher
                    .keys
                    .with(Role.TARGETS, 1, Keys.signer(KeyScheme.ED25519))
                    .with(Role.SNAPSHOT, 1, Keys.signer(KeyScheme.ECDSA_P256))
                    .with(Role.TIMESTAMP, 1, Keys.signer(KeyScheme.ED25519));
            return new Rotation(
                    publisher, newer, newer.nextRoot(publisher.root, publisher.keys, publisher.clock.instant()));
        }

        Rotation copiedTo(Path home) {
            return new Rotation(publisher.copiedTo(home), newer, next);
        }

        List<Signer> both() {
            return Stream.concat(publisher.keys.online().stream(), newer.online().stream())
                    .toList();
        }

        ArchiveState with(List<Signer> signers, Disk disk) {
            return PatchArchive.open(publisher.directory(), signers, Validity.standard(), disk)
                    .rotate(next, publisher.context());
        }
    }

    /** Injected: no space left on the device, at each step of a publication in turn. */
    @Test
    void aDiskThatFillsLeavesTheArchiveAsItWas(@TempDir Path directory) throws IOException {
        Publisher prepared = Publisher.withArchive(directory.resolve("prepared"));
        KernelIndex.Patch first = prepared.publish("first");
        int full = 0;
        boolean isOver = false;
        while (!isOver) {
            Publisher publisher = prepared.copiedTo(directory.resolve("run" + full));
            FailingDisk disk = FailingDisk.fullAfter(full);
            PatchArchive archive = archive(publisher, disk);
            ArchiveException failure =
                    catchThrowableOfType(ArchiveException.class, () -> publisher.publish(archive, "second"));
            isOver = failure == null;
            if (failure != null) {
                assertThat(failure.fault()).isEqualTo(Fault.DISK_FULL);
                assertThat(failure).hasMessageContaining("the disk is full");
            }
            assertThat(patches(publisher)).startsWith(first);
            publisher.publish("second");
            full++;
        }
        assertThat(full).isBetween(20, ENOUGH);
    }

    @Test
    void twoPublishersAtOnceBothPublish(@TempDir Path directory) throws Exception {
        Publisher publisher = Publisher.withArchive(directory);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<KernelIndex.Patch>> work = new ArrayList<>();
            // In real time, since one waits for the other.
            Context context = Context.standard();
            IntStream.range(0, 8)
                    .forEach(i -> work.add(() -> ((Publication.Published) publisher
                                    .archive()
                                    .publish(
                                            List.of(Samples.submission(
                                                    directory.resolve("store"), "livepatch_a", "f" + i)),
                                            context))
                            .patches()
                            .get(0)));
            List<KernelIndex.Patch> published = new ArrayList<>();
            for (Future<KernelIndex.Patch> one : threads.invokeAll(work)) {
                published.add(one.get());
            }
            assertThat(publisher.archive().index(Samples.KERNEL).orElseThrow().patches())
                    .containsExactlyInAnyOrderElementsOf(published)
                    .hasSize(8);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasChangedOnThePublishersDiskIsNotSigned(@TempDir Path directory) throws IOException {
        Publisher publisher = Publisher.withArchive(directory);
        publisher.publish("first");
        int version = publisher.archive().state().roles().get(Role.TARGETS).version();
        Path targets = directory.resolve("archive/metadata/" + version + ".targets.json");
        Files.writeString(targets, Files.readString(targets).replace("livepatch_a", "livepatch_b"));

        ArchiveException failure = catchThrowableOfType(ArchiveException.class, () -> publisher.publish("second"));
        assertThat(failure.fault()).isEqualTo(Fault.DIGEST);
    }

    private static PatchArchive archive(Publisher publisher, Disk disk) {
        return PatchArchive.open(publisher.directory(), publisher.keys.online(), Validity.standard(), disk);
    }

    private static List<KernelIndex.Patch> patches(Publisher publisher) {
        ArchiveView view = publisher.client().update(publisher.context());
        return view.index(Samples.KERNEL, publisher.context()).orElseThrow().patches();
    }

    private static void fetch(Publisher publisher, KernelIndex.Patch patch, Path into) {
        publisher.client().update(publisher.context()).fetch(Samples.KERNEL, patch, into, publisher.context());
    }

    private static boolean dies(Runnable change, FailingDisk disk) {
        try {
            change.run();
        } catch (FailingDisk.Killed e) {
            assertThat(disk.hasFailed()).isTrue();
            return true;
        }
        return false;
    }
}
