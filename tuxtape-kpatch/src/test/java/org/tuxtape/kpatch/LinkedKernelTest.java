package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelIdentity;

class LinkedKernelTest {
    @Test
    void whatIsNoKernelHasNoBuildId(@TempDir Path directory) throws IOException {
        assertThat(LinkedKernel.buildId(directory.resolve("vmlinux"))).isEmpty();
        assertThat(LinkedKernel.buildId(directory)).isEmpty();
        assertThat(LinkedKernel.buildId(Files.writeString(directory.resolve("text"), "no ELF")))
                .isEmpty();
    }

    @Test
    void aRealKernelHasTheOneOfItsIdentity() throws IOException {
        Path lab = Path.of(System.getProperty("tuxtape.lab", System.getProperty("user.home") + "/.cache/tuxtape-lab"));
        Path vmlinux = lab.resolve("vulnerable-6.1").resolve("vmlinux");
        Assumptions.assumeTrue(Files.isRegularFile(vmlinux), vmlinux + " is missing, see lab/vulnerable");

        try (FileChannel channel = FileChannel.open(vmlinux)) {
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            assertThat(LinkedKernel.buildId(vmlinux))
                    .contains(KernelIdentity.ofVmlinux(bytes).buildId());
        }
    }
}
