package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.Validity;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.Option;

/** An archive, and the keys to change it with. */
final class SigningOptions {
    @Option(names = "--archive", required = true, paramLabel = "DIR", description = "the archive's directory")
    private Path directory = Path.of("");

    @Option(
            names = "--key",
            arity = "1..*",
            paramLabel = "FILE",
            description = "private keys of targets, snapshot and timestamp, which every change needs")
    private List<Path> keys = List.of();

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            description = "how long nodes trust the archive without a refresh; default 72h, at most 720h")
    private Duration valid = Validity.standard().timestamp();

    Path directory() {
        return directory;
    }

    List<Path> keys() {
        return keys;
    }

    PatchArchive open() {
        return open(List.of());
    }

    PatchArchive open(List<Path> more) {
        Validity standard = Validity.standard();
        if (valid.compareTo(standard.snapshot()) > 0) {
            throw new Unusable(
                    "An archive is trusted for at most " + standard.snapshot().toHours() + "h.");
        }
        List<Path> all = Stream.concat(keys.stream(), more.stream()).toList();
        return PatchArchive.open(
                directory,
                HeldKey.signers(HeldKey.read(all)),
                new Validity(standard.targets(), standard.snapshot(), valid));
    }
}
