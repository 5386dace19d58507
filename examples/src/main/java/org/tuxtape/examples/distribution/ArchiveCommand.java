package org.tuxtape.examples.distribution;

import java.time.Duration;
import java.util.Arrays;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Words;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** The group of commands for those who publish. */
@Command(name = "archive", description = "Publish livepatches in a signed archive, and decide who gets them.")
public final class ArchiveCommand {
    @Mixin
    HelpOption help = new HelpOption();

    private ArchiveCommand() {}

    /** Of the machine they use the time alone. */
    public static CommandLine of(Console console, Machine machine) {
        CommandLine line = new CommandLine(new ArchiveCommand())
                .addSubcommand(new KeyCommand(console))
                .addSubcommand(new RootCommand.Make(console, machine))
                .addSubcommand(new RootCommand.Sign(console, machine))
                .addSubcommand(new InitCommand(console, machine))
                .addSubcommand(new RotateCommand(console, machine))
                .addSubcommand(new KernelCommand(console))
                .addSubcommand(new PublishCommand(console, machine))
                .addSubcommand(new PolicyCommand(console, machine))
                .addSubcommand(new PromoteCommand(console, machine))
                .addSubcommand(new PatchCommand.Advance(console, machine))
                .addSubcommand(new PatchCommand.Withdraw(console, machine))
                .addSubcommand(new PatchCommand.Reinstate(console, machine))
                .addSubcommand(new RefreshCommand(console, machine))
                .addSubcommand(new BundleCommand(console, machine))
                .addSubcommand(new ShowCommand(console, machine))
                .addSubcommand(new VerifyCommand(console, machine));
        line.registerConverter(Duration.class, Words::duration);
        line.registerConverter(KernelIdentity.class, Kernels::parse);
        line.registerConverter(KeyScheme.class, ArchiveCommand::scheme);
        return line;
    }

    private static KeyScheme scheme(String text) {
        return Arrays.stream(KeyScheme.values())
                .filter(scheme -> scheme.keyType().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it takes ed25519 or ecdsa"));
    }
}
