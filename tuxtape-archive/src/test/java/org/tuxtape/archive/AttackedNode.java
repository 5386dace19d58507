package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;

/** A node that has accepted an honest view from a real server, and has to have that very view after an attack. */
abstract class AttackedNode {
    Publisher publisher;
    LocalServer server;
    KernelIndex.Patch patch;

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

    ArchiveClient client() {
        return publisher.client(server.location());
    }

    /** The attack is refused, and the node has what it had. */
    void refused(Fault fault) {
        assertThat(fault(client(), publisher.context())).isEqualTo(fault);
        hasWhatItHad();
    }

    void hasWhatItHad() {
        assertThat(client().last(publisher.context()).policy(publisher.context()))
                .contains("the first");
    }

    static Fault fault(ArchiveClient client, Context context) {
        ArchiveException refusal = catchThrowableOfType(ArchiveException.class, () -> client.update(context));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }
}
