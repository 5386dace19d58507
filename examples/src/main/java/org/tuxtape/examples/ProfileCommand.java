package org.tuxtape.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.profile.AbsenceBasis;
import org.tuxtape.profile.KbuildProfile;
import org.tuxtape.profile.MergedProfile;
import org.tuxtape.profile.ProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads what there is of a kernel build, and prints what was compiled. */
@Command(
        name = "profile",
        description = "Print what a kernel build contains, read from whatever there is of it.",
        subcommands = ProfileDiffCommand.class)
final class ProfileCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    private ProfileOptions origins = new ProfileOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "also write the profile to a file, for --profile")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--units", description = "print every compiled unit, a tab, and the object that it is linked into")
    private boolean units;

    ProfileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<KbuildProfile> profiles = origins.read(console.context());
        if (profiles.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name at least one origin, such as --build-tree.");
        }
        MergedProfile merged = MergedProfile.of(profiles);
        KbuildProfile profile = merged.profile();
        if (out != null) {
            ProfileFile.write(profile, out);
        }
        if (units) {
            profile.units().forEach((path, objects) -> objects.forEach(object -> console.print(path + "\t" + object)));
        } else {
            summarize(profile);
            merged.conflicts().forEach(conflict -> console.print("conflict      " + conflict));
        }
        return ExitCode.OK;
    }

    private void summarize(KbuildProfile profile) {
        KernelBuild kernel = profile.kernel();
        SortedMap<SourcePath, SortedSet<KernelObject>> compiled = profile.units();
        SortedMap<KernelObject, Integer> perObject = new TreeMap<>();
        compiled.values().forEach(objects -> objects.forEach(object -> perObject.merge(object, 1, Integer::sum)));
        console.print("release       " + kernel.release());
        console.print("version       " + kernel.version());
        console.print("architecture  " + kernel.architecture().orElse("unknown"));
        console.print("compiler      " + kernel.compiler().orElse("unknown"));
        console.print("config        "
                + kernel.configDigest().map(digest -> "sha256 " + digest).orElse("unknown"));
        console.print("profile of    " + profile.provenance());
        console.print("units         " + compiled.size());
        console.print("absence       " + basis(profile.absence()));
        profile.notes().forEach(note -> console.print("note          " + note));
        perObject.forEach((object, count) -> console.print(String.format("%7d       %s", count, object)));
    }

    private static String basis(AbsenceBasis absence) {
        return switch (absence) {
            case EVERY_INPUT -> "known of every file that a compiler reads";
            case UNITS -> "known of sources, not of headers";
            case NONE -> "unknown of every file";
        };
    }
}
