package org.tuxtape.profile.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;

/** What an ELF file of a kernel tells of its build: the banner of vmlinux, the vermagic of a module, the symbols. */
final class ImageIdentity {
    private static final byte[] BANNER = "Linux version ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERMAGIC = "vermagic=".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 512;
    private static final long SHF_EXECINSTR = 4;
    private static final Pattern RELEASE = Pattern.compile("(\\d\\S*)");
    private static final Pattern COMPILER = Pattern.compile("\\) \\((.*?)(?:, (?:GNU ld|LLD|GNU gold|mold).*)?\\) #");

    /** {@code e_machine} and the directory below {@code arch/}. */
    private static final Map<Integer, String> ARCHITECTURES = Map.ofEntries(
            Map.entry(2, "sparc"),
            Map.entry(3, "x86"),
            Map.entry(8, "mips"),
            Map.entry(20, "powerpc"),
            Map.entry(21, "powerpc"),
            Map.entry(22, "s390"),
            Map.entry(40, "arm"),
            Map.entry(43, "sparc"),
            Map.entry(62, "x86"),
            Map.entry(183, "arm64"),
            Map.entry(243, "riscv"),
            Map.entry(258, "loongarch"));

    private ImageIdentity() {}

    /** Reads which kernel the file is of; empty if it does not say it, as a file with debug info alone. */
    static Optional<KernelBuild> kernel(ElfFile elf, boolean image) {
        Optional<String> text = image ? text(elf, ".rodata", BANNER) : text(elf, ".modinfo", VERMAGIC);
        return text.flatMap(found -> {
                    Matcher release = RELEASE.matcher(found);
                    return release.lookingAt()
                            ? KernelRelease.tryParse(release.group(1))
                            : Optional.<KernelRelease>empty();
                })
                .map(release -> new KernelBuild(
                        release,
                        release.version(),
                        Optional.ofNullable(ARCHITECTURES.get(elf.machine())),
                        text.flatMap(ImageIdentity::compiler),
                        Optional.empty()));
    }

    private static Optional<String> compiler(String banner) {
        Matcher matcher = COMPILER.matcher(banner);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Returns what stands behind a mark that a digit follows, to the end of its string. */
    private static Optional<String> text(ElfFile elf, String sectionName, byte[] mark) {
        for (Section section : elf.sections(sectionName)) {
            ByteBuffer bytes = elf.bytes(section);
            for (int at = 0; at + mark.length < bytes.limit(); at++) {
                if (bytes.get(at) == mark[0] && isAt(bytes, at, mark) && isDigit(bytes.get(at + mark.length))) {
                    return Optional.of(string(bytes, at + mark.length));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAt(ByteBuffer bytes, int at, byte[] mark) {
        for (int i = 1; i < mark.length; i++) {
            if (bytes.get(at + i) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static String string(ByteBuffer bytes, int from) {
        int to = from;
        while (to < bytes.limit() && to - from < LONGEST && bytes.get(to) != 0) {
            to++;
        }
        byte[] text = new byte[to - from];
        bytes.get(from, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Returns the names of what lies in sections of code, without the suffixes of pieces and copies. */
    static Set<String> functions(ElfFile elf) {
        Set<String> names = new HashSet<>();
        List<Section> sections = elf.sections();
        for (Section table : sections) {
            if (table.type() == Section.SYMTAB) {
                elf.symbols(table, symbol -> {
                    boolean code = symbol.section() > 0
                            && symbol.section() < sections.size()
                            && (sections.get(symbol.section()).flags() & SHF_EXECINSTR) != 0;
                    int dot = symbol.name().indexOf('.');
                    String name = dot < 0 ? symbol.name() : symbol.name().substring(0, dot);
                    if (code && !name.isEmpty()) {
                        names.add(name);
                    }
                });
            }
        }
        return names;
    }
}
