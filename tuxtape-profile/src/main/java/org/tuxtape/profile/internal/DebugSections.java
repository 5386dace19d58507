package org.tuxtape.profile.internal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;

/**
 * The sections with debug info of one ELF file: expanded, and in a relocatable file with the offsets that the linker
 * would have written.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html">System V ABI, SHF_COMPRESSED</a>
 */
final class DebugSections {
    private static final long SHF_COMPRESSED = 0x800;
    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final int LARGEST = 1 << 29;
    private static final int BEST_RATIO = 1100;
    private static final int MOST_RELOCATIONS = 1 << 23;
    /** The older form, in sections of their own name: {@code ZLIB} and the size, big endian. */
    private static final String OLD_PREFIX = ".zdebug_";

    private final ElfFile elf;

    DebugSections(ElfFile elf) {
        this.elf = elf;
    }

    /**
     * A section: its bytes from 0 to the limit, in the file's byte order, and its relocations, ordered: offset and value,
     * both below 2<sup>31</sup>, in one number each.
     */
    static final class Contents {
        static final Contents NONE = new Contents(ByteBuffer.allocate(0), new long[0]);

        private final ByteBuffer bytes;
        private final long[] relocations;

        private Contents(ByteBuffer bytes, long[] relocations) {
            this.bytes = bytes;
            this.relocations = relocations;
        }

        ByteBuffer bytes() {
            return bytes;
        }

        /** Returns the value that the linker would write at an offset, or what stands there. */
        long linked(int offset, long written) {
            int found = Arrays.binarySearch(relocations, (long) offset << 32);
            int at = found >= 0 ? found : -found - 1;
            return at < relocations.length && relocations[at] >>> 32 == offset
                    ? relocations[at] & 0xffff_ffffL
                    : written;
        }
    }

    /**
     * Returns a section.
     *
     * @param name without {@code .debug_}
     * @return nothing if the file has none
     * @throws IllegalArgumentException if it is damaged or larger than 512 MiB when it is expanded
     */
    Contents section(String name) {
        Optional<Section> plain = first(".debug_" + name);
        if (plain.isPresent()) {
            Section section = plain.get();
            ByteBuffer bytes = elf.bytes(section);
            return new Contents(
                    (section.flags() & SHF_COMPRESSED) == 0 ? bytes : expanded(bytes), relocations(section));
        }
        return first(OLD_PREFIX + name)
                .map(section -> new Contents(expandedOld(elf.bytes(section)), relocations(section)))
                .orElse(Contents.NONE);
    }

    private Optional<Section> first(String name) {
        List<Section> found = elf.sections(name);
        return found.stream().filter(section -> section.bytes() > 0).findFirst();
    }

    private ByteBuffer expanded(ByteBuffer bytes) {
        boolean wide = elf.wordSize() == 8;
        int header = wide ? 24 : 12;
        if (bytes.limit() < header) {
            throw new IllegalArgumentException("A compressed section has no header.");
        }
        long size = wide ? bytes.getLong(8) : Integer.toUnsignedLong(bytes.getInt(4));
        ByteBuffer packed = bytes.slice(header, bytes.limit() - header);
        return switch (bytes.getInt(0)) {
            case ZLIB -> inflate(packed, size);
            case ZSTD -> zstd(packed, size);
            default -> throw new IllegalArgumentException("A section is compressed in an unknown way.");
        };
    }

    private ByteBuffer expandedOld(ByteBuffer bytes) {
        if (bytes.limit() < 12 || bytes.get(0) != 'Z' || bytes.get(1) != 'L') {
            throw new IllegalArgumentException("A compressed section has no header.");
        }
        return inflate(
                bytes.slice(12, bytes.limit() - 12),
                bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(4));
    }

    private ByteBuffer inflate(ByteBuffer packed, long size) {
        byte[] bytes = new byte[checked(size, packed.remaining())];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int length = 0;
            while (length < bytes.length) {
                int more = inflater.inflate(bytes, length, bytes.length - length);
                if (more == 0) {
                    throw new IllegalArgumentException("A compressed section is cut short.");
                }
                length += more;
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("A compressed section is damaged.", e);
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(bytes).order(elf.order());
    }

    private ByteBuffer zstd(ByteBuffer packed, long size) {
        byte[] source = new byte[packed.remaining()];
        packed.get(source);
        try {
            byte[] bytes = new byte[checked(size, source.length)];
            long length = Zstd.decompressByteArray(bytes, 0, bytes.length, source, 0, source.length);
            if (Zstd.isError(length) || length != bytes.length) {
                throw new IllegalArgumentException("A compressed section is damaged.");
            }
            return ByteBuffer.wrap(bytes).order(elf.order());
        } catch (ZstdException e) {
            throw new IllegalArgumentException("A compressed section is damaged.", e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException("A section is compressed with zstd, which cannot be read here.", e);
        }
    }

    /** Nobody compresses better than a thousand to one, so a small file cannot claim much memory. */
    private static int checked(long size, int packed) {
        if (size < 0 || size > LARGEST || size / BEST_RATIO > packed) {
            throw new IllegalArgumentException("A compressed section claims to be larger than it can be.");
        }
        return (int) size;
    }

    private long[] relocations(Section changed) {
        if (elf.type() != ElfFile.ET_REL) {
            return new long[0];
        }
        int index = elf.sections().indexOf(changed);
        for (Section table : elf.sections()) {
            boolean relocates = table.type() == Section.RELA || table.type() == Section.REL;
            if (relocates && table.info() == index) {
                return tableOf(table);
            }
        }
        return new long[0];
    }

    private long[] tableOf(Section table) {
        if (table.bytes() / elf.wordSize() > 3L * MOST_RELOCATIONS) {
            throw new IllegalArgumentException("A section has more relocations than any object.");
        }
        long[] found = new long[(int) (table.bytes() / elf.wordSize() / 2) + 1];
        int[] count = {0};
        elf.relocations(table, relocation -> {
            long value = relocation.addend();
            if (relocation.offset() >= 0
                    && relocation.offset() <= Integer.MAX_VALUE
                    && value >= 0
                    && value <= Integer.MAX_VALUE) {
                found[count[0]++] = (relocation.offset() << 32) | value;
            }
        });
        long[] ordered = Arrays.copyOf(found, count[0]);
        Arrays.sort(ordered);
        return ordered;
    }
}
