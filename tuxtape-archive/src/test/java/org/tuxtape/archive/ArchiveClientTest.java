package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelIdentity;

class ArchiveClientTest {
    private Publisher publisher;
    private LocalServer server;
    private KernelIndex.Patch patch;

    @BeforeEach
    void publish(@TempDir Path directory) {
        publisher = Publisher.withArchive(directory);
        patch = publisher.publish("first");
        publisher.setPolicy("the policy");
        server = LocalServer.of(publisher.directory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCheckWithNothingNewIsOneRequestForTheTimestamp() throws IOException {
        ArchiveView first = client().update(publisher.context());
        first.policy(publisher.context());
        first.index(Samples.KERNEL, publisher.context());
        server.forgetCounts();

        ArchiveView second = client().update(publisher.context());

        assertThat(second.isNew()).isFalse();
        assertThat(second.policy(publisher.context())).contains("the policy");
        assertThat(second.index(Samples.KERNEL, publisher.context())).isPresent();
        assertThat(server.requests).containsExactly("metadata/timestamp.json");
        long timestamp = Files.size(publisher.directory().resolve("metadata/timestamp.json"));
        assertThat(timestamp).isLessThan(700);
        assertThat(server.received.get()).isLessThan(300);
    }

    @Test
    void aChangeCostsWhatChanged() {
        client().update(publisher.context()).policy(publisher.context());
        publisher.setPolicy("another");
        server.forgetCounts();

        assertThat(client().update(publisher.context()).policy(publisher.context()))
                .contains("another");
        assertThat(server.requests).hasSize(5);
        assertThat(server.requests.subList(0, 4))
                .containsExactly(
                        "metadata/timestamp.json",
                        "metadata/2.root.json",
                        "metadata/4.snapshot.json",
                        "metadata/4.targets.json");
    }

    @Test
    void aRefreshCostsNoMoreThanTheTimestampAndALookForARoot() {
        client().update(publisher.context());
        publisher.archive().refresh(publisher.context());
        server.forgetCounts();

        assertThat(client().update(publisher.context()).isNew()).isTrue();
        assertThat(server.requests).containsExactly("metadata/timestamp.json", "metadata/2.root.json");
    }

    @Test
    void aPatchForASimilarKernelIsNotTaken(@TempDir Path into) {
        ArchiveView view = client().update(publisher.context());

        assertThat(view.index(Samples.REBUILT, publisher.context())).isEmpty();
        assertThat(fetchFault(view, Samples.REBUILT, into)).isEqualTo(Fault.NOT_LISTED);
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();
    }

    @Test
    void aModuleOfAnotherArchitectureIsNotPublished() {
        KernelIdentity arm = new KernelIdentity(Samples.RELEASE, "aarch64", "ab".repeat(20));
        Submission submission = Samples.submission(publisher.home.resolve("store"), "livepatch_a", "second");

        assertThat(publisher
                        .archive()
                        .publish(
                                List.of(new Submission(submission.module(), submission.reviews(), arm)),
                                publisher.context()))
                .isInstanceOfSatisfying(
                        Publication.Refused.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(Publication.Refusal::cause)
                                .containsExactly(Publication.Cause.OTHER_KERNEL));
    }

    /** Injected: the server closes the connection in the middle of the module. */
    @Test
    void aServerThatVanishesInMidFileIsGoneOnWithLater(@TempDir Path into) throws IOException {
        ArchiveView view = client().update(publisher.context());
        String place = "targets/patches/" + patch.sha256() + "/" + patch.sha256() + ".livepatch_a.ko";
        byte[] module = Files.readAllBytes(publisher.directory().resolve(place));
        server.answer(place, out -> {
            out.write(LocalServer.head(200, module.length));
            out.write(Arrays.copyOf(module, module.length / 2));
        });

        assertThat(fetchFault(view, Samples.KERNEL, into)).isEqualTo(Fault.UNREACHABLE);
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();

        server.answer(place, module);
        server.forgetCounts();
        view.fetch(Samples.KERNEL, patch, into, publisher.context());
        assertThat(into.resolve("livepatch_a.ko")).hasBinaryContent(module);
        assertThat(server.requests).containsExactly(place);
        view.fetch(Samples.KERNEL, patch, into, publisher.context());
        assertThat(server.requests).containsExactly(place);
    }

    /** Injected: nobody listens any more. */
    @Test
    void aServerThatIsGoneLeavesTheLastViewInForce() {
        client().update(publisher.context()).policy(publisher.context());
        server.close();

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> client().update(publisher.context()))
                .withMessageEndingWith("/metadata/timestamp.json cannot be read: there is no connection.")
                .satisfies(refused -> assertThat(refused.fault()).isEqualTo(Fault.UNREACHABLE));
        assertThat(client().last(publisher.context()).policy(publisher.context()))
                .contains("the policy");
    }

    /** Injected: the server vanishes after the timestamp; a client that took that for done would never look again. */
    @Test
    void anUpdateThatBreaksOffIsMadeUpForByTheNext() throws IOException {
        client().update(publisher.context());
        publisher.setPolicy("another");
        server.answer("metadata/4.snapshot.json", out -> {});
        assertThat(updateFault(client(), publisher.context())).isEqualTo(Fault.UNREACHABLE);

        server.answer(
                "metadata/4.snapshot.json",
                Files.readAllBytes(publisher.directory().resolve("metadata/4.snapshot.json")));
        assertThat(client().update(publisher.context()).policy(publisher.context()))
                .contains("another");
    }

    /** Injected: the clock is set back to before everything that was ever signed. */
    @Test
    void aClockThatJumpsBackStopsNoNode() {
        client().update(publisher.context());

        assertThat(client().update(at(Instant.EPOCH)).standing())
                .isEqualTo(new Standing.Fresh(publisher.archive().state().expires()));
    }

    @Test
    void whatHadExpiredStaysExpiredWhenTheClockJumpsBack() throws IOException {
        byte[] old = Files.readAllBytes(publisher.directory().resolve("metadata/timestamp.json"));
        client().update(publisher.context());
        Instant later = publisher.archive().state().expires().plusSeconds(1);
        publisher.archive().refresh(at(later.minusSeconds(10)));
        client().update(at(later));

        // A node whose metadata is lost, but not the memory of when it accepted a view last.
        for (String name : List.of("timestamp.json", "snapshot.json", "targets.json")) {
            Files.delete(publisher.home.resolve("node").resolve(name));
        }
        server.answer("metadata/timestamp.json", old);
        assertThat(updateFault(client(), at(Instant.EPOCH))).isEqualTo(Fault.EXPIRED);
    }

    /** Injected: the clock is set forward by ten years, and is right again afterwards. */
    @Test
    void aClockThatJumpsForthStopsUpdatesOnlyForAsLong() {
        client().update(publisher.context());

        assertThat(updateFault(client(), at(publisher.clock.instant().plus(Duration.ofDays(3650)))))
                .isEqualTo(Fault.EXPIRED);
        assertThat(client().update(publisher.context()).isNew()).isFalse();
    }

    /** Injected: the node's process is killed at each step of an update in turn. */
    @Test
    void anUpdateThatIsKilledIsMadeUpForByTheNext(@TempDir Path directory) throws IOException {
        Path prepared = nodeBeforeThePolicyChanges(directory);
        int deaths = 0;
        boolean isOver = false;
        while (!isOver) {
            Path node = directory.resolve("node" + deaths);
            FileCopies.copy(prepared, node);
            FailingDisk disk = FailingDisk.dyingAfter(deaths);
            isOver = !dies(ArchiveClient.of(server.location(), node, publisher.root, disk));

            assertThat(client(node).update(publisher.context()).policy(publisher.context()))
                    .contains("the next policy");
            deaths++;
        }
        assertThat(deaths).isBetween(10, 100);
    }

    /** The state of a node that has not heard yet of the next policy, which is in force. */
    private Path nodeBeforeThePolicyChanges(Path directory) throws IOException {
        Path node = Files.createDirectory(directory.resolve("prepared"));
        client(node).update(publisher.context());
        publisher.setPolicy("the next policy");
        return node;
    }

    private boolean dies(ArchiveClient client) {
        try {
            client.update(publisher.context()).policy(publisher.context());
        } catch (FailingDisk.Killed e) {
            return true;
        }
        return false;
    }

    /** Injected: no space left on the device, at each step of an update in turn. */
    @Test
    void aDiskThatFillsLeavesTheLastViewInForce(@TempDir Path directory) throws IOException {
        Path prepared = nodeBeforeThePolicyChanges(directory);
        int full = 0;
        boolean isOver = false;
        while (!isOver) {
            Path node = directory.resolve("node" + full);
            FileCopies.copy(prepared, node);
            ArchiveClient client =
                    ArchiveClient.of(server.location(), node, publisher.root, FailingDisk.fullAfter(full));
            ArchiveException failure = catchThrowableOfType(
                    ArchiveException.class,
                    () -> client.update(publisher.context()).policy(publisher.context()));
            isOver = failure == null;
            assertThat(failure == null ? Fault.DISK_FULL : failure.fault()).isEqualTo(Fault.DISK_FULL);
            assertThat(client(node).update(publisher.context()).policy(publisher.context()))
                    .contains("the next policy");
            full++;
        }
        assertThat(full).isBetween(10, 100);
    }

    @Test
    void twoAtOnceOnOneDirectoryBothGetTheView(@TempDir Path into) throws Exception {
        Context context = Context.standard()
                .with(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), publisher.clock.instant())));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Path> work = () -> client().update(context)
                    .fetch(Samples.KERNEL, patch, into, context)
                    .file();
            for (Future<Path> one : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(one.get()).isRegularFile();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anUpdateStopsWhenItsCallerWantsIt() {
        CancellationToken stop = CancellationToken.create();
        server.answer("metadata/timestamp.json", out -> {
            stop.cancel();
            Thread.sleep(Long.MAX_VALUE);
        });

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> client().update(publisher.context().with(stop)));
    }

    @Test
    void aStateOfAnotherArchiveIsNotUsed() {
        client().update(publisher.context());
        RootMetadata other = Keys.create().firstRoot(publisher.clock.instant());

        ArchiveClient client = ArchiveClient.of(server.location(), publisher.home.resolve("node"), other);
        assertThat(updateFault(client, publisher.context())).isEqualTo(Fault.DAMAGED);
    }

    /** Injected: bits of what the client keeps have turned, and the archive is honest. */
    @Test
    void whatIsDamagedInTheClientsDirectoryIsFetchedAnew() throws IOException {
        client().update(publisher.context()).policy(publisher.context());
        try (Stream<Path> files = Files.walk(publisher.home.resolve("node"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("root.json"))
                    .toList()) {
                Files.write(file, new byte[] {0, 1, 2});
            }
        }

        assertThat(client().update(publisher.context()).policy(publisher.context()))
                .contains("the policy");
    }

    private ArchiveClient client() {
        return publisher.client(server.location());
    }

    private ArchiveClient client(Path node) {
        return ArchiveClient.of(server.location(), node, publisher.root);
    }

    private static Context at(Instant time) {
        return Context.standard().with(Clock.fixed(time, ZoneOffset.UTC));
    }

    private static Fault updateFault(ArchiveClient client, Context context) {
        ArchiveException refusal = catchThrowableOfType(ArchiveException.class, () -> client.update(context));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }

    private Fault fetchFault(ArchiveView view, KernelIdentity kernel, Path into) {
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> view.fetch(kernel, patch, into, publisher.context()));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }
}
