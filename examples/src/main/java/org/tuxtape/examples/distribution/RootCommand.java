package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.Validity;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.RootFiles;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A root that is made in one place and signed in others. */
abstract class RootCommand implements Callable<Integer> {
    private final Console console;
    final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private FormatOption format = new FormatOption();

    private RootCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    final int written(Path file, RootMetadata root) {
        RootFiles.write(file, root);
        console.print(format.isJson() ? ArchiveJson.of(root) : ArchiveText.of(root));
        return ExitCode.OK;
    }

    /** Anywhere. */
    @Command(
            name = "root",
            description = "Make the first root of an archive, or the one after that in force, to be signed elsewhere.")
    static final class Make extends RootCommand {
        @Option(
                names = "--archive",
                paramLabel = "DIR",
                description =
                        "the archive, for the root after its own: what is not said stays. Without it, a first root")
        private Optional<Path> archive = Optional.empty();

        @Option(
                names = "--key",
                arity = "1..*",
                paramLabel = "FILE",
                description = "keys of targets, snapshot and timestamp, of which one has to sign")
        private List<Path> keys = List.of();

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "the root, signed or not")
        private Path out = Path.of("");

        @Mixin
        private RoleOptions roles = new RoleOptions();

        Make(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        public Integer call() {
            Instant now = machine.context().clock().instant();
            RootMetadata root = archive.map(directory -> PatchArchive.open(directory, List.of(), Validity.standard()))
                    .map(opened -> roles.next(opened.root(), keys, now))
                    .orElseGet(() -> roles.first(keys, now));
            return written(out, root);
        }
    }

    /** Where the root keys lie. */
    @Command(name = "sign", description = "Sign a root, where a key of it lies, or one of the root before it.")
    static final class Sign extends RootCommand {
        @Parameters(paramLabel = "ROOT", description = "the file that archive root wrote; it gets a signature more")
        private Path file = Path.of("");

        @Option(
                names = "--root-key",
                required = true,
                arity = "1..*",
                paramLabel = "FILE",
                description = "the private keys that sign")
        private List<Path> keys = List.of();

        Sign(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        public Integer call() {
            RootMetadata root = RootFiles.read(file);
            for (Signer signer : HeldKey.signers(HeldKey.read(keys))) {
                root = root.signedBy(signer);
            }
            return written(file, root);
        }
    }
}
