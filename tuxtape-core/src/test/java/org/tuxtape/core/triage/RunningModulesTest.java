package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.KernelObject;

class RunningModulesTest {
    private static final String MODULES = """
            btrfs 1757184 1 - Live 0x0000000000000000
            snd_hda_intel 57344 0 - Live 0x0000000000000000

            strange
            """;
    private static final String MODPROBE = """
            # install firewire-core /bin/false
            blacklist pcspkr
            install usb-storage   /bin/true
            install dccp /bin/false
            install nfs /sbin/modprobe --ignore-install nfs
            install
            """;

    @ParameterizedTest
    @CsvSource({
        "vmlinux, LOADED",
        "fs/btrfs/btrfs, LOADED",
        "sound/pci/hda/snd-hda-intel, LOADED",
        "drivers/usb/storage/usb-storage, DENIED",
        "net/dccp/dccp, DENIED",
        "drivers/input/misc/pcspkr, LOADABLE",
        "fs/nfs/nfs, LOADABLE",
        "drivers/firewire/firewire-core, LOADABLE",
        "a/strange, LOADABLE",
        "arch/x86/entry/vdso/vdso64.so.dbg,",
        "arch/x86/boot/compressed/vmlinux,",
    })
    void eachObjectIsLoadedLoadableOrDenied(String object, ModuleState state) {
        RunningModules modules = RunningModules.parse(MODULES, List.of("", MODPROBE), false);

        assertThat(modules.state(new KernelObject(object))).isEqualTo(Optional.ofNullable(state));
    }

    @Test
    void aKernelThatIsClosedDeniesWhatItHasNotLoaded() {
        RunningModules modules = RunningModules.parse(MODULES, List.of(), true);

        assertThat(modules.state(KernelObject.module("fs/nfs/nfs"))).contains(ModuleState.DENIED);
        assertThat(modules.state(KernelObject.module("fs/btrfs/btrfs"))).contains(ModuleState.LOADED);
    }
}
