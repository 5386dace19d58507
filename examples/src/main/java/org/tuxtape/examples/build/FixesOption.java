package org.tuxtape.examples.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.kpatch.fix.FixSources;
import org.tuxtape.kpatch.fix.GitFixSource;
import org.tuxtape.kpatch.fix.PatchFixSource;
import picocli.CommandLine.Option;

/** Where the fixes of CVEs are. */
public final class FixesOption {
    @Option(
            names = "--fixes",
            arity = "1..*",
            paramLabel = "SOURCE",
            description =
                    "a git repository, or a directory or archive of patches with the commit's id in their head; the "
                            + "best fix wins, among equals the first source")
    private List<Path> sources = List.of();

    /** Opens what is named; empty if nothing is. */
    public Optional<FixSource> open() {
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(FixSources.firstOf(
                        sources.stream().map(FixesOption::open).toList()));
    }

    private static FixSource open(Path store) {
        boolean isGit = Files.exists(store.resolve(".git"))
                || (Files.isDirectory(store.resolve("objects")) && Files.exists(store.resolve("HEAD")));
        return isGit ? GitFixSource.of(store) : PatchFixSource.of(store);
    }
}
