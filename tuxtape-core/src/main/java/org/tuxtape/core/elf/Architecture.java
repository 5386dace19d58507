package org.tuxtape.core.elf;

import java.nio.ByteOrder;

/**
 * What an ELF file was made to run on.
 *
 * @since 0.1
 */
public final class Architecture {
    private Architecture() {}

    /**
     * Names the architecture of a file.
     *
     * @param file the file
     * @return as {@code uname -m} has it ({@code x86_64}, {@code aarch64}, {@code ppc64le}), with {@code i386} and
     *     {@code arm} for their families; {@code machine 123} for one without a name here
     */
    public static String of(ElfFile file) {
        boolean little = file.order() == ByteOrder.LITTLE_ENDIAN;
        boolean wide = file.wordSize() == 8;
        return switch (file.machine()) {
            case 3 -> "i386";
            case 8 -> wide ? "mips64" : "mips";
            case 20 -> "ppc";
            case 21 -> little ? "ppc64le" : "ppc64";
            case 22 -> wide ? "s390x" : "s390";
            case 40 -> "arm";
            case 62 -> "x86_64";
            case 183 -> little ? "aarch64" : "aarch64_be";
            case 243 -> wide ? "riscv64" : "riscv32";
            case 258 -> wide ? "loongarch64" : "loongarch32";
            default -> "machine " + file.machine();
        };
    }
}
