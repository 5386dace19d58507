package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.ArchiveView;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.core.Context;
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
import picocli.CommandLine.Parameters;

/** The archive as a node sees it that has never seen it before. */
@Command(
        name = "verify",
        description = "Read an archive or a bundle as a new node does, and fetch and verify every patch.")
final class VerifyCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ARCHIVE", description = "an address, a directory or a bundle")
    private String location = "";

    @Option(names = "--root", required = true, paramLabel = "FILE", description = "the root that nodes are set up with")
    private Path root = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    VerifyCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        ArchiveLocation place = Policies.checked(() -> ArchiveLocation.parse(location));
        Path scratch = scratch();
        try {
            ArchiveClient client =
                    Policies.checked(() -> ArchiveClient.of(place, scratch.resolve("state"), RootFiles.read(root)));
            verify(client, scratch.resolve("patches"), machine.context());
            return ExitCode.OK;
        } finally {
            remove(scratch);
        }
    }

    private void verify(ArchiveClient client, Path patches, Context context) {
        ArchiveView view = client.update(context);
        console.print(format.isJson() ? ArchiveJson.of(view.state()) : ArchiveText.of(view.state()));
        for (KernelIdentity kernel : view.state().kernels()) {
            if (!format.isJson()) {
                console.print(Kernels.text(kernel));
            }
            List<KernelIndex.Patch> listed =
                    view.index(kernel, context).map(KernelIndex::patches).orElse(List.of());
            for (KernelIndex.Patch patch : listed) {
                view.fetch(kernel, patch, patches, context);
                console.print(
                        format.isJson() ? ArchiveJson.published(kernel, patch) : "  " + ArchiveText.published(patch));
            }
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("tuxtape-verify-");
        } catch (IOException e) {
            throw new Unusable("There is no room for what is fetched: " + Unusable.reason(e) + ".", e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new Unusable(directory + " could not be removed: " + Unusable.reason(e) + ".", e);
        }
    }
}
