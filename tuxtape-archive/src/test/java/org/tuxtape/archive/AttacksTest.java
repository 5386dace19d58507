package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tuxtape.archive.FileCopies.copy;
import static org.tuxtape.archive.FileCopies.read;
import static org.tuxtape.archive.FileCopies.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.Context;

/**
 * Attacks on those who read an archive, as the specification of The Update Framework lists them, against a real server. In
 * each of them a node has accepted an honest view before, and has to have that very view afterwards.
 */
class AttacksTest {
    private Publisher publisher;
    private LocalServer server;
    private KernelIndex.Patch patch;

    @BeforeEach
    void letANodeAcceptAView(@TempDir Path directory) {
        publisher = Publisher.withArchive(directory);
        patch = publisher.publish("first");
        publisher.setPolicy("the first");
        server = LocalServer.of(publisher.directory());
        client().update(publisher.context());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void arbitrarySoftware() {
        Publisher attacker = Publisher.withArchive(publisher.home.resolve("attacker"));
        attacker.publish("evil");
        attacker.archive().refresh(attacker.context());
        give("metadata/timestamp.json", attacker.directory());

        refused(Fault.SIGNATURE);
    }

    @Test
    void arbitrarySoftwareInThePlaceOfAModule(@TempDir Path into) {
        server.answer("targets/" + place(patch.module()), "evil".getBytes(StandardCharsets.US_ASCII));

        assertThat(fetchFault(patch, into)).isEqualTo(Fault.DIGEST);
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();
    }

    @Test
    void rollback(@TempDir Path old) {
        copy(publisher.directory(), old);
        publisher.publish("second");
        client().update(publisher.context());

        give("metadata/timestamp.json", old);
        refused(Fault.ROLLBACK);
    }

    /** Who had the keys once counts up, so that nothing later is newer; the publisher goes on from lower versions. */
    @Test
    void fastForwardIsUndoneByNewKeys() {
        Path backup = fastForward();
        rescue(
                backup,
                publisher
                        .keys
                        .with(Role.TIMESTAMP, 1, Keys.signer(KeyScheme.ED25519))
                        .with(Role.SNAPSHOT, 1, Keys.signer(KeyScheme.ED25519)));

        ArchiveView view =
                publisher.client(new ArchiveLocation.Directory(backup)).update(publisher.context());
        assertThat(view.state().roles().get(Role.TIMESTAMP).version()).isLessThan(20);
        assertThat(view.policy(publisher.context())).contains("the first");
    }

    /** Injected: the server refuses the snapshot when the node has seen the new root already. */
    @Test
    void fastForwardIsUndoneByNewKeysAlsoInTwoAttempts() {
        Path backup = fastForward();
        rescue(backup, publisher.keys.with(Role.TIMESTAMP, 1, Keys.signer(KeyScheme.ECDSA_P256)));
        try (LocalServer rescued = LocalServer.of(backup)) {
            rescued.answer("metadata/4.snapshot.json", out -> out.write(LocalServer.head(500, 0)));
            assertThat(fault(publisher.client(rescued.location()), publisher.context()))
                    .isEqualTo(Fault.UNREACHABLE);
        }

        ArchiveView view =
                publisher.client(new ArchiveLocation.Directory(backup)).update(publisher.context());
        assertThat(view.state().roles().get(Role.ROOT).version()).isEqualTo(2);
        assertThat(view.policy(publisher.context())).contains("the first");
    }

    private Path fastForward() {
        Path backup = publisher.home.resolve("backup");
        copy(publisher.directory(), backup);
        for (int i = 0; i < 20; i++) {
            publisher.archive().renew(publisher.context());
        }
        client().update(publisher.context());
        return backup;
    }

    private void rescue(Path backup, Keys newer) {
        RootMetadata next = newer.nextRoot(publisher.root, publisher.keys, publisher.clock.instant());
        PatchArchive.open(backup, newer.online(), Validity.standard()).rotate(next, publisher.context());
    }

    @Test
    void indefiniteFreeze() {
        publisher.clock.advance(Validity.standard().timestamp());

        refusedAndGone(Fault.EXPIRED);
    }

    @Test
    void indefiniteFreezeOfTheSnapshotUnderFreshTimestamps() {
        publisher.clock.advance(Validity.standard().snapshot().minus(Duration.ofDays(1)));
        publisher.archive().refresh(publisher.context());
        client().update(publisher.context());
        publisher.clock.advance(Duration.ofDays(1));
        publisher.archive().refresh(publisher.context());

        refusedAndGone(Fault.EXPIRED);
    }

    @Test
    void endlessData() {
        server.answer("metadata/timestamp.json", out -> {
            out.write("HTTP/1.1 200 X\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        });

        refused(Fault.LENGTH);
        assertThat(server.sent.get()).isLessThan(64 << 20);
    }

    @Test
    void endlessDataThatIsAnnounced() {
        server.answer("metadata/timestamp.json", out -> out.write(LocalServer.head(200, Long.MAX_VALUE)));

        refused(Fault.LENGTH);
    }

    @Test
    void endlessDataOfARefusal() {
        server.answer("metadata/timestamp.json", out -> {
            out.write("HTTP/1.1 500 X\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        });

        refused(Fault.UNREACHABLE);
    }

    @Test
    void slowRetrieval() {
        server.answer("metadata/timestamp.json", out -> {
            out.write(LocalServer.head(200, 1000));
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(5);
            }
        });

        assertThat(fault(client().with(impatient()), runningContext())).isEqualTo(Fault.TOO_SLOW);
    }

    @Test
    void silence() {
        server.answer("metadata/timestamp.json", out -> Thread.sleep(Long.MAX_VALUE));

        assertThat(fault(client().with(impatient()), runningContext())).isEqualTo(Fault.TOO_SLOW);
    }

    /** At the publisher's time, in which it takes time to wait. */
    private Context runningContext() {
        Clock system = Clock.systemUTC();
        return Context.standard()
                .with(Clock.offset(system, Duration.between(system.instant(), publisher.clock.instant())));
    }

    private static ClientLimits impatient() {
        return new ClientLimits(1 << 20, 1 << 20, Duration.ofMillis(300), 1 << 20);
    }

    @Test
    void extraneousTargets(@TempDir Path into) throws IOException {
        KernelIndex.Patch unlisted = new KernelIndex.Patch(7, patch.name(), "e".repeat(64), publisher.clock.instant());
        Path file = publisher.directory().resolve("targets").resolve(unlisted.module());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "evil");

        assertThat(fetchFault(unlisted, into)).isEqualTo(Fault.NOT_LISTED);
    }

    @Test
    void mixAndMatch(@TempDir Path old) {
        copy(publisher.directory(), old);
        publisher.publish("second");
        ArchiveState now = publisher.archive().state();
        int version = now.roles().get(Role.SNAPSHOT).version();
        server.answer(
                "metadata/" + version + ".snapshot.json",
                read(old.resolve("metadata/" + (version - 1) + ".snapshot.json")));

        refused(Fault.DIGEST);
    }

    @Test
    void wrongHash() {
        publisher.publish("second");
        int version = publisher.archive().state().roles().get(Role.TARGETS).version();
        Path file = publisher.directory().resolve("metadata/" + version + ".targets.json");
        byte[] content = read(file);
        int digit = new String(content, StandardCharsets.US_ASCII).indexOf("sha256") + 20;
        content[digit] = (byte) (content[digit] == '0' ? '1' : '0');
        server.answer("metadata/" + version + ".targets.json", content);

        refused(Fault.DIGEST);
    }

    @Test
    void wrongSize(@TempDir Path into) {
        String place = "targets/" + place(patch.module());
        byte[] module = read(publisher.directory().resolve(place));

        server.answer(place, Arrays.copyOf(module, module.length + 1));
        assertThat(fetchFault(patch, into)).isEqualTo(Fault.LENGTH);
        server.answer(place, Arrays.copyOf(module, module.length - 1));
        assertThat(fetchFault(patch, into)).isEqualTo(Fault.DIGEST);
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();
    }

    @Test
    void maliciousMirrorThatLeadsElsewhere() {
        Publisher other = Publisher.withArchive(publisher.home.resolve("other"));
        try (LocalServer elsewhere = LocalServer.of(other.directory())) {
            server.answer(
                    "metadata/timestamp.json",
                    out -> out.write(("HTTP/1.1 302 X\r\nLocation: " + elsewhere.address()
                                    + "metadata/timestamp.json\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));

            refused(Fault.UNREACHABLE);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void maliciousMirrorThatGivesNonsense() {
        for (String nonsense : List.of(
                "",
                "{}",
                "[]",
                "null",
                "\0",
                "{\"signatures\":[],\"signed\":{}}",
                "{\"signatures\":[],\"signed\":{\"_type\":\"timestamp\",\"version\":1e99}}",
                "{\"signatures\":null,\"signed\":null}",
                "[".repeat(90_000),
                "{\"a\":".repeat(15_000))) {
            server.answer("metadata/timestamp.json", nonsense.getBytes(StandardCharsets.US_ASCII));

            assertThat(fault(client(), publisher.context())).as(nonsense).isIn(Fault.MALFORMED, Fault.SIGNATURE);
        }
    }

    @Test
    void keyCompromiseBelowTheThreshold() {
        Signer first = Keys.signer(KeyScheme.ED25519);
        Signer second = Keys.signer(KeyScheme.ECDSA_P256);
        Keys two = publisher.keys.with(Role.TIMESTAMP, 2, first, second);
        Path home = publisher.home.resolve("two");
        PatchArchive archive = PatchArchive.open(home, two.online(), Validity.standard());
        RootMetadata root = two.firstRoot(publisher.clock.instant());
        archive.create(root, publisher.context());
        ArchiveClient client =
                ArchiveClient.of(new ArchiveLocation.Directory(home), publisher.home.resolve("node of two"), root);
        client.update(publisher.context());
        byte[] honest = read(home.resolve("metadata/timestamp.json"));
        archive.refresh(publisher.context());

        // Who has only one of the keys can sign only so much.
        String file = new String(read(home.resolve("metadata/timestamp.json")), StandardCharsets.US_ASCII);
        write(home.resolve("metadata/timestamp.json"), file.replace(second.key().id(), "0".repeat(64)));

        assertThat(fault(client, publisher.context())).isEqualTo(Fault.THRESHOLD);
        write(home.resolve("metadata/timestamp.json"), new String(honest, StandardCharsets.US_ASCII));
        assertThat(client.update(publisher.context()).isNew()).isFalse();
    }

    @Test
    void rotatedRootThatTheOldKeysDidNotSign() {
        Keys evil = Keys.create();
        RootMetadata next = evil.signed(publisher.root.next(evil.roles(), publisher.root.expires()));
        publisher.archive().refresh(publisher.context());
        server.answer("metadata/2.root.json", next.toBytes());

        refused(Fault.SIGNATURE);
    }

    @Test
    void rotatedRootThatTheNewKeysDidNotSign() {
        Keys newer = publisher.keys.with(Role.ROOT, 1, Keys.signer(KeyScheme.ED25519));
        RootMetadata next = publisher.keys.signed(publisher.root.next(newer.roles(), publisher.root.expires()));
        publisher.archive().refresh(publisher.context());
        server.answer("metadata/2.root.json", next.toBytes());

        refused(Fault.SIGNATURE);
    }

    /** Its key was taken away, so what it signed counts no longer, though the node has it. */
    @Test
    void aKeyThatWasTakenAwaySignsNothingAnyMore() {
        Keys newer = publisher.keys.with(Role.TARGETS, 1, Keys.signer(KeyScheme.ED25519));
        RootMetadata next = newer.nextRoot(publisher.root, publisher.keys, publisher.clock.instant());
        publisher.archive().refresh(publisher.context());
        server.answer("metadata/2.root.json", next.toBytes());

        assertThat(fault(client(), publisher.context())).isEqualTo(Fault.SIGNATURE);
        ArchiveException last = catchThrowableOfType(ArchiveException.class, () -> client().last(publisher.context()));
        assertThat(last.fault()).isEqualTo(Fault.MISSING);
    }

    private ArchiveClient client() {
        return publisher.client(server.location());
    }

    /** The attack is refused, and the node has what it had. */
    private void refused(Fault fault) {
        assertThat(fault(client(), publisher.context())).isEqualTo(fault);
        assertThat(client().last(publisher.context()).policy(publisher.context()))
                .contains("the first");
    }

    /** The attack is refused, and what the node had is too old by now. */
    private void refusedAndGone(Fault fault) {
        assertThat(fault(client(), publisher.context())).isEqualTo(fault);
        ArchiveException last = catchThrowableOfType(ArchiveException.class, () -> client().last(publisher.context()));
        assertThat(last.fault()).isEqualTo(Fault.EXPIRED);
    }

    private static Fault fault(ArchiveClient client, Context context) {
        ArchiveException refusal = catchThrowableOfType(ArchiveException.class, () -> client.update(context));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }

    private Fault fetchFault(KernelIndex.Patch wanted, Path into) {
        ArchiveView view = client().update(publisher.context());
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> view.fetch(Samples.KERNEL, wanted, into, publisher.context()));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }

    private String place(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1) + patch.sha256() + "."
                + path.substring(path.lastIndexOf('/') + 1);
    }

    private void give(String path, Path from) {
        server.answer(path, read(from.resolve(path)));
    }
}
