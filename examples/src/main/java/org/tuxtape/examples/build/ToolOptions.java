package org.tuxtape.examples.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.examples.Unusable;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.BuilderOptions.Scripts;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.ToolChoice;
import org.tuxtape.kpatch.tree.BuildTree;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** With what livepatches are built, and how. */
final class ToolOptions {
    @Option(
            names = "--tree",
            required = true,
            paramLabel = "DIR",
            description = "the kernel's source in which it was built, with .config and vmlinux")
    private Path tree = Path.of("");

    @Option(
            names = "--vmlinux",
            paramLabel = "FILE",
            description = "the kernel with its debug information; default: the tree's")
    private Optional<Path> vmlinux = Optional.empty();

    @Option(
            names = "--tool",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}: by the kernel's version")
    private Choice tool = Choice.AUTO;

    @Option(names = "--kpatch-build", paramLabel = "FILE", description = "kpatch-build itself; default: in PATH")
    private Optional<Path> program = Optional.empty();

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "where tools leave what they need while they work, and logs of builds that failed; default: "
                    + "beside the tree, with .scratch at the end of its name")
    private Optional<Path> scratch = Optional.empty();

    @Option(names = "--jobs", paramLabel = "N", description = "jobs of make; default ${DEFAULT-VALUE}")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--wrapper",
            paramLabel = "COMMAND",
            description = "a command and its arguments, divided by blanks, that is put before the tool, such as "
                    + "'chroot /srv/build'")
    private String wrapper = "";

    @Option(names = "--timeout", paramLabel = "TIME", description = "for one build, such as 30m; default 2h")
    private Duration timeout = Duration.ofHours(2);

    @Option(names = "--no-replace", description = "livepatches loaded before stay; the new one is stacked upon them")
    private boolean stacked;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "what kpatch-build has make build; default: what a fix needs")
    private List<String> targets = List.of();

    @Option(
            names = "--allow-build-scripts",
            description =
                    "build fixes that change makefiles, Kconfig files and programs that the build runs: that runs "
                            + "what they bring")
    private boolean scripts;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    enum Choice {
        AUTO,
        KPATCH,
        KLP
    }

    BuildTree openTree() {
        return BuildTree.open(tree);
    }

    LivepatchTool tool(BuildTree opened) {
        return switch (tool) {
            case KPATCH -> LivepatchTool.KPATCH_BUILD;
            case KLP -> LivepatchTool.KLP_BUILD;
            case AUTO -> {
                ToolChoice choice = ToolChoice.of(opened);
                yield choice.tool().orElseThrow(() -> new Unusable(choice.reason()));
            }
        };
    }

    Replacement replacement() {
        return stacked ? Replacement.STACK : Replacement.REPLACE_ALL;
    }

    BuilderOptions options(BuildTree opened) {
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs takes 1 or more.");
        }
        BuilderOptions options = BuilderOptions.in(createScratch(opened))
                .withJobs(jobs)
                .withTimeout(timeout)
                .withTargets(targets)
                .withWrapper(
                        wrapper.isBlank() ? List.of() : List.of(wrapper.strip().split("\\s+")))
                .withScripts(scripts ? Scripts.ALLOW : Scripts.REFUSE);
        options = program.map(Path::toAbsolutePath).map(options::withProgram).orElse(options);
        return vmlinux.map(Path::toAbsolutePath).map(options::withVmlinux).orElse(options);
    }

    /** As much as the disk has: when it is full that is said, and what is not in use was removed before. */
    long room(Path directory) {
        try {
            return Math.max(1, Files.getFileStore(directory).getTotalSpace());
        } catch (IOException e) {
            throw new Unusable("The disk of " + directory + " could not be asked: " + Unusable.reason(e) + ".", e);
        }
    }

    private Path createScratch(BuildTree opened) {
        Path directory = scratch.orElseGet(() ->
                        opened.directory().resolveSibling(opened.directory().getFileName() + ".scratch"))
                .toAbsolutePath();
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Unusable("The directory " + directory + " could not be made: " + Unusable.reason(e) + ".", e);
        }
    }
}
