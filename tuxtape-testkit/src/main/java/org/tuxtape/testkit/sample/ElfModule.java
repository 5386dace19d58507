package org.tuxtape.testkit.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small kernel modules that are well formed and hold no code: what reads a {@code .ko} finds in them what it finds
 * in real ones. No kernel would load them. For one thread.
 *
 * @see <a href="https://docs.kernel.org/livepatch/module-elf-format.html">Livepatch module ELF format</a>
 * @since 0.1
 */
public final class ElfModule {
    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int RELA = 4;
    private static final int ALLOC = 2;
    private static final int RELA_LIVEPATCH = 0x0010_0000;
    private static final int SHN_LIVEPATCH = 0xff20;
    private static final int ABS64 = 1;

    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Function> kpatch = new ArrayList<>();
    private final Map<String, List<Function>> klp = new LinkedHashMap<>();
    private final Map<String, List<Integer>> reached = new LinkedHashMap<>();
    private final List<Section> unloaded = new ArrayList<>();
    private int machine = 62;
    private int word = 8;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean signed;

    private ElfModule() {}

    /**
     * Begins a livepatch module for x86_64, {@code 6.12.107 SMP mod_unload}, that patches nothing yet.
     *
     * @param name its name
     * @return the module
     */
    public static ElfModule livepatch(String name) {
        return ordinary(name).tag("livepatch", "Y");
    }

    /**
     * Begins a module that is no livepatch.
     *
     * @param name its name
     * @return the module
     */
    public static ElfModule ordinary(String name) {
        return new ElfModule().tag("name", name).tag("vermagic", "6.12.107 SMP mod_unload ");
    }

    /**
     * Sets an entry of {@code .modinfo}.
     *
     * @param key for example {@code depends}
     * @param value what it shall be
     * @return this module
     */
    public ElfModule tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /**
     * Takes an entry of {@code .modinfo} out.
     *
     * @param key for example {@code vermagic}
     * @return this module
     */
    public ElfModule without(String key) {
        tags.remove(key);
        return this;
    }

    /**
     * Sets the processor.
     *
     * @param eMachine as {@code e_machine} has it, for example 183 for aarch64
     * @param wordSize 4 or 8 bytes
     * @param byteOrder the order of its bytes
     * @return this module
     */
    public ElfModule machine(int eMachine, int wordSize, ByteOrder byteOrder) {
        machine = eMachine;
        word = wordSize;
        order = byteOrder;
        return this;
    }

    /**
     * Appends what looks like a signature.
     *
     * @return this module
     */
    public ElfModule signed() {
        signed = true;
        return this;
    }

    /**
     * Adds a section that no kernel takes into memory, as those of debug information are.
     *
     * @param name for example {@code .debug_info}
     * @param flags for example 0x800, {@code SHF_COMPRESSED}; without {@code SHF_ALLOC}
     * @param bytes how many {@code U} it holds
     * @return this module
     */
    public ElfModule unloaded(String name, int flags, int bytes) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 'U');
        unloaded.add(new Section(name, PROGBITS, flags, 0, 0, ByteBuffer.wrap(content)));
        return this;
    }

    /**
     * Adds a symbol that somebody else has to export.
     *
     * @param name the symbol
     * @return this module
     */
    public ElfModule needs(String name) {
        symbols.add(new Symbol(name, 0x10, 0));
        return this;
    }

    /**
     * Adds a symbol that somebody else may export.
     *
     * @param name the symbol
     * @return this module
     */
    public ElfModule wants(String name) {
        symbols.add(new Symbol(name, 0x20, 0));
        return this;
    }

    /**
     * Adds a livepatch relocation.
     *
     * @param loading the object at whose loading it is looked for
     * @param object where the symbol lies
     * @param name its name
     * @param position its place among the symbols of this name, or 0
     * @return this module
     */
    public ElfModule reaches(String loading, String object, String name, int position) {
        symbols.add(new Symbol(".klp.sym." + object + "." + name + "," + position, 0x10, SHN_LIVEPATCH));
        reached.computeIfAbsent(loading, key -> new ArrayList<>()).add(symbols.size() - 1);
        return this;
    }

    /**
     * Adds a function to the list that kpatch-build leaves.
     *
     * @param object where it lies
     * @param name its name
     * @param sympos its place, or 0
     * @return this module
     */
    public ElfModule kpatch(String object, String name, int sympos) {
        kpatch.add(new Function(object, name, sympos));
        return this;
    }

    /**
     * Adds a function to the list that klp-build leaves.
     *
     * @param object where it lies
     * @param name its name
     * @param sympos its place, or 0
     * @return this module
     */
    public ElfModule klp(String object, String name, int sympos) {
        klp.computeIfAbsent(object, key -> new ArrayList<>()).add(new Function(object, name, sympos));
        return this;
    }

    /**
     * Writes the module into a directory.
     *
     * @param directory one that is there
     * @return {@code NAME.ko} in it
     */
    public Path writeTo(Path directory) {
        try {
            return Files.write(directory.resolve(tags.get("name") + ".ko"), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the module.
     *
     * @return its bytes
     */
    public byte[] bytes() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("", 0, 0, 0, 0, ByteBuffer.allocate(0)));
        sections.add(new Section(".modinfo", PROGBITS, ALLOC, 0, 0, modinfo()));
        sections.add(new Section(".gnu.linkonce.this_module", PROGBITS, ALLOC, 0, 0, ByteBuffer.allocate(64)));
        sections.add(new Section(".text", PROGBITS, ALLOC, 0, 0, ByteBuffer.allocate(16)));
        sections.addAll(unloaded);
        Strings literals = new Strings();
        int literalSection = sections.size();
        sections.add(null);
        List<Symbol> all = new ArrayList<>();
        all.add(new Symbol("", 3, literalSection));
        int symtab = literalSection + 1;
        sections.add(null);
        sections.add(null);
        if (!kpatch.isEmpty()) {
            kpatchSections(sections, literals, symtab);
        }
        if (!klp.isEmpty()) {
            klpSections(sections, literals, all, symtab);
        }
        int others = all.size() + 1;
        all.addAll(symbols);
        reached.forEach((object, indexes) -> {
            Words relocations = new Words();
            indexes.forEach(index -> relocations.relocation(0, others + index, 0));
            sections.add(new Section(
                    ".klp.rela." + object + "..text", RELA, ALLOC | RELA_LIVEPATCH, symtab, 3, relocations.bytes()));
        });
        sections.set(literalSection, new Section(".rodata.str", PROGBITS, ALLOC, 0, 0, literals.bytes()));
        Strings names = new Strings();
        sections.set(symtab, new Section(".symtab", SYMTAB, 0, symtab + 1, 0, symtab(all, names)));
        sections.set(symtab + 1, new Section(".strtab", STRTAB, 0, 0, 0, names.bytes()));
        return file(sections);
    }

    private ByteBuffer modinfo() {
        StringBuilder text = new StringBuilder();
        tags.forEach((key, value) -> text.append(key).append('=').append(value).append('\0'));
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void kpatchSections(List<Section> sections, Strings literals, int symtab) {
        Words words = new Words();
        Words relocations = new Words();
        for (int i = 0; i < kpatch.size(); i++) {
            long at = 7L * word * i;
            words.words(0, 32, 0, 32, kpatch.get(i).sympos(), 0, 0);
            relocations.relocation(at + 5L * word, 1, literals.add(kpatch.get(i).name()));
            relocations.relocation(at + 6L * word, 1, literals.add(kpatch.get(i).object()));
        }
        sections.add(new Section(".kpatch.funcs", PROGBITS, ALLOC, 0, 0, words.bytes()));
        sections.add(new Section(".rela.kpatch.funcs", RELA, 0, symtab, sections.size() - 1, relocations.bytes()));
    }

    private void klpSections(List<Section> sections, Strings literals, List<Symbol> all, int symtab) {
        Words functions = new Words();
        Words functionRelocations = new Words();
        Words objects = new Words();
        Words objectRelocations = new Words();
        int functionSection = sections.size();
        all.add(new Symbol("", 3, functionSection));
        int place = 0;
        int object = 0;
        for (Map.Entry<String, List<Function>> entry : klp.entrySet()) {
            long at = 8L * word * object++;
            if (!entry.getKey().equals("vmlinux")) {
                objectRelocations.relocation(at, 1, literals.add(entry.getKey()));
            }
            objectRelocations.relocation(at + word, all.size(), 3L * word * place);
            objects.words(0, 0, 0, 0, 0, 0, 0).count(entry.getValue().size());
            for (Function function : entry.getValue()) {
                functionRelocations.relocation(3L * word * place++, 1, literals.add(function.name()));
                functions.words(0, 0, function.sympos());
            }
        }
        sections.add(new Section(".init.klp_funcs", PROGBITS, ALLOC, 0, 0, functions.bytes()));
        sections.add(
                new Section(".rela.init.klp_funcs", RELA, 0, symtab, functionSection, functionRelocations.bytes()));
        sections.add(new Section(".init.klp_objects", PROGBITS, ALLOC, 0, 0, objects.bytes()));
        sections.add(
                new Section(".rela.init.klp_objects", RELA, 0, symtab, functionSection + 2, objectRelocations.bytes()));
    }

    private ByteBuffer symtab(List<Symbol> all, Strings names) {
        Words table = new Words();
        table.symbol(0, 0, 0);
        all.forEach(symbol -> table.symbol(names.add(symbol.name()), symbol.info(), symbol.section()));
        return table.bytes();
    }

    private byte[] file(List<Section> sections) {
        Strings names = new Strings();
        sections.forEach(section -> names.add(section.name()));
        sections.add(new Section(".shstrtab", STRTAB, 0, 0, 0, names.with(".shstrtab")));
        int header = word == 8 ? 64 : 52;
        int entry = word == 8 ? 64 : 40;
        int content = sections.stream().mapToInt(Section::size).sum();
        ByteBuffer file =
                ByteBuffer.allocate(header + content + entry * sections.size()).order(order);
        file.put(
                new byte[] {0x7f, 'E', 'L', 'F', (byte) (word / 4), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1});
        file.position(16);
        file.putShort((short) 1).putShort((short) machine).putInt(1);
        word(file, 0);
        word(file, 0);
        word(file, header + content);
        file.putInt(0).putShort((short) header).putShort((short) 0).putShort((short) 0);
        file.putShort((short) entry).putShort((short) sections.size()).putShort((short) (sections.size() - 1));
        int at = header;
        for (Section section : sections) {
            file.position(at).put(section.content().duplicate());
            at += section.size();
        }
        at = header;
        for (Section section : sections) {
            file.putInt(names.add(section.name())).putInt(section.type());
            word(file, section.flags());
            word(file, 0);
            word(file, section.type() == 0 ? 0 : at);
            word(file, section.size());
            file.putInt(section.link()).putInt(section.info());
            word(file, 1);
            word(file, 0);
            at += section.size();
        }
        return signed ? withSignature(file.array()) : file.array();
    }

    private static byte[] withSignature(byte[] content) {
        byte[] mark = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(content.length + 12 + mark.length)
                .put(content)
                .put(new byte[12])
                .put(mark)
                .array();
    }

    private void word(ByteBuffer buffer, long value) {
        if (word == 8) {
            buffer.putLong(value);
        } else {
            buffer.putInt((int) value);
        }
    }

    private record Function(String object, String name, int sympos) {}

    private record Symbol(String name, int info, int section) {}

    private record Section(String name, int type, int flags, int link, int info, ByteBuffer content) {
        int size() {
            return content.capacity();
        }
    }

    /** A table of strings that end with zeros. */
    private static final class Strings {
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private int length;

        int add(String text) {
            return places.computeIfAbsent(text, key -> {
                int place = length;
                length += key.getBytes(StandardCharsets.UTF_8).length + 1;
                return place;
            });
        }

        ByteBuffer with(String last) {
            add(last);
            return bytes();
        }

        ByteBuffer bytes() {
            add("");
            return ByteBuffer.wrap((String.join("\0", places.keySet()) + '\0').getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Numbers in the module's own width and order. */
    private final class Words {
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

        Words words(long... values) {
            ByteBuffer buffer = ByteBuffer.allocate(values.length * word).order(order);
            for (long value : values) {
                word(buffer, value);
            }
            stream.writeBytes(buffer.array());
            return this;
        }

        /** A C {@code unsigned int} with its padding. */
        void count(int value) {
            stream.writeBytes(
                    ByteBuffer.allocate(word).order(order).putInt(value).array());
        }

        void relocation(long offset, int symbol, long addend) {
            words(offset, word == 8 ? (long) symbol << 32 | ABS64 : (long) symbol << 8 | ABS64, addend);
        }

        void symbol(int name, int info, int section) {
            ByteBuffer buffer = ByteBuffer.allocate(word == 8 ? 24 : 16).order(order);
            buffer.putInt(name);
            if (word == 8) {
                buffer.put((byte) info).put((byte) 0).putShort((short) section);
            } else {
                buffer.putLong(0).put((byte) info).put((byte) 0).putShort((short) section);
            }
            stream.writeBytes(buffer.array());
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(stream.toByteArray());
        }
    }
}
