package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which kernel it is, of all that were ever linked. */
@Command(name = "kernel", description = "Print what a kernel is called in an archive.")
final class KernelCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--vmlinux", required = true, paramLabel = "FILE", description = "the kernel, as it was linked")
    private Path vmlinux = Path.of("");

    @Option(names = "--release", paramLabel = "RELEASE", description = "what uname -r has to say of it")
    private Optional<String> release = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    KernelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        KernelIdentity kernel = Kernels.ofVmlinux(vmlinux);
        if (release.isPresent() && !release.get().equals(kernel.release().text())) {
            throw new Unusable(vmlinux + " is " + kernel.release() + ", not " + release.get() + ".");
        }
        console.print(format.isJson() ? ArchiveJson.of(kernel) : Kernels.text(kernel));
        return ExitCode.OK;
    }
}
