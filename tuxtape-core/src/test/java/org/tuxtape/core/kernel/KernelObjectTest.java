package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelObjectTest {

    @Test
    void theKernelImageIsAnObjectOfItsOwnName() {
        assertThat(KernelObject.VMLINUX).hasToString("vmlinux");
        assertThat(KernelObject.VMLINUX.isVmlinux()).isTrue();
        assertThat(new KernelObject("vmlinux")).isEqualTo(KernelObject.VMLINUX);
    }

    @Test
    void aModuleIsNotTheImage() {
        assertThat(KernelObject.module("fs/btrfs/btrfs").isVmlinux()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sound/pci/hda/snd-hda-intel, snd_hda_intel",
        "fs/btrfs/btrfs, btrfs",
        "drivers/net/wireless/intel/iwlwifi/mvm/iwlmvm, iwlmvm",
        "loop, loop",
        "vmlinux, vmlinux",
    })
    void theRunningKernelKnowsAModuleByItsLastPartWithUnderscores(String path, String name) {
        assertThat(new KernelObject(path).moduleName()).isEqualTo(name);
    }

    @Test
    void theImageComesFirstThenModulesByPath() {
        TreeSet<KernelObject> objects = new TreeSet<>();
        Stream.of("zram", "arch/x86/kvm/kvm", "vmlinux", "fs/btrfs/btrfs")
                .map(KernelObject::new)
                .forEach(objects::add);

        assertThat(objects)
                .extracting(KernelObject::name)
                .containsExactly("vmlinux", "arch/x86/kvm/kvm", "fs/btrfs/btrfs", "zram");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/fs/btrfs", "../x", "fs//btrfs", "fs/btrfs/", "fs/btrfs/btrfs.ko", "vmlinux.ko", "a\nb"})
    void aNameThatIsNoPathInsideTheTreeIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelObject.module(name))
                .withMessageContaining("'" + name + "'");
    }
}
