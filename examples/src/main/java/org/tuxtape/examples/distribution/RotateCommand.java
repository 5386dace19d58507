package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.RootFiles;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts other keys in force. */
@Command(
        name = "rotate",
        description = "Put the next root in force. With the old and the new keys at hand no node is ever refused.")
final class RotateCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Option(
            names = "--root",
            required = true,
            paramLabel = "FILE",
            description = "made by archive root, signed by root keys of the old and of the new root")
    private Path root = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    RotateCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        ArchiveState state = archive.open().rotate(RootFiles.read(root), machine.context());
        console.print(format.isJson() ? ArchiveJson.of(state) : ArchiveText.of(state));
        return ExitCode.OK;
    }
}
