package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tuxtape.archive.Bundle;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.Validity;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries an archive to where no network is. */
@Command(
        name = "bundle",
        description = "Write the archive for some kernels into one file, for nodes without a network.")
final class BundleCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--archive", required = true, paramLabel = "DIR", description = "the archive's directory")
    private Path archive = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the bundle, which is replaced whole")
    private Path out = Path.of("");

    @Option(
            names = "--kernel",
            arity = "1..*",
            paramLabel = "KERNEL",
            description = "the kernels, as archive kernel prints them; default all")
    private List<KernelIdentity> kernels = List.of();

    @Mixin
    private FormatOption format = new FormatOption();

    BundleCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        List<KernelIdentity> there = PatchArchive.open(archive, List.of(), Validity.standard())
                .state()
                .kernels();
        Set<KernelIdentity> chosen = new LinkedHashSet<>(kernels.isEmpty() ? there : kernels);
        Set<KernelIdentity> unknown = new HashSet<>(chosen);
        there.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new Unusable("Nothing is published for "
                    + Kernels.text(unknown.iterator().next()) + ".");
        }
        Bundle.write(archive, chosen, out, machine.context());
        console.print(format.isJson() ? ArchiveJson.bundle(out, chosen) : ArchiveText.bundle(out, chosen));
        return ExitCode.OK;
    }
}
