package org.tuxtape.examples.build;

import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.tree.BuildTree;
import picocli.CommandLine.Option;

/** Whether fixes are compiled by themselves before anything is decided. */
final class TrialOption {
    @Option(
            names = "--trial-compile",
            description = "compile the files of each fix by themselves, with and without it, which takes some seconds: "
                    + "what changes nothing in this build is told beforehand")
    private boolean wanted;

    LintGate apply(LintGate gate, BuildTree tree, BuilderOptions options) {
        return wanted ? gate.trying(tree, options) : gate;
    }
}
