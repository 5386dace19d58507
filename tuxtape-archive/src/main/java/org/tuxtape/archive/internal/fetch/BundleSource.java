package org.tuxtape.archive.internal.fetch;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.ModuleFile;

/**
 * A bundle: a tar archive, compressed with zstd, of which nothing is ever unpacked. It is read once from end to end before
 * anything in it is used, and refused if it holds anything but regular files whose names lie where an archive has them,
 * each once. Metadata is remembered from then; for another file it is read again as far as that file.
 */
public final class BundleSource implements Source {
    /** What the writer's level needs; a larger one costs whoever reads it memory. */
    private static final int WINDOW_LOG = 23;

    private static final int LARGEST_MEMBER = ModuleFile.LARGEST;
    private static final long LARGEST_WHOLE = 8L << 30;
    private static final int MOST_MEMBERS = 100_000;
    private static final int MOST_REMEMBERED = 32 << 20;
    private static final Pattern NAME =
            Pattern.compile("(?:metadata|targets)(?:/(?!\\.{1,2}(?:/|$))[!-.0-\\[\\]-~]{1,255}){1,8}");

    private final Path file;
    private @Nullable Scan last;

    /**
     * Creates the source; nothing is read yet.
     *
     * @param file the bundle
     */
    public BundleSource(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<byte[]> read(String path, int most, Context context) {
        Scan scan = scanned(context);
        Long size = scan.sizes.get(path);
        if (size == null) {
            return Optional.empty();
        }
        if (size > most) {
            throw Refusals.tooLong(name(path), most);
        }
        byte[] content = scan.metadata.get(path);
        return Optional.of(content != null ? content : find(path, context));
    }

    /** What is in the file, which is looked at again when another one has come into its place. */
    private Scan scanned(Context context) {
        Stamp stamp = stamp();
        Scan known = last;
        if (known != null && known.stamp.equals(stamp)) {
            return known;
        }
        Scan scan = new Scan(stamp);
        walk(context, scan);
        if (scan.sizes.isEmpty()) {
            throw refused("it is empty");
        }
        last = scan;
        return scan;
    }

    /** By which a file is known again. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new ArchiveException(Fault.UNREACHABLE, file.toString(), file + " is no file.");
            }
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            throw Refusals.unreachable(file.toString(), e);
        }
    }

    /** Sees every member once. */
    private final class Scan implements Visitor {
        private final Stamp stamp;
        private final Map<String, Long> sizes = new HashMap<>();
        private final Map<String, byte[]> metadata = new HashMap<>();
        private long total;
        private long kept;

        Scan(Stamp stamp) {
            this.stamp = stamp;
        }

        @Override
        public boolean visit(TarArchiveEntry entry, InputStream content) throws IOException {
            requireProper(entry);
            if (entry.getName().startsWith("metadata/")) {
                kept += entry.getSize();
                if (kept <= MOST_REMEMBERED) {
                    metadata.put(entry.getName(), content.readAllBytes());
                }
            }
            return true;
        }

        private void requireProper(TarArchiveEntry entry) {
            String name = entry.getName();
            // By isFile() a device would be one.
            boolean isFile =
                    entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
            if (!isFile || entry.isSparse() || !NAME.matcher(name).matches()) {
                throw refused("it holds something that is no file of an archive");
            }
            total += entry.getSize();
            if (entry.getSize() < 0
                    || entry.getSize() > LARGEST_MEMBER
                    || total > LARGEST_WHOLE
                    || sizes.size() >= MOST_MEMBERS) {
                throw new ArchiveException(Fault.LENGTH, file.toString(), file + " holds more than a client takes.");
            }
            if (sizes.put(name, entry.getSize()) != null) {
                throw refused("it holds a file twice");
            }
        }
    }

    private byte[] find(String path, Context context) {
        byte[][] found = new byte[1][];
        walk(context, (entry, content) -> {
            if (!entry.getName().equals(path)) {
                return true;
            }
            found[0] = content.readNBytes(LARGEST_MEMBER);
            return false;
        });
        if (found[0] == null) {
            throw refused("it was changed while it was read");
        }
        return found[0];
    }

    /** Sees members in their order. */
    private interface Visitor {
        /** Returns whether to go on. */
        boolean visit(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    private void walk(Context context, Visitor visitor) {
        try (InputStream raw = Files.newInputStream(file);
                ZstdInputStream plain = new ZstdInputStream(new BufferedInputStream(raw)).setLongMax(WINDOW_LOG);
                Allowance allowance = new Allowance(plain);
                TarArchiveInputStream tar = new TarArchiveInputStream(allowance)) {
            allowance.grant(0);
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                context.cancellation().throwIfCancelled();
                // What was not read of this member is skipped on the way to the next one.
                allowance.grant(Math.min(Math.max(0, entry.getSize()), LARGEST_MEMBER));
                if (!visitor.visit(entry, tar)) {
                    return;
                }
                entry = tar.getNextEntry();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(
                    Fault.MALFORMED, file.toString(), file + " is no bundle, or a damaged one: " + e + ".", e);
        }
    }

    private ArchiveException refused(String why) {
        return new ArchiveException(Fault.MALFORMED, file.toString(), file + " is refused: " + why + ".");
    }

    @Override
    public String name(String path) {
        return path + " in " + file;
    }
}
