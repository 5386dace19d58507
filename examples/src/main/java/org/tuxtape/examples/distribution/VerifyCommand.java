package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.ArchiveView;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelIdentity;
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
import picocli.CommandLine.Parameters;

/** The archive as a node sees it that has never seen it before. */
@Command(
        name = "verify",
        description = "Read an archive or a bundle as a new node does, and fetch and verify every patch that it holds.")
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
        ArchiveLocation place = Unusable.unless(() -> ArchiveLocation.parse(location));
        Path scratch = scratch();
        try {
            ArchiveClient client =
                    Unusable.unless(() -> ArchiveClient.of(place, scratch.resolve("state"), RootFiles.read(root)));
            boolean isPart = place instanceof ArchiveLocation.BundleFile;
            return verify(client, isPart, scratch.resolve("patches"), machine.context())
                    ? ExitCode.OK
                    : ExitCode.SOFTWARE;
        } finally {
            remove(scratch);
        }
    }

    /** Returns whether a kernel was there: a bundle lists all of the archive and brings what it was written for. */
    private boolean verify(ArchiveClient client, boolean isPart, Path patches, Context context) {
        boolean isAny = false;
        ArchiveView view = client.update(context);
        console.print(format.isJson() ? ArchiveJson.of(view.state()) : ArchiveText.of(view.state()));
        for (KernelIdentity kernel : view.state().kernels()) {
            Optional<KernelIndex> index;
            try {
                index = view.index(kernel, context);
            } catch (ArchiveException e) {
                if (isPart && e.fault() == ArchiveException.Fault.MISSING) {
                    continue;
                }
                throw e;
            }
            isAny = true;
            if (!format.isJson()) {
                console.print(Kernels.text(kernel));
            }
            for (KernelIndex.Patch patch : index.map(KernelIndex::patches).orElse(List.of())) {
                view.fetch(kernel, patch, patches, context);
                console.print(
                        format.isJson() ? ArchiveJson.published(kernel, patch) : "  " + ArchiveText.published(patch));
            }
        }
        return isAny || !isPart;
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
