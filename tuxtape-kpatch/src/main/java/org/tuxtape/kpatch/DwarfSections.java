package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;
import org.tuxtape.core.livepatch.ModuleFile;

/**
 * The debug information of a module. No kernel reads it, and it is more than nine tenths of what kpatch-build makes, which
 * takes along all that an object has of it. Its sections are emptied, and what follows moves up. Their headers stay, so no
 * section gets another index, and nothing that names one has to be rewritten. objcopy would rewrite it, and loses relocations:
 * before binutils 2.35 it does not know a second table of them for a section, which {@code .klp.rela} sections are, and that
 * of LLVM refuses them.
 */
final class DwarfSections {
    private static final Pattern NAME = Pattern.compile("(?:\\.rela?)?\\.z?debug_.*");
    private static final long SHF_ALLOC = 2;
    private static final long SHF_COMPRESSED = 0x800;
    /** No section of a module has to begin in the file at a multiple of more. */
    private static final int ALIGNMENT = 64;

    private final ElfFile elf;
    private final boolean isWide;
    private final ByteBuffer header;
    private final ByteBuffer table;

    private DwarfSections(ByteBuffer content) {
        this.elf = ElfFile.of(content);
        this.isWide = elf.wordSize() == Long.BYTES;
        this.header = copy(content, 0, isWide ? 64 : 52);
        long place = isWide ? header.getLong(40) : Integer.toUnsignedLong(header.getInt(32));
        this.table = copy(content, (int) place, elf.sections().size() * headerSize());
    }

    private ByteBuffer copy(ByteBuffer content, int at, int length) {
        byte[] bytes = new byte[length];
        content.get(at, bytes);
        return ByteBuffer.wrap(bytes).order(elf.order());
    }

    private int headerSize() {
        return isWide ? 64 : 40;
    }

    /**
     * Empties them in a module's file. One that is signed stays as it is, since its signature is of the whole; so does one of
     * 2 GiB and more, which nobody takes.
     *
     * @throws IllegalArgumentException if it is no kernel module; the message is one sentence whose subject is "it"
     */
    static void empty(Path module) throws IOException {
        Path smaller = module.resolveSibling(module.getFileName() + ".smaller");
        try (FileChannel from = FileChannel.open(module)) {
            if (from.size() > Integer.MAX_VALUE) {
                return;
            }
            ByteBuffer content = from.map(MapMode.READ_ONLY, 0, from.size());
            if (ModuleFile.parse(content).signed()) {
                return;
            }
            try (FileChannel to = FileChannel.open(smaller, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                new DwarfSections(content).writeOthers(to);
            }
        }
        Files.move(smaller, module, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeOthers(FileChannel to) throws IOException {
        long end = header.limit();
        List<Integer> inOrder = IntStream.range(1, elf.sections().size())
                .boxed()
                .sorted(Comparator.comparing(index -> elf.sections().get(index).offset()))
                .toList();
        for (int index : inOrder) {
            Section section = elf.sections().get(index);
            long place = end + Math.floorMod(section.offset() - end, ALIGNMENT);
            boolean isEmptied = isDebug(section);
            put(index, isWide ? 24 : 16, place);
            if (isEmptied) {
                put(index, isWide ? 32 : 20, 0);
                put(index, 8, section.flags() & ~SHF_COMPRESSED); // else there has to be a header of what is compressed
            } else if (section.bytes() > 0) {
                end = write(elf.bytes(section), place, to);
            }
        }
        end += Math.floorMod(-end, ALIGNMENT);
        write(table, end, to);
        put(header, isWide ? 40 : 32, end);
        write(header, 0, to);
    }

    private static boolean isDebug(Section section) {
        return (section.flags() & SHF_ALLOC) == 0
                && NAME.matcher(section.name()).matches();
    }

    private void put(int index, int field, long value) {
        put(table, index * headerSize() + field, value);
    }

    private void put(ByteBuffer bytes, int at, long value) {
        if (isWide) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }

    /** Returns where it ends. */
    private static long write(ByteBuffer bytes, long place, FileChannel to) throws IOException {
        long at = place;
        while (bytes.hasRemaining()) {
            at += to.write(bytes, at);
        }
        return at;
    }
}
