package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tuxtape.archive.FileCopies.copy;
import static org.tuxtape.archive.FileCopies.read;
import static org.tuxtape.archive.FileCopies.write;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.internal.tuf.Draft;
import org.tuxtape.archive.internal.tuf.RoleMetadata.Link;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;

/** Attacks by whoever has stolen keys, and how new keys end them. */
class StolenKeysTest extends AttackedNode {

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
    void theKeyOfTheTimestampDoesNotBringBackAnOldSnapshot(@TempDir Path old) {
        copy(publisher.directory(), old);
        int before = version(Role.SNAPSHOT);
        publisher.setPolicy("the second");
        client().update(publisher.context());

        pointTo(before, read(old.resolve("metadata/" + before + ".snapshot.json")));

        assertThat(fault(client(), publisher.context())).isEqualTo(Fault.ROLLBACK);
        assertThat(client().last(publisher.context()).policy(publisher.context()))
                .contains("the second");
    }

    @Test
    void theKeyOfTheTimestampDoesNotPassOffASnapshotAsALaterOne() {
        pointTo(9, read(publisher.directory().resolve("metadata/" + version(Role.SNAPSHOT) + ".snapshot.json")));

        refused(Fault.MIXED);
    }

    @Test
    void theKeyOfTheTimestampSignsNoSnapshot() {
        Signer stolen = publisher.keys.of(Role.TIMESTAMP).get(0);
        Keys wished = publisher.keys.with(Role.SNAPSHOT, 1, stolen);
        Draft draft = new Draft(List.of(wished.firstRoot(publisher.clock.instant())), List.of(stolen));

        pointTo(9, draft.snapshot(9, expires(), new Link(9, SignedFile.of(new byte[1]))));

        refused(Fault.SIGNATURE);
    }

    /** Serves a snapshot, and a timestamp newer than all that names it, for which one key is enough. */
    private void pointTo(int snapshotVersion, byte[] snapshot) {
        Draft draft = new Draft(List.of(publisher.root), publisher.keys.of(Role.TIMESTAMP));
        server.answer("metadata/" + snapshotVersion + ".snapshot.json", snapshot);
        server.answer(
                "metadata/timestamp.json",
                draft.timestamp(
                        version(Role.TIMESTAMP) + 1, expires(), new Link(snapshotVersion, SignedFile.of(snapshot))));
    }

    private int version(Role role) {
        return publisher.archive().state().roles().get(role).version();
    }

    private Instant expires() {
        return publisher.archive().state().expires();
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

        // Nor does it count for two.
        write(
                home.resolve("metadata/timestamp.json"),
                file.replace(second.key().id(), first.key().id()));
        assertThat(fault(client, publisher.context())).isEqualTo(Fault.MALFORMED);
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

    /** Injected: the root after the next one, with the next one kept back. */
    @Test
    void rotatedRootThatIsNotTheNext() {
        RootMetadata second = publisher.keys.nextRoot(publisher.root, publisher.keys, publisher.clock.instant());
        RootMetadata third = publisher.keys.nextRoot(second, publisher.keys, publisher.clock.instant());
        publisher.archive().refresh(publisher.context());
        server.answer("metadata/2.root.json", third.toBytes());

        refused(Fault.ROLLBACK);
    }
}
