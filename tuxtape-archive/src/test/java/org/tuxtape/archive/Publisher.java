package org.tuxtape.archive;

import java.nio.file.Path;
import java.util.List;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;
import org.tuxtape.testkit.ManualClock;

/** Somebody who publishes, and the nodes of whom one reads. */
final class Publisher {
    final Path home;
    final ManualClock clock = ManualClock.create();
    final Keys keys;
    final RootMetadata root;

    private Publisher(Path home, Keys keys, RootMetadata root) {
        this.home = home;
        this.keys = keys;
        this.root = root;
    }

    /** Without an archive yet. */
    static Publisher in(Path home) {
        Keys keys = Keys.create();
        return new Publisher(home, keys, keys.firstRoot(ManualClock.START));
    }

    /** With an empty archive. */
    static Publisher withArchive(Path home) {
        Publisher publisher = in(home);
        publisher.archive().create(publisher.root, publisher.context());
        return publisher;
    }

    /** The same one, with its archive and its nodes as they are, elsewhere: much cheaper than another one. */
    Publisher copiedTo(Path other) {
        FileCopies.copy(home, other);
        return new Publisher(other, keys, root);
    }

    Context context() {
        return clock.context();
    }

    Path directory() {
        return home.resolve("archive");
    }

    PatchArchive archive() {
        return PatchArchive.open(directory(), keys.online(), Validity.standard());
    }

    /** Publishes an approved livepatch whose content differs by the function's name. */
    KernelIndex.Patch publish(String function) {
        return publish(archive(), function);
    }

    KernelIndex.Patch publish(PatchArchive archive, String function) {
        Submission submission = Samples.submission(home.resolve("store"), "livepatch_a", function);
        Publication publication = archive.publish(List.of(submission), context());
        return ((Publication.Published) publication).patches().get(0);
    }

    /** Puts a policy in force, whatever was before. */
    ArchiveState setPolicy(String text) {
        return archive().changePolicy(before -> text, context());
    }

    ArchiveClient client() {
        return client(new ArchiveLocation.Directory(directory()));
    }

    ArchiveClient client(ArchiveLocation location) {
        return ArchiveClient.of(location, home.resolve("node"), root);
    }
}
