package org.tuxtape.kpatch.fix;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.kernel.CommitId;

/**
 * The patches in an archive. They are kept in memory, since the middle of a compressed archive cannot be read alone. Names of
 * members are shown and never used as paths; links and special files are passed over.
 */
final class PatchArchive {
    private static final int MAGIC = 6;
    private static final long LARGEST_HEADER = 1 << 20;
    private static final int MOST_DECODER_KIB = 256 << 10;
    private static final int LARGEST_ZSTD_WINDOW = 27;

    private final Path file;
    private final PatchIndex index;
    private final Task task;

    private PatchArchive(Path file, PatchIndex index, Task task) {
        this.file = file;
        this.index = index;
        this.task = task;
    }

    static void index(Path file, PatchIndex index, Task task) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(
                new BoundedInput(Files.newInputStream(file), Long.MAX_VALUE, task.cancellation()), 1 << 16)) {
            in.mark(MAGIC);
            String magic = new String(in.readNBytes(MAGIC), StandardCharsets.ISO_8859_1);
            in.reset();
            PatchArchive archive = new PatchArchive(file, index, task);
            if (magic.startsWith("PK")) {
                archive.indexZip();
            } else {
                archive.indexTar(expanded(magic, in));
            }
        } catch (LinkageError e) {
            throw new IOException("its decompressor cannot be loaded", e);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            // Damaged archives come out of their readers in many ways.
            throw new DamagedException("a member that cannot be read", e);
        }
    }

    private static InputStream expanded(String magic, InputStream in) throws IOException {
        if (magic.startsWith("\u001f\u008b")) {
            return new GZIPInputStream(in, 1 << 14);
        }
        if (magic.startsWith("\u00fd7zXZ")) {
            return new XZInputStream(in, MOST_DECODER_KIB);
        }
        if (magic.startsWith("(\u00b5/\u00fd")) {
            return new ZstdInputStreamNoFinalizer(in).setLongMax(LARGEST_ZSTD_WINDOW);
        }
        return in;
    }

    private void indexTar(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
        bytes.mark(TarConstants.DEFAULT_RCDSIZE);
        checkTar(bytes.readNBytes(TarConstants.DEFAULT_RCDSIZE));
        bytes.reset();
        try (BoundedInput bounded = new BoundedInput(bytes, index.limits().largestTotal(), task.cancellation());
                TarArchiveInputStream tar = new TarArchiveInputStream(bounded, "UTF-8")) {
            TarArchiveEntry entry = nextEntry(tar, bounded);
            while (entry != null) {
                index.count();
                if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse()) {
                    add(entry.getName(), tar);
                }
                task.advance();
                tar.transferTo(OutputStream.nullOutputStream());
                entry = nextEntry(tar, bounded);
            }
        }
    }

    private static TarArchiveEntry nextEntry(TarArchiveInputStream tar, BoundedInput bounded) throws IOException {
        bounded.allow(LARGEST_HEADER);
        TarArchiveEntry entry = tar.getNextEntry();
        bounded.allow(Long.MAX_VALUE);
        return entry;
    }

    /** Every header has a checksum; an archive without members is a record of zeros. */
    private void checkTar(byte[] start) {
        boolean zeros = true;
        for (byte octet : start) {
            zeros &= octet == 0;
        }
        boolean tar = start.length == TarConstants.DEFAULT_RCDSIZE && (zeros || hasChecksum(start));
        if (!tar) {
            throw new FixSourceException(
                    file.toString(),
                    FixSourceException.Fault.WRONG_KIND,
                    file + " is neither a directory nor a tar or zip archive.");
        }
    }

    private static boolean hasChecksum(byte[] header) {
        try {
            return TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            return false; // what stands in its place is not even a number
        }
    }

    private void indexZip() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long left = index.limits().largestTotal();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                index.count();
                try (BoundedInput in = new BoundedInput(zip.getInputStream(entry), left, task.cancellation())) {
                    add(entry.getName(), in);
                    left -= in.count();
                }
                task.advance();
            }
        } catch (ZipException e) {
            throw new DamagedException("no readable list of members", e);
        }
    }

    /** Keeps a member if it is a patch. */
    private void add(String name, InputStream in) throws IOException {
        byte[] head = in.readNBytes(PatchIndex.HEAD);
        Optional<CommitId> id = PatchText.commit(head);
        if (id.isEmpty()) {
            return;
        }
        int largest = index.limits().largestPatch();
        byte[] rest = in.readNBytes(Math.max(0, largest - head.length) + 1);
        byte[] whole = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, whole, head.length, rest.length);
        if (whole.length > largest) {
            index.add(name + " in " + file, id.get(), () -> {
                throw index.tooLarge();
            });
        } else {
            index.add(name + " in " + file, id.get(), () -> whole);
        }
    }
}
