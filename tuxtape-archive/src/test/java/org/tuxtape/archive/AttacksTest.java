package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tuxtape.archive.FileCopies.copy;
import static org.tuxtape.archive.FileCopies.read;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.core.Context;

/**
 * Attacks by whoever stands between the archive and a node, and has no key: those that the specification of The Update
 * Framework lists.
 */
class AttacksTest extends AttackedNode {
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
        server.answer("metadata/timestamp.json", out -> endless(out, "HTTP/1.1 200 X\r\n\r\n"));

        refused(Fault.LENGTH);
        assertThat(server.sent.get()).isLessThan(64 << 20);
    }

    @Test
    void endlessDataInThePlaceOfAModule(@TempDir Path into) {
        server.answer("targets/" + place(patch.module()), out -> endless(out, "HTTP/1.1 200 X\r\n\r\n"));

        assertThat(fetchFault(patch, into)).isEqualTo(Fault.LENGTH);
        assertThat(server.sent.get()).isLessThan(64 << 20);
    }

    @Test
    void endlessHeaders() {
        server.answer("metadata/timestamp.json", out -> endless(out, "HTTP/1.1 200 X\r\nX: "));

        refused(Fault.UNREACHABLE);
        assertThat(server.sent.get()).isLessThan(64 << 20);
    }

    @Test
    void endlessDataThatIsAnnounced() {
        server.answer("metadata/timestamp.json", out -> out.write(LocalServer.head(200, Long.MAX_VALUE)));

        refused(Fault.LENGTH);
    }

    @Test
    void endlessDataOfARefusal() {
        server.answer("metadata/timestamp.json", out -> endless(out, "HTTP/1.1 500 X\r\n\r\n"));

        refused(Fault.UNREACHABLE);
        assertThat(server.sent.get()).isLessThan(64 << 20);
    }

    private static void endless(OutputStream out, String beginning) throws IOException {
        out.write(beginning.getBytes(StandardCharsets.US_ASCII));
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(block);
        }
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
        hasWhatItHad();
    }

    @Test
    void silence() {
        server.answer("metadata/timestamp.json", out -> Thread.sleep(Long.MAX_VALUE));

        assertThat(fault(client().with(impatient()), runningContext())).isEqualTo(Fault.TOO_SLOW);
        hasWhatItHad();
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
            hasWhatItHad();
        }
    }

    /** The attack is refused, and what the node had is too old by now. */
    private void refusedAndGone(Fault fault) {
        assertThat(fault(client(), publisher.context())).isEqualTo(fault);
        ArchiveException last = catchThrowableOfType(ArchiveException.class, () -> client().last(publisher.context()));
        assertThat(last.fault()).isEqualTo(Fault.EXPIRED);
    }

    private Fault fetchFault(KernelIndex.Patch wanted, Path into) {
        ArchiveView view = client().update(publisher.context());
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> view.fetch(Samples.KERNEL, wanted, into, publisher.context()));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }

    private String place(String path) {
        return new SignedFile(0, patch.sha256()).place(path);
    }

    private void give(String path, Path from) {
        server.answer(path, read(from.resolve(path)));
    }
}
