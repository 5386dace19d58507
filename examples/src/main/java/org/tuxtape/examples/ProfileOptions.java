package org.tuxtape.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.profile.CompileCommands;
import org.tuxtape.profile.DebugInfo;
import org.tuxtape.profile.InstalledKernel;
import org.tuxtape.profile.KbuildProfile;
import org.tuxtape.profile.KbuildSource;
import org.tuxtape.profile.KbuildTree;
import org.tuxtape.profile.ProfileFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a profile is made from: each option is an origin, and several are merged. */
final class ProfileOptions {
    @Option(names = "--build-tree", paramLabel = "DIR", description = "a kernel tree after make, or a tar or zip of it")
    private @Nullable Path buildTree;

    @Option(
            names = "--debuginfo",
            paramLabel = "PATH",
            arity = "1..*",
            description = "vmlinux and modules with debug info, or directories with them")
    private List<Path> debugInfo = List.of();

    @Option(names = "--compile-commands", paramLabel = "FILE", description = "a compile_commands.json")
    private @Nullable Path compileCommands;

    @Option(names = "--config", paramLabel = "FILE", description = "a .config, with --source")
    private @Nullable Path config;

    @Option(names = "--source", paramLabel = "DIR", description = "the source that the kernel was built from")
    private @Nullable Path source;

    @Option(names = "--installed", paramLabel = "ROOT", description = "where the files of a machine lie, such as /")
    private @Nullable Path installed;

    @Option(names = "--release", paramLabel = "RELEASE", description = "which installed kernel, as uname -r has it")
    private @Nullable String release;

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "which kernel it is, where debug info or compile commands do not say it")
    private @Nullable KernelVersion kernel;

    @Option(names = "--profile", paramLabel = "FILE", description = "a profile that --out wrote")
    private @Nullable Path profile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    List<KbuildProfile> read(Context context) {
        List<KbuildProfile> profiles = new ArrayList<>();
        Optional<KernelBuild> build = Optional.ofNullable(kernel).map(KernelBuild::of);
        Optional<Path> tree = Optional.ofNullable(source);
        if (buildTree != null) {
            KbuildTree at = KbuildTree.at(buildTree);
            profiles.add(tree.map(at::withSource).orElse(at).read(context));
        }
        if (!debugInfo.isEmpty()) {
            DebugInfo of = DebugInfo.of(
                    debugInfo.get(0), debugInfo.subList(1, debugInfo.size()).toArray(Path[]::new));
            DebugInfo known = build.map(of::withKernel).orElse(of);
            profiles.add(tree.map(known::withSource).orElse(known).read(context));
        }
        if (compileCommands != null) {
            CompileCommands at = CompileCommands.at(compileCommands);
            CompileCommands known = build.map(at::withKernel).orElse(at);
            profiles.add(tree.map(known::withSource).orElse(known).read(context));
        }
        if (config != null) {
            Path of = tree.orElseThrow(() -> misunderstood("--config needs the --source that it is for."));
            profiles.add(KbuildSource.of(config, of).read(context));
        }
        if (installed != null) {
            InstalledKernel at = InstalledKernel.at(installed);
            profiles.add((release == null ? at : at.withRelease(parsed(release))).read(context));
        }
        if (profile != null) {
            profiles.add(ProfileFile.read(profile));
        }
        return profiles;
    }

    private KernelRelease parsed(String release) {
        return KernelRelease.tryParse(release)
                .orElseThrow(() -> misunderstood("--release takes what uname -r says, not '" + release + "'."));
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
