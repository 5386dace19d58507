package org.tuxtape.examples.livepatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.livepatch.sysfs.ModuleFiles;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A module, and what is known of it. */
final class ModuleArguments {
    @Parameters(paramLabel = "FILE.ko", description = "the livepatch module")
    private Path file = Path.of("");

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "what it fixes; default FILE.ko.manifest if there is such a file, else what the module says")
    private Optional<Path> manifest = Optional.empty();

    LivepatchModule read() {
        Path beside = Manifest.beside(file);
        return manifest.or(() -> Optional.of(beside).filter(Files::exists))
                .map(found -> new LivepatchModule(file, Manifests.read(found)))
                .orElseGet(() -> ModuleFiles.describe(file));
    }
}
