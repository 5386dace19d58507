package org.tuxtape.core.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * A view of an ELF file, 32 or 64 bits, of either byte order. The file is not trusted: whatever points outside of it is an
 * {@link IllegalArgumentException}. Symbols and relocations are read when they are asked for, so the view takes little
 * memory besides its sections.
 *
 * @since 0.1
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html">System V ABI, object files</a>
 */
public final class ElfFile {
    /** The type of relocatable files, which kernel modules are. */
    public static final int ET_REL = 1;

    private static final int MAGIC = 0x7f454c46;
    // The kernel's own limit, KSYM_NAME_LEN.
    private static final int LONGEST_NAME = 512;

    private final ByteBuffer content;
    private final boolean wide;
    private final List<Section> sections;

    private ElfFile(ByteBuffer content, boolean wide, List<Section> sections) {
        this.content = content;
        this.wide = wide;
        this.sections = sections;
    }

    /**
     * Opens a file.
     *
     * @param bytes the whole file, from the buffer's position to its limit; neither is moved
     * @return the view
     * @throws IllegalArgumentException if it is no ELF file, or a damaged one
     */
    public static ElfFile of(ByteBuffer bytes) {
        ByteBuffer content = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        if (content.limit() < 52 || content.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("It is no ELF file.");
        }
        boolean wide = switch (content.get(4)) {
            case 1 -> false;
            case 2 -> true;
            default -> throw new IllegalArgumentException("It is neither a 32 nor a 64 bit ELF file.");
        };
        switch (content.get(5)) {
            case 1 -> content.order(ByteOrder.LITTLE_ENDIAN);
            case 2 -> content.order(ByteOrder.BIG_ENDIAN);
            default -> throw new IllegalArgumentException("Its byte order is unknown.");
        }
        if (wide && content.limit() < 64) {
            throw new IllegalArgumentException("It ends within its header.");
        }
        List<Section> sections = new ArrayList<>();
        ElfFile file = new ElfFile(content, wide, sections);
        file.readSections();
        return file;
    }

    private void readSections() {
        long table = word(wide ? 40 : 32);
        int entrySize = unsignedShort(wide ? 58 : 46);
        int count = unsignedShort(wide ? 60 : 48);
        int names = unsignedShort(wide ? 62 : 50);
        if (count == 0) {
            return;
        }
        if (entrySize != (wide ? 64 : 40)) {
            throw new IllegalArgumentException("Its section headers have an unknown size.");
        }
        if (names >= count) {
            throw new IllegalArgumentException("Its table of section names is missing.");
        }
        int first = inside(table, (long) count * entrySize);
        Section nameTable = header(first + names * entrySize, "");
        long total = 0;
        for (int i = 0; i < count; i++) {
            int at = first + i * entrySize;
            Section section = header(at, string(nameTable, Integer.toUnsignedLong(content.getInt(at))));
            total += section.bytes();
            sections.add(section);
        }
        // What overlaps could be read many times over.
        if (total > content.limit()) {
            throw new IllegalArgumentException("Its sections overlap.");
        }
    }

    private Section header(int at, String name) {
        int type = content.getInt(at + 4);
        Section section = wide
                ? new Section(
                        name,
                        type,
                        content.getLong(at + 8),
                        content.getLong(at + 24),
                        content.getLong(at + 32),
                        content.getInt(at + 40),
                        content.getInt(at + 44))
                : new Section(
                        name,
                        type,
                        word(at + 8),
                        word(at + 16),
                        word(at + 20),
                        content.getInt(at + 24),
                        content.getInt(at + 28));
        inside(section.offset(), section.bytes());
        return section;
    }

    /**
     * Tells how wide words and addresses are.
     *
     * @return 4 or 8 bytes
     */
    public int wordSize() {
        return wide ? 8 : 4;
    }

    /**
     * Tells the byte order.
     *
     * @return little or big endian
     */
    public ByteOrder order() {
        return content.order();
    }

    /**
     * Tells what kind of file it is.
     *
     * @return {@code e_type}, for example {@link #ET_REL}
     */
    public int type() {
        return unsignedShort(16);
    }

    /**
     * Tells for which processor it is.
     *
     * @return {@code e_machine}
     */
    public int machine() {
        return unsignedShort(18);
    }

    /**
     * Returns the sections.
     *
     * @return them by their index; the first one is empty
     */
    public List<Section> sections() {
        return Collections.unmodifiableList(sections);
    }

    /**
     * Finds sections.
     *
     * @param name the name
     * @return those of this name
     */
    public List<Section> sections(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).toList();
    }

    /**
     * Returns what a section holds.
     *
     * @param section a section of this file
     * @return its bytes in the file's byte order, as a view; none if it has no place in the file
     */
    public ByteBuffer bytes(Section section) {
        return content.slice((int) section.offset(), (int) section.bytes())
                .asReadOnlyBuffer()
                .order(content.order());
    }

    /**
     * Reads a string that ends with a zero.
     *
     * @param section where it lies
     * @param offset where it begins there
     * @return at most 512 characters, none of them a control character
     * @throws IllegalArgumentException if there is no such string
     */
    public String string(Section section, long offset) {
        if (offset < 0 || offset >= section.bytes()) {
            throw new IllegalArgumentException("A name lies outside of its section.");
        }
        int from = (int) (section.offset() + offset);
        int end = (int) Math.min(section.offset() + section.bytes(), from + LONGEST_NAME + 1L);
        int to = from;
        while (to < end && content.get(to) != 0) {
            if (content.get(to) >= 0 && Character.isISOControl(content.get(to))) {
                throw new IllegalArgumentException("A name has control characters.");
            }
            to++;
        }
        if (to == end) {
            throw new IllegalArgumentException("A name does not end.");
        }
        byte[] text = new byte[to - from];
        content.get(from, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * Reads the word at a place.
     *
     * @param section where it lies
     * @param offset where it begins there
     * @return the word; an unsigned one of 32 bits is never below zero
     * @throws IllegalArgumentException if it is not within the section
     */
    public long word(Section section, long offset) {
        if (offset < 0 || offset > section.bytes() - wordSize()) {
            throw new IllegalArgumentException("A word lies outside of its section.");
        }
        return word((int) (section.offset() + offset));
    }

    /**
     * Walks through a table of symbols.
     *
     * @param table a section of type {@link Section#SYMTAB}
     * @param visitor takes them in their order, without the first, which is none
     */
    public void symbols(Section table, Consumer<Symbol> visitor) {
        long count = table.bytes() / symbolSize();
        for (long i = 1; i < count; i++) {
            visitor.accept(symbol(table, i));
        }
    }

    /**
     * Reads a symbol.
     *
     * @param table a section of type {@link Section#SYMTAB}
     * @param index its index, from 1
     * @return the symbol
     * @throws IllegalArgumentException if there is no such symbol
     */
    public Symbol symbol(Section table, long index) {
        if (index < 1 || index >= table.bytes() / symbolSize()) {
            throw new IllegalArgumentException("There is no symbol " + index + ".");
        }
        int at = (int) (table.offset() + index * symbolSize());
        String name = string(sectionAt(table.link()), Integer.toUnsignedLong(content.getInt(at)));
        int info = content.get(at + (wide ? 4 : 12));
        int section = unsignedShort(at + (wide ? 6 : 14));
        return new Symbol(name, word(at + (wide ? 8 : 4)), (info & 0xf0) >> 4, section);
    }

    private int symbolSize() {
        return wide ? 24 : 16;
    }

    /**
     * Walks through a table of relocations.
     *
     * @param table a section of type {@link Section#REL} or {@link Section#RELA}
     * @param visitor takes them in their order
     */
    public void relocations(Section table, Consumer<Relocation> visitor) {
        boolean addends = table.type() == Section.RELA;
        int size = wordSize() * (addends ? 3 : 2);
        long count = table.bytes() / size;
        for (long i = 0; i < count; i++) {
            int at = (int) (table.offset() + i * size);
            long offset = word(at);
            long info = word(at + wordSize());
            long addend = addends
                    ? wide ? content.getLong(at + 16) : content.getInt(at + 8)
                    : word(sectionAt(table.info()), offset);
            visitor.accept(new Relocation(offset, wide ? info >>> 32 : info >>> 8, addend));
        }
    }

    /**
     * Finds a section by its index.
     *
     * @param index its index
     * @return the section
     * @throws IllegalArgumentException if there is none
     */
    public Section sectionAt(int index) {
        if (index < 1 || index >= sections.size()) {
            throw new IllegalArgumentException("There is no section " + index + ".");
        }
        return sections.get(index);
    }

    private long word(int at) {
        return wide ? content.getLong(at) : Integer.toUnsignedLong(content.getInt(at));
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(content.getShort(at));
    }

    private int inside(long offset, long length) {
        if (offset < 0 || length < 0 || offset > content.limit() || length > content.limit() - offset) {
            throw new IllegalArgumentException("It is cut short: a part of it lies beyond its end.");
        }
        return (int) offset;
    }

    /**
     * A part of the file.
     *
     * @param name its name
     * @param type its type, for example {@link #SYMTAB}
     * @param flags its flags
     * @param offset where it begins in the file
     * @param size how long it is in memory
     * @param link the index of another section, depending on the type
     * @param info for relocations, the index of the section that they change
     */
    public record Section(String name, int type, long flags, long offset, long size, int link, int info) {
        /** The type of tables of symbols. */
        public static final int SYMTAB = 2;
        /** The type of relocations with addends. */
        public static final int RELA = 4;
        /** The type of notes, see {@link BuildIdNote}. */
        public static final int NOTE = 7;
        /** The type of sections that take no place in the file. */
        public static final int NOBITS = 8;
        /** The type of relocations whose addends stand in the section that they change. */
        public static final int REL = 9;

        /**
         * Tells how much of the file it takes.
         *
         * @return its size, 0 if it is in memory only
         */
        public long bytes() {
            return type == NOBITS || type == 0 ? 0 : size;
        }
    }

    /**
     * A symbol.
     *
     * @param name its name, possibly empty
     * @param value in a relocatable file, where it lies in its section
     * @param binding 0 for local, 1 for global, 2 for weak
     * @param section the index of its section, or one of the constants
     */
    public record Symbol(String name, long value, int binding, int section) {
        /** The section of symbols that another file has to offer. */
        public static final int UNDEFINED = 0;
        /** The binding of symbols that need not be found. */
        public static final int WEAK = 2;
    }

    /**
     * A place that gets its value when the file is loaded.
     *
     * @param offset where it lies in the section that is changed
     * @param symbol the index of the symbol whose address it gets
     * @param addend what is added to the address
     */
    public record Relocation(long offset, long symbol, long addend) {}
}
