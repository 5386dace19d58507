package org.tuxtape.core.livepatch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.elf.Architecture;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;
import org.tuxtape.core.elf.ElfFile.Symbol;
import org.tuxtape.core.livepatch.ModuleFile.KernelSymbol;
import org.tuxtape.core.livepatch.ModuleFile.Maker;

/** Reads one module. What is kept of it is bounded, whatever the file claims. */
final class ModuleFileReader {
    private static final int MOST_NAMES = 65_536;
    private static final int LONGEST_TAG = 1024;
    private static final long SHF_RELA_LIVEPATCH = 0x0010_0000;
    private static final byte[] SIGNATURE_MARK = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
    // The kernel reads both with sscanf: "%55[^.]" for the object, "%511[^,]" for the symbol.
    private static final Pattern KLP_SECTION = Pattern.compile("\\.klp\\.rela\\.([^.]{1,55})\\..*");
    private static final Pattern KLP_SYMBOL = Pattern.compile("\\.klp\\.sym\\.([^.]{1,55})\\.([^,]{1,511}),(\\d{1,9})");
    private static final Map<String, String> COMPRESSIONS =
            Map.of("fd377a585a00", "xz", "1f8b", "gzip", "28b52ffd", "zstd");

    private final ByteBuffer content;
    private final ElfFile elf;
    private final Section symbols;
    private final Map<String, String> tags;

    ModuleFileReader(ByteBuffer bytes) {
        this.content = bytes.slice();
        rejectCompressed();
        this.elf = ElfFile.of(content);
        if (elf.type() != ElfFile.ET_REL
                || elf.sections(".gnu.linkonce.this_module").size() != 1) {
            throw new IllegalArgumentException("It is an ELF file, but no kernel module.");
        }
        List<Section> tables = elf.sections().stream()
                .filter(section -> section.type() == Section.SYMTAB)
                .toList();
        if (tables.size() != 1) {
            throw new IllegalArgumentException("It has no table of symbols, or several.");
        }
        this.symbols = tables.get(0);
        this.tags = tags();
    }

    private void rejectCompressed() {
        byte[] head = new byte[Math.min(6, content.limit())];
        content.get(0, head);
        String digits = HexFormat.of().formatHex(head);
        COMPRESSIONS.forEach((magic, name) -> {
            if (digits.startsWith(magic)) {
                throw new IllegalArgumentException("It is compressed with " + name + ": unpack it first.");
            }
        });
    }

    ModuleFile read() {
        String name = tag("name").orElseThrow(() -> new IllegalArgumentException("It does not say its name."));
        ModuleFunctions functions = new ModuleFunctions(elf, symbols);
        return new ModuleFile(
                name,
                tag("vermagic").map(String::strip),
                tags.containsKey("livepatch"),
                functions.maker(),
                depends(),
                tag("srcversion"),
                BuildIdNote.of(elf),
                isSigned(),
                Architecture.of(elf),
                undefined(),
                functions.maker() == Maker.UNKNOWN ? Optional.empty() : Optional.of(functions.read()),
                relocations());
    }

    /** The section {@code .modinfo}: {@code key=value} strings, the first of a key counts. */
    private Map<String, String> tags() {
        List<Section> sections = elf.sections(".modinfo");
        if (sections.size() != 1) {
            throw new IllegalArgumentException("It has no section .modinfo, or several.");
        }
        ByteBuffer bytes = elf.bytes(sections.get(0));
        Map<String, String> found = new HashMap<>();
        int from = 0;
        for (int at = 0; at < bytes.limit(); at++) {
            if (bytes.get(at) != 0) {
                continue;
            }
            keep(bytes, from, at, found);
            from = at + 1;
        }
        return found;
    }

    private static void keep(ByteBuffer bytes, int from, int to, Map<String, String> found) {
        if (to - from > LONGEST_TAG || found.size() >= MOST_NAMES) {
            return;
        }
        byte[] text = new byte[to - from];
        bytes.get(from, text);
        String tag = new String(text, StandardCharsets.UTF_8);
        int equals = tag.indexOf('=');
        if (equals > 0) {
            found.putIfAbsent(tag.substring(0, equals), tag.substring(equals + 1));
        }
    }

    private Optional<String> tag(String key) {
        Optional<String> value = Optional.ofNullable(tags.get(key)).filter(text -> !text.isBlank());
        if (value.isPresent() && value.get().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Its " + key + " has control characters.");
        }
        return value;
    }

    private List<String> depends() {
        return tag("depends").stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .filter(name -> !name.isBlank())
                .toList();
    }

    private boolean isSigned() {
        byte[] tail = new byte[Math.min(SIGNATURE_MARK.length, content.limit())];
        content.get(content.limit() - tail.length, tail);
        return Arrays.equals(tail, SIGNATURE_MARK);
    }

    private SortedSet<String> undefined() {
        SortedSet<String> names = new TreeSet<>();
        elf.symbols(symbols, symbol -> {
            if (symbol.section() == Symbol.UNDEFINED
                    && symbol.binding() != Symbol.WEAK
                    && !symbol.name().isEmpty()
                    // The kernel ignores it too: assemblers leave it without using it.
                    && !symbol.name().equals("_GLOBAL_OFFSET_TABLE_")) {
                names.add(symbol.name());
                requireFew(names.size());
            }
        });
        return names;
    }

    private SortedMap<String, SortedSet<KernelSymbol>> relocations() {
        SortedMap<String, SortedSet<KernelSymbol>> found = new TreeMap<>();
        int[] kept = {0};
        for (Section section : elf.sections()) {
            Matcher matcher = KLP_SECTION.matcher(section.name());
            if ((section.flags() & SHF_RELA_LIVEPATCH) == 0 || section.type() != Section.RELA || !matcher.matches()) {
                continue;
            }
            SortedSet<KernelSymbol> ofObject = found.computeIfAbsent(matcher.group(1), object -> new TreeSet<>());
            elf.relocations(section, relocation -> {
                if (ofObject.add(
                        kernelSymbol(elf.symbol(symbols, relocation.symbol()).name()))) {
                    requireFew(++kept[0]);
                }
            });
        }
        return found;
    }

    private static KernelSymbol kernelSymbol(String name) {
        Matcher matcher = KLP_SYMBOL.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "It has a livepatch relocation to '" + name + "', which is no such symbol.");
        }
        return new KernelSymbol(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
    }

    static void requireFew(int names) {
        if (names > MOST_NAMES) {
            throw new IllegalArgumentException("It has more than " + MOST_NAMES + " names of one kind.");
        }
    }
}
