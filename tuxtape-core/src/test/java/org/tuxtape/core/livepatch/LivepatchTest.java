package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;

class LivepatchTest {
    private static final KernelObject BTRFS = KernelObject.module("fs/btrfs/btrfs");

    @ParameterizedTest(name = "enabled {0}, in transition {1}, patched {2}: {3}")
    @CsvSource({
        "true,  false, true,  true",
        "false, false, true,  false",
        "true,  true,  true,  false",
        "false, true,  true,  false",
        "true,  false, false, false",
        // before Linux 6.1 the kernel does not say: that is no yes
        "true,  false, ,      false",
    })
    void itProtectsOnlyWhatTheKernelItselfSaysIsPatchedForEveryTask(
            boolean enabled, boolean inTransition, Boolean patched, boolean protects) {
        Livepatch livepatch = livepatch(enabled, inTransition, object("btrfs", patched));

        assertThat(livepatch.protects(BTRFS)).isEqualTo(protects);
    }

    @Test
    void itProtectsNoObjectThatItDoesNotPatch() {
        Livepatch livepatch = livepatch(true, false, object("btrfs", true));

        assertThat(livepatch.protects(KernelObject.VMLINUX)).isFalse();
        assertThat(livepatch.protects(KernelObject.module("fs/ext4/ext4"))).isFalse();
        assertThat(livepatch(true, false).protects(BTRFS)).isFalse();
    }

    @Test
    void eachObjectSpeaksForItself() {
        Livepatch livepatch = livepatch(true, false, object("vmlinux", true), object("btrfs", false));

        assertThat(livepatch.protects(KernelObject.VMLINUX)).isTrue();
        assertThat(livepatch.protects(BTRFS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "snd_hda_intel, sound/pci/hda/snd-hda-intel, true",
        "snd_hda_intel, sound/pci/hda/snd_hda_intel, true",
        "vmlinux, vmlinux, true",
        "btrfs, fs/btrfs/btrfs, true",
        "btrfs, fs/btrfs/btrfs_other, false",
        "vmlinux, fs/btrfs/btrfs, false",
    })
    void anObjectIsKnownByTheNameThatTheRunningKernelGivesIt(String objectName, String object, boolean same) {
        assertThat(object(objectName, true).is(new KernelObject(object))).isEqualTo(same);
    }

    @Test
    void objectsAndFunctionsAreCopied() {
        TreeSet<PatchedFunction> functions = new TreeSet<>(List.of(new PatchedFunction(BTRFS, "f", 0)));
        List<PatchedObject> objects = new ArrayList<>();
        objects.add(new PatchedObject("btrfs", Optional.empty(), functions));
        Livepatch livepatch = new Livepatch(
                new LivepatchName("livepatch_a"), true, false, Optional.empty(), OptionalInt.empty(), objects);

        functions.clear();
        objects.clear();

        assertThat(livepatch.objects()).hasSize(1);
        assertThat(livepatch.objects().get(0).functions()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> livepatch.objects().get(0).functions().clear());
    }

    private static Livepatch livepatch(boolean enabled, boolean inTransition, PatchedObject... objects) {
        return new Livepatch(
                new LivepatchName("livepatch_a"),
                enabled,
                inTransition,
                Optional.of(Replacement.REPLACE_ALL),
                OptionalInt.of(1),
                List.of(objects));
    }

    private static PatchedObject object(String name, Boolean patched) {
        return new PatchedObject(name, Optional.ofNullable(patched), new TreeSet<>());
    }
}
