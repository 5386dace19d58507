package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.testkit.sample.ElfModule;

/** Debug information is taken out of modules, and nothing else of them changes. */
class DwarfSectionsTest {
    private static final int MUCH = 100_000;

    @TempDir
    private Path directory = Path.of("");

    private static ElfModule module() {
        return ElfModule.livepatch("fix")
                .unloaded(".debug_info", MUCH)
                .unloaded(".rela.debug_info", MUCH)
                .unloaded(".comment", 17)
                .unloaded(".zdebug_str", MUCH)
                .unloaded(".debugger", 3)
                .kpatch("vmlinux", "ip_rcv", 0)
                .kpatch("ext4", "ext4_sync_fs", 2)
                .needs("kfree")
                .reaches("vmlinux", "vmlinux", "ip_rcv_core", 0)
                .reaches("ext4", "ext4", "ext4_mb_release", 1);
    }

    private byte[] emptied(ElfModule module) throws IOException {
        Path file = module.writeTo(directory);
        DwarfSections.empty(file);
        assertThat(directory).isDirectoryContaining("glob:**/fix.ko").isDirectoryNotContaining("glob:**/*.smaller");
        return Files.readAllBytes(file);
    }

    private static Map<String, byte[]> contents(byte[] module) {
        ElfFile elf = ElfFile.of(ByteBuffer.wrap(module));
        Map<String, byte[]> contents = new TreeMap<>();
        for (int i = 0; i < elf.sections().size(); i++) {
            Section section = elf.sections().get(i);
            byte[] bytes = new byte[(int) section.bytes()];
            elf.bytes(section).get(bytes);
            contents.put(i + " " + section.name(), bytes);
        }
        return contents;
    }

    private static boolean isDebug(String name) {
        return name.contains("debug_");
    }

    @ParameterizedTest
    @CsvSource({"62, 8, LITTLE_ENDIAN", "22, 8, BIG_ENDIAN", "40, 4, LITTLE_ENDIAN"})
    void allOtherSectionsStayUnderTheirNumbers(int machine, int word, String order) throws IOException {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] before = module().machine(machine, word, byteOrder).bytes();

        byte[] after = emptied(module().machine(machine, word, byteOrder));

        assertThat(after).hasSizeLessThan(before.length - 3 * MUCH + 1000);
        Map<String, byte[]> wanted = contents(before);
        wanted.replaceAll((name, bytes) -> isDebug(name) ? new byte[0] : bytes);
        assertThat(contents(after)).usingRecursiveComparison().isEqualTo(wanted);
        assertThat(ModuleFile.parse(ByteBuffer.wrap(after))).isEqualTo(ModuleFile.parse(ByteBuffer.wrap(before)));
    }

    @Test
    void whatHasNoneStaysAsItIs() throws IOException {
        byte[] once = emptied(module());

        DwarfSections.empty(directory.resolve("fix.ko"));

        assertThat(directory.resolve("fix.ko")).hasBinaryContent(once);
    }

    @Test
    void everySectionBeginsWhereItsAlignmentAllowsIt() throws IOException {
        ElfFile before = ElfFile.of(ByteBuffer.wrap(module().bytes()));
        ElfFile after = ElfFile.of(ByteBuffer.wrap(emptied(module())));

        for (int i = 1; i < before.sections().size(); i++) {
            assertThat(after.sections().get(i).offset() % 64)
                    .isEqualTo(before.sections().get(i).offset() % 64);
        }
    }

    @Test
    void aSignedModuleStaysWhole() throws IOException {
        byte[] signed = module().signed().bytes();

        assertThat(emptied(module().signed())).isEqualTo(signed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 64, 5000, 200_000})
    void whatIsCutShortIsRefusedAndStays(int length) throws IOException {
        Path file = module().writeTo(directory);
        byte[] begin = new byte[length];
        ByteBuffer.wrap(Files.readAllBytes(file)).get(begin);
        Files.write(file, begin);

        assertThatIllegalArgumentException().isThrownBy(() -> DwarfSections.empty(file));
        assertThat(file).hasBinaryContent(begin);
    }
}
