package org.tuxtape.core.livepatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Relocation;
import org.tuxtape.core.elf.ElfFile.Section;
import org.tuxtape.core.elf.ElfFile.Symbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.ModuleFile.Maker;

/**
 * The functions that a livepatch patches, where its maker left a list of them in a section: arrays of C structures whose
 * pointers are relocations.
 *
 * @see <a href="https://github.com/dynup/kpatch/blob/master/kmod/patch/kpatch-patch.h">struct kpatch_patch_func</a>
 * @see <a href="https://github.com/torvalds/linux/blob/master/include/linux/livepatch_external.h">struct klp_object_ext</a>
 */
final class ModuleFunctions {
    private static final String KPATCH_FUNCS = ".kpatch.funcs";
    private static final String KLP_OBJECTS = ".init.klp_objects";
    private static final String KLP_FUNCS = ".init.klp_funcs";

    private final ElfFile elf;
    private final Section symbols;
    private final int word;

    ModuleFunctions(ElfFile elf, Section symbols) {
        this.elf = elf;
        this.symbols = symbols;
        this.word = elf.wordSize();
    }

    Maker maker() {
        if (!elf.sections(KPATCH_FUNCS).isEmpty()) {
            return Maker.KPATCH_BUILD;
        }
        return elf.sections(KLP_OBJECTS).isEmpty() ? Maker.UNKNOWN : Maker.KLP_BUILD;
    }

    /** Reads the list of a known maker. */
    SortedSet<PatchedFunction> read() {
        return maker() == Maker.KPATCH_BUILD ? ofKpatch() : ofKlp();
    }

    /** Words: new address, new size, old address, old size, place, name, object. */
    private SortedSet<PatchedFunction> ofKpatch() {
        Section section = only(KPATCH_FUNCS);
        long size = 7L * word;
        requireArray(section, size);
        Map<Long, Relocation> pointers = pointers(section, size, 3);
        SortedSet<PatchedFunction> functions = new TreeSet<>();
        for (long at = 0; at < section.bytes(); at += size) {
            functions.add(function(
                    text(pointers, at + 6L * word)
                            .orElseThrow(() -> new IllegalArgumentException("It patches a function of no object.")),
                    text(pointers, at + 5L * word),
                    elf.word(section, at + 4L * word)));
        }
        return functions;
    }

    /**
     * Words of an object: name, functions, four callbacks, a flag, and how many functions. Words of a function: name, new
     * address, place.
     */
    private SortedSet<PatchedFunction> ofKlp() {
        Section objects = only(KLP_OBJECTS);
        Section functions = only(KLP_FUNCS);
        long objectSize = 8L * word;
        long functionSize = 3L * word;
        requireArray(objects, objectSize);
        Map<Long, Relocation> objectPointers = pointers(objects, objectSize, 6);
        Map<Long, Relocation> functionPointers = pointers(functions, functionSize, 2);
        SortedSet<PatchedFunction> found = new TreeSet<>();
        long read = 0;
        for (long at = 0; at < objects.bytes(); at += objectSize) {
            String object = text(objectPointers, at).orElse("vmlinux");
            Target first = target(objectPointers, at + word)
                    .filter(target -> target.section().equals(functions))
                    .orElseThrow(() -> new IllegalArgumentException("Its object " + object + " has no functions."));
            long count = Integer.toUnsignedLong(elf.bytes(objects).getInt((int) (at + 7L * word)));
            // An object's functions are its own, so together they are never more than there are.
            read += count;
            if (read > functions.bytes() / functionSize) {
                throw new IllegalArgumentException("Its object " + object + " claims more functions than there are.");
            }
            for (long i = 0; i < count; i++) {
                long place = first.offset() + i * functionSize;
                found.add(function(object, text(functionPointers, place), elf.word(functions, place + 2L * word)));
            }
        }
        return found;
    }

    private static PatchedFunction function(String object, Optional<String> name, long place) {
        if (place < 0 || place > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("It patches a function at the place " + place + ", which is none.");
        }
        return new PatchedFunction(
                new KernelObject(object),
                name.orElseThrow(() -> new IllegalArgumentException("It patches a function without a name.")),
                (int) place);
    }

    private Section only(String name) {
        List<Section> sections = elf.sections(name);
        if (sections.size() != 1) {
            throw new IllegalArgumentException("It has no section " + name + ", or several.");
        }
        return sections.get(0);
    }

    private static void requireArray(Section section, long entrySize) {
        if (section.bytes() % entrySize != 0) {
            throw new IllegalArgumentException("Its section " + section.name() + " has an unknown layout.");
        }
    }

    /** The relocations of a section that is an array, by their offset. */
    private Map<Long, Relocation> pointers(Section section, long entrySize, int most) {
        long entries = section.bytes() / entrySize;
        ModuleFileReader.requireFew((int) Math.min(entries, Integer.MAX_VALUE));
        Map<Long, Relocation> pointers = new HashMap<>();
        int index = elf.sections().indexOf(section);
        for (Section table : elf.sections()) {
            if ((table.type() == Section.RELA || table.type() == Section.REL) && table.info() == index) {
                elf.relocations(table, relocation -> {
                    pointers.put(relocation.offset(), relocation);
                    if (pointers.size() > entries * most) {
                        throw new IllegalArgumentException(
                                "Its section " + section.name() + " has more pointers than places for them.");
                    }
                });
            }
        }
        return pointers;
    }

    private Optional<String> text(Map<Long, Relocation> pointers, long at) {
        return target(pointers, at).map(target -> elf.string(target.section(), target.offset()));
    }

    private Optional<Target> target(Map<Long, Relocation> pointers, long at) {
        return Optional.ofNullable(pointers.get(at)).map(relocation -> {
            Symbol symbol = elf.symbol(symbols, relocation.symbol());
            return new Target(elf.sectionAt(symbol.section()), symbol.value() + relocation.addend());
        });
    }

    /** Where a pointer leads. */
    private record Target(Section section, long offset) {}
}
