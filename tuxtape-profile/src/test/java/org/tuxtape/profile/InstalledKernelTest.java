package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** A machine with kernels that were built elsewhere. */
class InstalledKernelTest {
    @TempDir
    private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theListOfDependenciesNamesModulesToo() throws IOException {
        file(
                "usr/lib/modules/6.1.0-9/modules.dep",
                "kernel/fs/a.ko.xz: kernel/lib/b.ko.xz\nkernel/lib/b.ko.xz:\nextra/c.ko:\n");

        KbuildProfile profile = InstalledKernel.at(root).read(Context.standard());

        assertThat(profile.objects())
                .extracting(Object::toString)
                .containsExactly("vmlinux", "extra/c", "fs/a", "lib/b");
        assertThat(profile.kernel().release().toString()).isEqualTo("6.1.0-9");
        assertThat(profile.units()).isEmpty();
    }

    @Test
    void ofSeveralKernelsOneMustBeNamed() throws IOException {
        file("lib/modules/6.1.0-9/modules.order", "kernel/fs/a.ko\n");
        file("lib/modules/6.1.0-10/modules.order", "kernel/fs/b.ko\n");

        assertFault(InstalledKernel.at(root), Fault.NO_VERSION);
        assertThat(InstalledKernel.at(root)
                        .withRelease(KernelRelease.parse("6.1.0-10"))
                        .read(Context.standard())
                        .objects())
                .extracting(Object::toString)
                .containsExactly("vmlinux", "fs/b");
    }

    @Test
    void whereNoKernelIsNothingCanBeRead() {
        assertFault(InstalledKernel.at(root), Fault.NO_VERSION);
        assertFault(InstalledKernel.at(root).withRelease(KernelRelease.parse("6.1.0-9")), Fault.MISSING);
        assertFault(InstalledKernel.at(root.resolve("gone")), Fault.MISSING);
    }

    private static void assertFault(InstalledKernel kernel, Fault fault) {
        assertThatThrownBy(() -> kernel.read(Context.standard()))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
