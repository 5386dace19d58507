package org.tuxtape.examples.build;

import java.util.Optional;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.TrialCompile;
import org.tuxtape.kpatch.tree.BuildTree;
import picocli.CommandLine.Option;

/** Whether fixes are compiled by themselves before anything is decided. */
final class TrialOption {
    @Option(
            names = "--trial-compile",
            description = "compile the files of each fix by themselves, with and without it, which takes some seconds: "
                    + "what changes nothing in this build is told beforehand")
    private boolean wanted;

    Optional<TrialCompile> trial(BuildTree tree, BuilderOptions options) {
        return wanted ? Optional.of(TrialCompile.of(tree, options)) : Optional.empty();
    }
}
