package org.tuxtape.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.ModuleFile.KernelSymbol;
import org.tuxtape.core.livepatch.ModuleFile.Maker;
import org.tuxtape.core.livepatch.PatchedFunction;

/** What {@link ModuleFile} reads of the modules that {@link ElfModule} writes, and of real ones. */
class ElfModuleTest {
    private static final Path LAB = Path.of(System.getProperty(
            "tuxtape.lab",
            Path.of(System.getProperty("user.home"), ".cache", "tuxtape-lab").toString()));

    private static ModuleFile parse(ElfModule module) {
        return ModuleFile.parse(ByteBuffer.wrap(module.bytes()));
    }

    private static PatchedFunction function(String object, String name, int sympos) {
        return new PatchedFunction(new KernelObject(object), name, sympos);
    }

    @Test
    void whatModinfoSaysIsRead() {
        ModuleFile file = parse(ElfModule.livepatch("livepatch_a")
                .tag("depends", "fat,nls_base")
                .tag("srcversion", "0A1B2C"));

        assertThat(file.name()).isEqualTo("livepatch_a");
        assertThat(file.vermagic()).contains("6.12.107 SMP mod_unload");
        assertThat(file.livepatch()).isTrue();
        assertThat(file.depends()).containsExactly("fat", "nls_base");
        assertThat(file.srcversion()).contains("0A1B2C");
        assertThat(file.signed()).isFalse();
        assertThat(file.machine()).isEqualTo("x86_64");
    }

    @Test
    void whatIsNotSaidIsEmpty() {
        ModuleFile file = parse(ElfModule.ordinary("fat").without("vermagic").tag("depends", ""));

        assertThat(file.vermagic()).isEmpty();
        assertThat(file.livepatch()).isFalse();
        assertThat(file.depends()).isEmpty();
        assertThat(file.srcversion()).isEmpty();
        assertThat(file.buildId()).isEmpty();
        assertThat(file.relocations()).isEmpty();
    }

    @Test
    void theFunctionsOfAHandWrittenLivepatchAreUnknownAndNotNone() {
        ModuleFile file = parse(ElfModule.livepatch("livepatch_a"));

        assertThat(file.maker()).isEqualTo(Maker.UNKNOWN);
        assertThat(file.functions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "62, 8, true, x86_64",
        "183, 8, true, aarch64",
        "21, 8, true, ppc64le",
        "21, 8, false, ppc64",
        "22, 8, false, s390x",
        "243, 8, true, riscv64",
        "3, 4, true, i386",
        "40, 4, true, arm",
        "8, 4, false, mips",
        "999, 8, true, machine 999"
    })
    void theListOfKpatchBuildIsReadOnEveryArchitecture(int eMachine, int word, boolean little, String machine) {
        ModuleFile file = parse(ElfModule.livepatch("a")
                .machine(eMachine, word, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .kpatch("vmlinux", "cmdline_proc_show", 0)
                .kpatch("fat", "fat_fill_inode", 2));

        assertThat(file.machine()).isEqualTo(machine);
        assertThat(file.maker()).isEqualTo(Maker.KPATCH_BUILD);
        assertThat(file.functions().orElseThrow())
                .containsExactly(function("vmlinux", "cmdline_proc_show", 0), function("fat", "fat_fill_inode", 2));
    }

    @ParameterizedTest
    @CsvSource({"62, 8, true", "22, 8, false", "40, 4, true", "8, 4, false"})
    void theListOfKlpBuildIsReadInEveryWordSizeAndByteOrder(int eMachine, int word, boolean little) {
        ModuleFile file = parse(ElfModule.livepatch("a")
                .machine(eMachine, word, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .klp("fat", "fat_fill_inode", 1)
                .klp("vmlinux", "cmdline_proc_show", 0)
                .klp("vmlinux", "version_proc_show", 3));

        assertThat(file.maker()).isEqualTo(Maker.KLP_BUILD);
        assertThat(file.functions().orElseThrow())
                .containsExactly(
                        function("vmlinux", "cmdline_proc_show", 0),
                        function("vmlinux", "version_proc_show", 3),
                        function("fat", "fat_fill_inode", 1));
    }

    @Test
    void whatItNeedsAreItsUndefinedSymbolsThatAreNotWeak() {
        ModuleFile file = parse(ElfModule.ordinary("a")
                .needs("klp_enable_patch")
                .needs("_printk")
                .wants("may_be_missing")
                .needs("_GLOBAL_OFFSET_TABLE_"));

        assertThat(file.undefined()).containsExactly("_printk", "klp_enable_patch");
    }

    @Test
    void livepatchRelocationsTellWhatItReachesIntoAndWhen() {
        ModuleFile file = parse(ElfModule.livepatch("a")
                .reaches("vmlinux", "vmlinux", "saved_command_line", 0)
                .reaches("fat", "fat", "fat_hash.constprop.0", 2)
                .reaches("fat", "nls_base", "tables", 1));

        assertThat(file.relocations()).containsOnlyKeys("vmlinux", "fat");
        assertThat(file.relocations().get("vmlinux"))
                .containsExactly(new KernelSymbol("vmlinux", "saved_command_line", 0));
        assertThat(file.relocations().get("fat"))
                .containsExactly(
                        new KernelSymbol("fat", "fat_hash.constprop.0", 2), new KernelSymbol("nls_base", "tables", 1));
        assertThat(file.undefined()).isEmpty();
    }

    @Test
    void anAppendedSignatureIsSeen() {
        assertThat(parse(ElfModule.livepatch("a").signed()).signed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"fd377a585a000004, xz", "1f8b0800, gzip", "28b52ffd04, zstd"})
    void aCompressedModuleIsNamedAsSuch(String magic, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ModuleFile.parse(ByteBuffer.wrap(HexFormat.of().parseHex(magic))))
                .withMessageContaining("compressed with " + name);
    }

    @Test
    void whatIsNoModuleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleFile.parse(ByteBuffer.allocate(0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleFile.parse(
                        ByteBuffer.wrap("#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.US_ASCII))))
                .withMessage("It is no ELF file.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(ElfModule.ordinary("a").without("name")))
                .withMessage("It does not say its name.");
    }

    @Test
    void aModuleThatIsCutShortIsRefusedWhereverItEnds() {
        byte[] whole = ElfModule.livepatch("a").kpatch("vmlinux", "f", 0).bytes();

        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ModuleFile.parse(ByteBuffer.wrap(part)));
        }
    }

    @Test
    void onlyTheBuffersOwnPartIsReadAndItIsLeftAsItWas() {
        byte[] module = ElfModule.livepatch("a").bytes();
        ByteBuffer buffer = ByteBuffer.allocate(module.length + 10);
        buffer.position(5).put(module).limit(buffer.position()).position(5);

        assertThat(ModuleFile.parse(buffer).name()).isEqualTo("a");
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(buffer.remaining()).isEqualTo(module.length);
    }

    static List<Path> realModules() throws IOException {
        if (!Files.isDirectory(LAB)) {
            return List.of(Path.of(""));
        }
        List<Path> modules = new ArrayList<>();
        try (DirectoryStream<Path> trees = Files.newDirectoryStream(LAB, "kernel-*")) {
            for (Path tree : trees) {
                try (Stream<Path> files = Files.walk(tree)) {
                    files.filter(file -> file.toString().endsWith(".ko")).forEach(modules::add);
                }
            }
        }
        return modules.isEmpty() ? List.of(Path.of("")) : modules;
    }

    @ParameterizedTest
    @MethodSource("realModules")
    void everyRealModuleOfTheLabIsRead(Path ko) throws IOException {
        assumeTrue(!ko.equals(Path.of("")), "lab/kernel has built no module in " + LAB);

        ModuleFile file = ModuleFile.parse(ByteBuffer.wrap(Files.readAllBytes(ko)));

        assertThat(file.name() + ".ko").isEqualTo(ko.getFileName().toString().replace('-', '_'));
        assertThat(file.vermagic().orElseThrow()).containsPattern("^\\d+\\.\\d+\\.\\d+\\S* ");
        assertThat(file.livepatch()).isEqualTo(file.undefined().contains("klp_enable_patch"));
        assertThat(file.buildId().orElseThrow()).matches("[0-9a-f]{40}");
    }
}
