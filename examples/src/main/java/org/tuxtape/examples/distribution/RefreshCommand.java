package org.tuxtape.examples.distribution;

import java.util.concurrent.Callable;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says that nothing is new. */
@Command(name = "refresh", description = "Sign a new timestamp, so that nodes go on trusting the archive.")
final class RefreshCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Option(names = "--all", description = "sign targets and snapshot anew too, which takes their keys")
    private boolean all;

    @Mixin
    private FormatOption format = new FormatOption();

    RefreshCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        Context context = machine.context();
        PatchArchive opened = archive.open();
        ArchiveState state = all ? opened.renew(context) : opened.refresh(context);
        console.print(format.isJson() ? ArchiveJson.of(state) : ArchiveText.of(state));
        return ExitCode.OK;
    }
}
