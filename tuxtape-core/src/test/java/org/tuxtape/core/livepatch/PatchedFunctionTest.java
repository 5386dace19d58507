package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.KernelObject;

class PatchedFunctionTest {

    @ParameterizedTest
    @CsvSource({
        "vmlinux, 0, vmlinux, 1",
        "vmlinux, 1, vmlinux, 1",
        "vmlinux, 3, vmlinux, 3",
        "sound/pci/hda/snd-hda-intel, 0, snd_hda_intel, 1",
        "snd_hda_intel, 2, snd_hda_intel, 2",
    })
    void theRunningKernelSpellsModulesByNameAndUniqueSymbolsAsTheFirst(
            String object, int sympos, String running, int place) {
        PatchedFunction function = new PatchedFunction(new KernelObject(object), "f", sympos);
        PatchedFunction spelled = new PatchedFunction(new KernelObject(running), "f", place);

        assertThat(function.asRunning()).isEqualTo(spelled);
        assertThat(spelled.asRunning()).isEqualTo(spelled);
    }

    /** Names come from module files: one with a line feed would be two functions in a manifest. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nvmlinux b 0", "a\u001b[2J", "a\t"})
    void aNameIsASymbol(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchedFunction(KernelObject.VMLINUX, name, 0));
    }
}
