package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.KeyFile;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a key. */
@Command(name = "key", description = "Make a key: FILE, which nobody else may read, and FILE.pub.")
final class KeyCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "the private key; it must not be there")
    private Path out = Path.of("");

    @Option(names = "--scheme", paramLabel = "ed25519|ecdsa", description = "how it signs; default ed25519")
    private KeyScheme scheme = KeyScheme.ED25519;

    @Mixin
    private FormatOption format = new FormatOption();

    KeyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path half = out.resolveSibling(out.getFileName() + ".pub");
        if (Files.exists(half)) {
            throw new Unusable(half + " is there already.");
        }
        ArchiveKey key = KeyFile.generate(out, scheme).key();
        try {
            Files.writeString(half, key.toPem(), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new Unusable(half + " could not be written: " + Unusable.reason(e) + ".", e);
        }
        console.print(format.isJson() ? ArchiveJson.of(key, out) : out + ": " + key);
        return ExitCode.OK;
    }
}
