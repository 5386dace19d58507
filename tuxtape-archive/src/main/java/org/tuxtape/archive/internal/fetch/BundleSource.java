package org.tuxtape.archive.internal.fetch;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

/**
 * A bundle: a tar archive, compressed with zstd, of which nothing is ever unpacked. It is read once from end to end before
 * anything in it is used, and refused if it holds anything but regular files whose names lie where an archive has them,
 * each once. Metadata is remembered from then; for another file it is read again as far as that file.
 */
public final class BundleSource implements Source {
    /** What the writer's level needs; a larger one costs whoever reads it memory. */
    private static final int WINDOW_LOG = 23;

    private static final int LARGEST_MEMBER = 64 << 20;
    private static final long LARGEST_WHOLE = 8L << 30;
    private static final int MOST_MEMBERS = 100_000;
    private static final int MOST_REMEMBERED = 32 << 20;
    private static final Pattern NAME =
            Pattern.compile("(?:metadata|targets)(?:/(?!\\.{1,2}(?:/|$))[!-.0-\\[\\]-~]{1,255}){1,8}");

    private final Path file;
    private @Nullable Map<String, byte[]> remembered;
    private final Map<String, Long> sizes = new HashMap<>();

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
        Map<String, byte[]> small = remembered(context);
        Long size = sizes.get(path);
        if (size == null) {
            return Optional.empty();
        }
        if (size > most) {
            throw Refusals.tooLong(name(path), most);
        }
        byte[] content = small.get(path);
        return Optional.of(content != null ? content : find(path, context));
    }

    private Map<String, byte[]> remembered(Context context) {
        if (remembered == null) {
            sizes.clear();
            remembered = scan(context);
        }
        return remembered;
    }

    private Map<String, byte[]> scan(Context context) {
        Map<String, byte[]> small = new HashMap<>();
        walk(context, new Visitor() {
            private long total;
            private long kept;

            @Override
            public boolean visit(TarArchiveEntry entry, InputStream content) throws IOException {
                total += entry.getSize();
                requireProper(entry, total);
                kept += entry.getName().startsWith("metadata/") ? entry.getSize() : 0;
                if (entry.getName().startsWith("metadata/") && kept <= MOST_REMEMBERED) {
                    small.put(entry.getName(), content.readAllBytes());
                }
                return true;
            }
        });
        return small;
    }

    private void requireProper(TarArchiveEntry entry, long total) {
        String name = entry.getName();
        // By isFile() a device would be one.
        boolean isFile =
                entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
        if (!isFile || entry.isSparse() || !NAME.matcher(name).matches()) {
            throw refused("it holds something that is no file of an archive");
        }
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
        if (!Files.isRegularFile(file)) {
            throw new ArchiveException(Fault.UNREACHABLE, file.toString(), file + " is no file.");
        }
        try (InputStream raw = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
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
