package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tuxtape.archive.Publication;
import org.tuxtape.archive.Submission;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.build.StoredBuild;
import org.tuxtape.examples.livepatch.Machine;
import org.tuxtape.kpatch.store.ArtefactStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes builds known to nodes, which take them when they are promoted. */
@Command(name = "publish", description = "Publish approved builds for a kernel. No node takes them until promoted.")
final class PublishCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @ArgGroup(multiplicity = "1")
    private Sought sought = new Sought();

    @ArgGroup(multiplicity = "1")
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    /** Builds of a store, or files that came another way. */
    static final class Sought {
        @ArgGroup(exclusive = false)
        private @Nullable Stored stored;

        @Option(
                names = "--module",
                arity = "1..*",
                paramLabel = "FILE.ko",
                description = "modules with .manifest and .reviews beside them, the oldest first")
        private List<Path> modules = List.of();

        List<Submission> submissions(KernelIdentity kernel, Context context) {
            return stored == null
                    ? modules.stream()
                            .map(file -> ModuleFiles.submission(file, kernel))
                            .toList()
                    : stored.submissions(kernel, context);
        }
    }

    /** Builds of a store. */
    static final class Stored {
        @Option(names = "--store", required = true, paramLabel = "DIR", description = "where builds are kept")
        private Path store = Path.of("");

        @Option(
                names = "--build",
                required = true,
                arity = "1..*",
                paramLabel = "KEY",
                description = "the builds, as store list prints them, the oldest first")
        private List<String> builds = List.of();

        List<Submission> submissions(KernelIdentity kernel, Context context) {
            ArtefactStore opened = ArtefactStore.open(store.toAbsolutePath(), context);
            return builds.stream()
                    .map(build -> StoredBuild.find(opened, build))
                    .map(found -> new Submission(found.module(), opened.reviews(found.key()), kernel))
                    .toList();
        }
    }

    PublishCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        Context context = machine.context();
        KernelIdentity identity = kernel.kernel();
        List<Submission> submissions = sought.submissions(identity, context);
        Publication publication = archive.open().publish(submissions, context);
        if (publication instanceof Publication.Refused refused) {
            refused.refusals()
                    .forEach(refusal ->
                            console.print(format.isJson() ? ArchiveJson.of(refusal) : ArchiveText.of(refusal)));
            return ExitCode.SOFTWARE;
        }
        ((Publication.Published) publication)
                .patches()
                .forEach(patch -> console.print(
                        format.isJson() ? ArchiveJson.published(identity, patch) : ArchiveText.published(patch)));
        return ExitCode.OK;
    }
}
