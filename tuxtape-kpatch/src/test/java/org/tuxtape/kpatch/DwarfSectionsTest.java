package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
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
                .unloaded(".debug_info", 0x800, MUCH)
                .unloaded(".rela.debug_info", 0, MUCH)
                .unloaded(".comment", 0x30, 17)
                .unloaded(".zdebug_str", 0x30, MUCH)
                .unloaded(".debug_line", 0x2, 5)
                .unloaded(".debugger", 0x800, 3)
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

    /** What its header says of a section, but for its place, and what is in it. */
    private record Told(Section section, String content) {
        static List<Told> allOf(byte[] module) {
            ElfFile elf = ElfFile.of(ByteBuffer.wrap(module));
            return elf.sections().stream()
                    .map(each -> {
                        byte[] bytes = new byte[(int) each.bytes()];
                        elf.bytes(each).get(bytes);
                        return new Told(
                                told(each, each.flags(), each.size()),
                                HexFormat.of().formatHex(bytes));
                    })
                    .toList();
        }

        /** Empty, and so with nothing that is compressed. */
        Told emptied() {
            return new Told(told(section, section.flags() & ~0x800, 0), "");
        }

        boolean isDebug() {
            return section.name().contains("debug_") && (section.flags() & 2) == 0;
        }

        private static Section told(Section of, long flags, long size) {
            return new Section(of.name(), of.type(), flags, 0, size, of.link(), of.info());
        }
    }

    @ParameterizedTest
    @CsvSource({"62, 8, LITTLE_ENDIAN", "22, 8, BIG_ENDIAN", "40, 4, LITTLE_ENDIAN"})
    void allOtherSectionsStayUnderTheirNumbers(int machine, int word, String order) throws IOException {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] before = module().machine(machine, word, byteOrder).bytes();

        byte[] after = emptied(module().machine(machine, word, byteOrder));

        assertThat(after).hasSizeLessThan(before.length - 3 * MUCH + 1000);
        assertThat(Told.allOf(after))
                .isEqualTo(Told.allOf(before).stream()
                        .map(each -> each.isDebug() ? each.emptied() : each)
                        .toList());
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
