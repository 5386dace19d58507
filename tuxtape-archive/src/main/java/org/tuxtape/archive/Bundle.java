package org.tuxtape.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.KernelIdentity;

/**
 * An archive for some kernels as one file, for nodes that no network reaches: a tar archive, compressed with zstd, with the
 * same metadata and the files of these kernels, each where the archive has it. A client takes it as an
 * {@link ArchiveLocation.BundleFile}; unpacked, it is an archive for these kernels.
 *
 * @since 0.1
 */
public final class Bundle {
    private static final int LEVEL = 19;

    private final ArchiveTree tree;
    private final byte[] timestamp;
    private final MetadataSet set;

    private Bundle(ArchiveTree tree) {
        this.tree = tree;
        // Read once: everything else that it leads to stays as it is.
        this.timestamp = tree.present(tree.timestamp());
        this.set = tree.under(tree.newestRoot(), timestamp);
    }

    /**
     * Writes a bundle of what an archive holds now. Equal contents give equal files.
     *
     * @param archive the archive's directory
     * @param kernels the kernels whose patches go into it; one for which the archive has none adds nothing
     * @param file the bundle, which is replaced at once and whole
     * @param context when to stop and whom to tell
     * @throws ArchiveException if the archive is damaged, or the disk fails
     * @throws org.tuxtape.core.CancelledException if the caller wanted to stop
     */
    public static void write(Path archive, Set<KernelIdentity> kernels, Path file, Context context) {
        ArchiveTree tree = new ArchiveTree(archive, Disk.REAL);
        Bundle bundle = new Bundle(tree);
        Path place = file.toAbsolutePath();
        Path unfinished = place.resolveSibling(place.getFileName() + ".unfinished");
        try {
            bundle.write(kernels, unfinished, context);
            Disk.REAL.rename(unfinished, place);
            Disk.REAL.sync(place.getParent());
        } catch (IOException e) {
            throw ArchiveTree.failed(file, "written", e);
        } finally {
            tree.forget(unfinished);
        }
    }

    private void write(Set<KernelIdentity> kernels, Path file, Context context) throws IOException {
        Files.deleteIfExists(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            try (OutputStream open = new Unclosed(out);
                    ZstdOutputStream zstd = new ZstdOutputStream(new BufferedOutputStream(open), LEVEL);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(zstd, StandardCharsets.US_ASCII.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                writeMetadata(tar);
                for (String path : paths(kernels)) {
                    context.cancellation().throwIfCancelled();
                    SignedFile published = Objects.requireNonNull(set.files().get(path));
                    add(tar, "targets/" + published.place(path), tree.target(set, path));
                }
            }
            out.getFD().sync();
        }
    }

    private void writeMetadata(TarArchiveOutputStream tar) throws IOException {
        for (int version = 1; version <= set.root().version(); version++) {
            add(tar, tree.metadata(Role.ROOT, version));
        }
        Map<Role, Integer> versions = set.versions();
        for (Role role : new Role[] {Role.SNAPSHOT, Role.TARGETS}) {
            add(tar, tree.metadata(role, Objects.requireNonNull(versions.get(role))));
        }
        add(tar, "metadata/" + tree.timestamp().getFileName(), timestamp);
    }

    private void add(TarArchiveOutputStream tar, Path metadata) throws IOException {
        add(tar, "metadata/" + metadata.getFileName(), tree.present(metadata));
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setMode(0100644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** What the kernels' nodes may ask for. */
    private SortedSet<String> paths(Set<KernelIdentity> kernels) {
        SortedSet<String> paths = new TreeSet<>();
        if (set.files().containsKey(PatchArchive.POLICY)) {
            paths.add(PatchArchive.POLICY);
        }
        for (KernelIdentity kernel : kernels) {
            String index = KernelIndex.path(kernel);
            if (set.files().containsKey(index)) {
                paths.add(index);
                KernelIndex.parse(new String(tree.target(set, index), StandardCharsets.UTF_8))
                        .patches()
                        .forEach(patch -> paths.addAll(Set.of(patch.module(), patch.manifest(), patch.reviews())));
            }
        }
        return paths;
    }

    /** Stays open, so that what was written can be brought onto the device. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
