package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.internal.tuf.Draft;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.RoleMetadata.Link;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Review.Decision;

/** A publisher with all keys who signs what this library would not publish: a node looks for itself. */
class SignedLiesTest {
    private static final KernelIdentity ARM = new KernelIdentity(Samples.RELEASE, "aarch64", "ab".repeat(20));

    @TempDir
    private Path into;

    private Publisher publisher;
    private KernelIndex.Patch patch;
    private ArchiveTree tree;
    private byte[] module;

    @BeforeEach
    void publish(@TempDir Path directory) throws Exception {
        publisher = Publisher.withArchive(directory);
        patch = publisher.publish("first");
        tree = new ArchiveTree(publisher.directory(), Disk.REAL);
        module = Files.readAllBytes(directory.resolve("store/first/livepatch_a.ko"));
    }

    @Test
    void aManifestThatLiesAboutItsModuleIsRefused() {
        sign(
                patch.manifest(),
                Samples.manifest(module, "livepatch_a", "another").toText());

        assertThat(fault(Samples.KERNEL, patch)).isEqualTo(Fault.MANIFEST_LIES);
    }

    @Test
    void aManifestOfAnotherModuleIsRefused() {
        Manifest other = Samples.manifest(module, "livepatch_b", "first");
        sign(patch.manifest(), other.toText());

        assertThat(fault(Samples.KERNEL, patch)).isEqualTo(Fault.MANIFEST_LIES);
    }

    @Test
    void aModuleThatSomebodyDeniedIsRefused() {
        Submission denied = Samples.submission(
                Samples.module(publisher.home.resolve("store"), "livepatch_a", "first"), Decision.DENIED);
        sign(patch.reviews(), denied.reviews().toText());

        assertThat(fault(Samples.KERNEL, patch)).isEqualTo(Fault.NOT_APPROVED);
    }

    @Test
    void aModuleThatIsListedForAnotherArchitectureIsRefused() {
        sign(KernelIndex.path(ARM), new KernelIndex(ARM, List.of(patch)).toText());

        assertThat(fault(ARM, patch)).isEqualTo(Fault.OTHER_KERNEL);
    }

    @Test
    void theIndexOfAnotherKernelIsRefused() {
        sign(KernelIndex.path(Samples.REBUILT), KernelIndex.of(Samples.KERNEL).toText());

        assertThat(fault(Samples.REBUILT, patch)).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void whatIsNoManifestIsRefused() {
        sign(patch.manifest(), "no manifest");

        assertThat(fault(Samples.KERNEL, patch)).isEqualTo(Fault.MALFORMED);
    }

    private Fault fault(KernelIdentity kernel, KernelIndex.Patch wanted) {
        ArchiveView view = publisher.client().update(publisher.context());
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> view.fetch(kernel, wanted, into, publisher.context()));
        assertThat(refusal).isNotNull();
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();
        return refusal.fault();
    }

    /** Puts a file into the archive, as one does who has the keys and no scruples. */
    private void sign(String path, String text) {
        MetadataSet before = tree.inForce(publisher.root);
        SortedMap<String, SignedFile> files = new TreeMap<>(before.files());
        files.put(path, tree.publish(path, text.getBytes(StandardCharsets.UTF_8)));
        Draft draft = new Draft(List.of(publisher.root), publisher.keys.online());
        Instant expires = before.timestamp().expires();
        int version = before.targets().version() + 1;
        byte[] targets = draft.targets(version, expires, files);
        byte[] snapshot = draft.snapshot(version, expires, new Link(version, SignedFile.of(targets)));
        tree.write(tree.metadata(Role.TARGETS, version), targets);
        tree.write(tree.metadata(Role.SNAPSHOT, version), snapshot);
        tree.write(tree.timestamp(), draft.timestamp(version, expires, new Link(version, SignedFile.of(snapshot))));
    }
}
