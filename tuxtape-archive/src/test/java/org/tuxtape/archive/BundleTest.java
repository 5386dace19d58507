package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.kernel.KernelIdentity;

class BundleTest {
    private static final byte[] EVIL = "evil".getBytes(StandardCharsets.US_ASCII);

    private Publisher publisher;
    private KernelIndex.Patch patch;
    private Path bundle;

    @BeforeEach
    void write(@TempDir Path directory) {
        publisher = Publisher.withArchive(directory);
        patch = publisher.publish("first");
        publisher.setPolicy("the policy");
        bundle = directory.resolve("site.tar.zst");
        write(Set.of(Samples.KERNEL));
    }

    private void write(Set<KernelIdentity> kernels) {
        Bundle.write(publisher.directory(), kernels, bundle, publisher.context());
    }

    @Test
    void aNodeTakesABundleInsteadOfAServer(@TempDir Path into) {
        ArchiveView view = client(TrustedFor.nothingMore()).update(publisher.context());

        assertThat(view.policy(publisher.context())).contains("the policy");
        assertThat(view.index(Samples.KERNEL, publisher.context()).orElseThrow().patches())
                .containsExactly(patch);
        assertThat(view.fetch(Samples.KERNEL, patch, into, publisher.context()).file())
                .hasSameBinaryContentAs(publisher.home.resolve("store/first/livepatch_a.ko"));
        assertThat(view.standing()).isInstanceOf(Standing.Fresh.class);
    }

    @Test
    void equalContentsGiveEqualFiles() throws IOException {
        byte[] before = Files.readAllBytes(bundle);

        write(Set.of(Samples.KERNEL));

        assertThat(bundle).hasBinaryContent(before);
        assertThat(publisher.home.resolve("site.tar.zst.unfinished")).doesNotExist();
    }

    @Test
    void onlyTheChosenKernelsAreInIt() {
        write(Set.of(Samples.REBUILT));

        ArchiveView view = client(TrustedFor.nothingMore()).update(publisher.context());
        ArchiveException refusal =
                catchThrowableOfType(ArchiveException.class, () -> view.index(Samples.KERNEL, publisher.context()));
        assertThat(refusal.fault()).isEqualTo(Fault.MISSING);
    }

    @Test
    void aBundleExpires() {
        publisher.clock.advance(Validity.standard().timestamp());

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.EXPIRED);
    }

    @Test
    void anExpiredBundleIsUsedForAsLongAsTheCallerSaysAndSaysSo() {
        Duration grace = Duration.ofDays(10);
        client(new TrustedFor(grace)).update(publisher.context());
        publisher.clock.advance(Validity.standard().timestamp().plusDays(9));

        var expired = publisher.archive().state().expires();
        assertThat(client(new TrustedFor(grace)).update(publisher.context()).standing())
                .isEqualTo(new Standing.ByGrace(expired, expired.plus(grace)));
        publisher.clock.advance(Duration.ofDays(1));
        assertThat(fault(new TrustedFor(grace))).isEqualTo(Fault.EXPIRED);
    }

    @Test
    void anExpiredBundleIsTakenByANewNodeForAsLongAsTheCallerSays() {
        publisher.clock.advance(Validity.standard().timestamp().plusDays(9));

        assertThat(client(new TrustedFor(Duration.ofDays(10)))
                        .update(publisher.context())
                        .standing())
                .isInstanceOf(Standing.ByGrace.class);
    }

    @Test
    void anOlderBundleIsARollback() throws IOException {
        byte[] old = Files.readAllBytes(bundle);
        publisher.publish("second");
        write(Set.of(Samples.KERNEL));
        client(TrustedFor.nothingMore()).update(publisher.context());

        Files.write(bundle, old);
        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.ROLLBACK);
    }

    @Test
    void aClientThatLivesOnSeesTheBundleThatComesInItsPlace() throws IOException {
        ArchiveClient client = client(TrustedFor.nothingMore());
        client.update(publisher.context());
        publisher.setPolicy("another");
        write(Set.of(Samples.KERNEL));

        assertThat(client.update(publisher.context()).policy(publisher.context()))
                .contains("another");
    }

    @Test
    void aBundleMayBeNamedByALink() throws IOException {
        Path link = Files.createSymbolicLink(bundle.resolveSibling("newest"), bundle);

        assertThat(publisher
                        .client(ArchiveLocation.parse(link.toString()))
                        .update(publisher.context())
                        .policy(publisher.context()))
                .contains("the policy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "metadata/../../evil",
                "/etc/evil",
                "metadata/./evil",
                "metadata//evil",
                "metadata/",
                "evil",
                "targets",
                "targets/a\\..\\b",
                "targets/a\nb"
            })
    void pathEscapesAreRefused(String name) {
        add(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry(tar, entry, entry.isDirectory() ? new byte[0] : EVIL);
        });

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_DIR
            })
    void whatIsNoFileIsRefused(byte type) {
        add(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("metadata/9.root.json", type);
            entry.setLinkName("/etc/passwd");
            entry(tar, entry, new byte[0]);
        });

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void duplicatesAreRefused() {
        add(tar -> entry(tar, new TarArchiveEntry("metadata/timestamp.json"), EVIL));

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.MALFORMED);
    }

    /** Injected: a member of 1 GiB of zeros, which compresses to nothing. */
    @Test
    void hugeMembersAreRefused() {
        add(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("targets/huge");
            entry.setSize(1L << 30);
            tar.putArchiveEntry(entry);
            // What follows is not even read.
            tar.write(new byte[1 << 20]);
        });

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.LENGTH);
    }

    /** Injected: a name of 16 MiB, in front of a member of no size. */
    @Test
    void hugeHeadersAreRefused() {
        byte[] name = ("targets/" + "x".repeat(16 << 20)).getBytes(StandardCharsets.US_ASCII);
        add(tar -> {
            entry(tar, new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), name);
            entry(tar, new TarArchiveEntry("targets/x"), new byte[0]);
        });

        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void whatIsCutShortOrNoBundleAtAllIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(bundle);
        for (int length : new int[] {0, 1, whole.length / 2}) {
            Files.write(bundle, Arrays.copyOf(whole, length));
            assertThat(fault(TrustedFor.nothingMore())).as("%d bytes", length).isEqualTo(Fault.MALFORMED);
        }
        Files.write(bundle, new byte[100_000]);
        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.MALFORMED);
        Files.delete(bundle);
        assertThat(fault(TrustedFor.nothingMore())).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aModuleThatWasChangedInItIsRefused(@TempDir Path into) throws IOException {
        byte[] tar = plain();
        String text = new String(tar, StandardCharsets.ISO_8859_1);
        byte[] module = Files.readAllBytes(publisher.home.resolve("store/first/livepatch_a.ko"));
        int at = text.indexOf(new String(module, StandardCharsets.ISO_8859_1));
        tar[at + module.length / 2] ^= 1;
        compress(tar);

        ArchiveView view = client(TrustedFor.nothingMore()).update(publisher.context());
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> view.fetch(Samples.KERNEL, patch, into, publisher.context()));
        assertThat(refusal.fault()).isEqualTo(Fault.DIGEST);
        assertThat(into.resolve("livepatch_a.ko")).doesNotExist();
    }

    private ArchiveClient client(TrustedFor trusted) {
        return publisher.client(new ArchiveLocation.BundleFile(bundle, trusted));
    }

    private Fault fault(TrustedFor trusted) {
        ArchiveException refusal = catchThrowableOfType(
                ArchiveException.class, () -> client(trusted).update(publisher.context()));
        assertThat(refusal).isNotNull();
        return refusal.fault();
    }

    private interface Addition {
        void to(TarArchiveOutputStream tar) throws IOException;
    }

    private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Writes the bundle again, with something more at its end. */
    private void add(Addition addition) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(plain()))) {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entry(tar, new TarArchiveEntry(entry.getName()), in.readAllBytes());
            }
            addition.to(tar);
            tar.flush();
            out.write(new byte[1024]);
            compress(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] plain() throws IOException {
        try (InputStream in = new ZstdInputStream(Files.newInputStream(bundle))) {
            return in.readAllBytes();
        }
    }

    private void compress(byte[] tar) throws IOException {
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(bundle))) {
            out.write(tar);
        }
    }
}
