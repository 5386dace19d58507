package org.tuxtape.examples;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.profile.KbuildProfile;
import org.tuxtape.profile.KbuildTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a build tree and prints what was compiled. */
@Command(name = "profile", description = "Print what a built kernel tree contains.")
final class ProfileCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--build-tree", required = true, paramLabel = "DIR", description = "a kernel tree after make")
    private Path buildTree = Path.of("");

    @Option(names = "--units", description = "print every compiled unit, a tab, and the object that it is linked into")
    private boolean units;

    ProfileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        KbuildProfile profile = KbuildTree.read(buildTree, console.context());
        if (units) {
            profile.units().forEach((path, objects) -> objects.forEach(object -> console.print(path + "\t" + object)));
        } else {
            summarize(profile);
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
        profile.notes().forEach(note -> console.print("note          " + note));
        perObject.forEach((object, count) -> console.print(String.format("%7d       %s", count, object)));
    }
}
