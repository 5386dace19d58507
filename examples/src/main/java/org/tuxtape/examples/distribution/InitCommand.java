package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.archive.ArchiveState;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.RootFiles;
import org.tuxtape.examples.Unusable;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins an archive. */
@Command(
        name = "init",
        description =
                "Begin an archive, with the standard policy: canaries, 10 %%, 40 %%, all. Nodes are set up with the "
                        + "root in its metadata/1.root.json.")
final class InitCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "a root that was made by archive root and signed elsewhere, instead of --root-key")
    private Optional<Path> root = Optional.empty();

    @Option(
            names = "--fleet",
            paramLabel = "NAME",
            description = "what the nodes' lots are drawn with; default ${DEFAULT-VALUE}")
    private String fleet = "fleet";

    @Option(names = "--policy", paramLabel = "FILE", description = "another policy than the standard one, as text")
    private Optional<Path> policy = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    InitCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        if (root.isPresent() != roles.isEmpty()) {
            throw new Unusable("An archive begins with either --root or --root-key.");
        }
        Context context = machine.context();
        PatchArchive opened = archive.open(roles.timestamp());
        RolloutPolicy first =
                policy.map(Policies::read).orElseGet(() -> Unusable.unless(() -> RolloutPolicy.standard(fleet)));
        opened.create(root(opened, context), context);
        ArchiveState state = opened.changePolicy(before -> before.orElseGet(first::toText), context);
        console.print(format.isJson() ? ArchiveJson.of(state) : ArchiveText.of(state));
        return ExitCode.OK;
    }

    /** The root of an attempt that was broken off has another expiry, so it is gone on with where it is the same else. */
    private RootMetadata root(PatchArchive opened, Context context) {
        return root.map(RootFiles::read)
                .or(() -> begun(opened).filter(there -> there.version() == 1 && roles.isThatOf(there, archive.keys())))
                .orElseGet(() -> roles.first(archive.keys(), context.clock().instant()));
    }

    private static Optional<RootMetadata> begun(PatchArchive opened) {
        try {
            return Optional.of(opened.root());
        } catch (ArchiveException e) {
            if (e.fault() == Fault.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
