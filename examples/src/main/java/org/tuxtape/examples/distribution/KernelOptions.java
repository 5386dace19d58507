package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.KernelIdentity;
import picocli.CommandLine.Option;

/** One linked kernel: its file, or what that was called when it was at hand. */
final class KernelOptions {
    @Option(names = "--vmlinux", required = true, paramLabel = "FILE", description = "the kernel, as it was linked")
    private @Nullable Path vmlinux;

    @Option(
            names = "--kernel",
            required = true,
            paramLabel = "KERNEL",
            description = "what archive kernel prints of it")
    private @Nullable KernelIdentity kernel;

    KernelIdentity kernel() {
        return kernel != null ? kernel : Kernels.ofVmlinux(Objects.requireNonNull(vmlinux));
    }
}
