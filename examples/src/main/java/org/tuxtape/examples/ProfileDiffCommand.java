package org.tuxtape.examples;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tuxtape.profile.ProfileDifference;
import org.tuxtape.profile.ProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares two profiles. */
@Command(name = "diff", description = "Print what differs between two profiles that profile --out wrote.")
final class ProfileDiffCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "BEFORE", description = "the first profile")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "the second profile")
    private Path after = Path.of("");

    ProfileDiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ProfileDifference difference = ProfileDifference.between(ProfileFile.read(before), ProfileFile.read(after));
        difference.removed().forEach((unit, objects) -> console.print("- " + unit + "\t" + objects));
        difference.added().forEach((unit, objects) -> console.print("+ " + unit + "\t" + objects));
        difference
                .moved()
                .forEach(moved -> console.print("~ " + moved.unit() + "\t" + moved.before() + " -> " + moved.after()));
        difference
                .options()
                .forEach(change ->
                        console.print("  CONFIG_" + change.name() + "\t" + change.before() + " -> " + change.after()));
        if (!difference.optionsKnown()) {
            console.complain("The options of at least one profile are not known.");
        }
        return ExitCode.OK;
    }
}
