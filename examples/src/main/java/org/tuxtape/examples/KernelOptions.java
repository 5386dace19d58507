package org.tuxtape.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.source.SourceTree;
import org.tuxtape.core.triage.Target;
import org.tuxtape.examples.build.FixesOption;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.profile.KbuildTree;
import org.tuxtape.profile.ProfileFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which kernels are judged, and by what. */
final class KernelOptions {
    @Option(
            names = "--build-tree",
            arity = "1..*",
            paramLabel = "TREE",
            description = "a kernel tree after make, or a tar or zip of it; several for several kernels")
    private List<Path> trees = List.of();

    @Option(
            names = "--profile",
            arity = "1..*",
            paramLabel = "FILE",
            description = "what profile --out wrote; several for several kernels")
    private List<Path> files = List.of();

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "the upstream version to judge by; alone, without a tree, only versions speak")
    private Optional<KernelVersion> version = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "DIR",
            description =
                    "the source that the kernel was built from: with --fixes, whether it holds a fix is looked up in it")
    private Optional<Path> source = Optional.empty();

    @Mixin
    private FixesOption fixes = new FixesOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    boolean areNamed() {
        return profiles() > 0 || version.isPresent();
    }

    private int profiles() {
        return trees.size() + files.size();
    }

    /** Reads the kernels that are named, or the one of the sample. */
    List<Target> read(Context context) {
        if (profiles() > 1 && (version.isPresent() || source.isPresent())) {
            throw misunderstood("--kernel and --source are of one kernel, and several are named.");
        }
        Optional<FixSource> store = fixes.open();
        if (source.isPresent() && store.isEmpty()) {
            throw misunderstood("Without --fixes SOURCE there is nothing to look for in --source DIR.");
        }
        Optional<SourceTree> tree = source.map(KernelOptions::sourceTree);
        return profiles(context).stream()
                .map(profile -> new Target(profile, tree, store, Optional.empty()))
                .toList();
    }

    private List<BuildProfile> profiles(Context context) {
        if (!areNamed()) {
            return List.of(KbuildTree.read(Sample.buildTree(), context));
        }
        if (profiles() == 0) {
            return version.<BuildProfile>map(known -> BuildProfile.unknown(KernelBuild.of(known))).stream()
                    .toList();
        }
        return Stream.concat(
                        trees.stream().map(tree -> KbuildTree.read(tree, context)),
                        files.stream().map(ProfileFile::read))
                .map(this::judgedAs)
                .toList();
    }

    private BuildProfile judgedAs(BuildProfile profile) {
        return version.map(known -> profile.as(profile.kernel().withVersion(known)))
                .orElse(profile);
    }

    private static SourceTree sourceTree(Path root) {
        if (!Files.isRegularFile(root.resolve("Makefile"))) {
            throw new Unusable("There is no source of a kernel in " + root + ".");
        }
        return SourceDirectory.of(root);
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
