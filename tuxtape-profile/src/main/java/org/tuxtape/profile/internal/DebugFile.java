package org.tuxtape.profile.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/**
 * A file that may hold debug info of vmlinux or of a module.
 *
 * @param path where it lies
 * @param relative its path below the directory that the caller named, or its name if the caller named the file
 */
record DebugFile(Path path, String relative) implements Comparable<DebugFile> {
    private static final int ELF = 0x7f454c46;
    private static final int LARGEST_EXPANDED = 1 << 29;
    private static final long LARGEST = Integer.MAX_VALUE;

    private static final Pattern MODULE = Pattern.compile("(.*?)\\.ko(\\.debug)?(\\.(gz|xz|zst))?");
    private static final Pattern IMAGE = Pattern.compile("vmlinux(-\\d.*)?(\\.debug)?");
    private static final Pattern INSTALLED =
            Pattern.compile(".*/lib/modules/[^/]+/(?:kernel|updates|extra|weak-updates)/(.*)");

    /** Tells, from its name alone, whether a file in a directory is one. */
    static boolean isNamedSo(String relative) {
        String name = relative.substring(relative.lastIndexOf('/') + 1);
        // the decompressor's image has the same name
        boolean image = IMAGE.matcher(name).matches() && !relative.contains("boot/compressed/");
        return image || MODULE.matcher(name).matches();
    }

    /** Returns the module's path in the tree as far as the file's place tells it; empty for an image. */
    Optional<String> module() {
        Matcher module = MODULE.matcher(relative);
        if (!module.matches()) {
            return Optional.empty();
        }
        Matcher installed = INSTALLED.matcher(path.toAbsolutePath().normalize().toString());
        String place = installed.matches() ? installed.group(1) : relative;
        Matcher stem = MODULE.matcher(place);
        return stem.matches() ? Optional.of(stem.group(1)) : Optional.empty();
    }

    /**
     * Reads the file whole, expanded; a plain one is mapped.
     *
     * @throws ProfileException if it cannot be read, or is larger than 512 MiB expanded, or 2 GiB plain
     */
    ByteBuffer bytes() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer magic = ByteBuffer.allocate(4);
            channel.read(magic, 0);
            if (isElf(magic.flip())) {
                if (channel.size() > LARGEST) {
                    throw Faults.of(path, Fault.LIMIT_EXCEEDED, "is larger than 2 GiB");
                }
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        } catch (IOException e) {
            throw Faults.of(path, e);
        }
        try (InputStream in = Files.newInputStream(path);
                InputStream expanded = Expansion.of(in)) {
            byte[] bytes = expanded.readNBytes(LARGEST_EXPANDED + 1);
            if (bytes.length > LARGEST_EXPANDED) {
                throw Faults.of(path, Fault.LIMIT_EXCEEDED, "is larger than 512 MiB");
            }
            ByteBuffer file = ByteBuffer.wrap(bytes);
            if (!isElf(file)) {
                throw Faults.of(path, Fault.WRONG_KIND, "is no ELF file");
            }
            return file;
        } catch (EOFException e) {
            throw new ProfileException(path.toString(), Fault.DAMAGED, path + " is cut short.", e);
        } catch (IOException e) {
            throw Faults.of(path, e);
        }
    }

    private static boolean isElf(ByteBuffer file) {
        return file.remaining() >= 4 && file.getInt(0) == ELF;
    }

    @Override
    public int compareTo(DebugFile other) {
        return path.compareTo(other.path);
    }
}
