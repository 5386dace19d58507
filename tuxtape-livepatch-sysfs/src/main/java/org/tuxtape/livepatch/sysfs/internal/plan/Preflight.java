package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.internal.plan.CheckedFile.Objector;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * Finds out what a load would do, by looking only. Obstacles stand in the order in which the kernel meets them: the call
 * itself, the file, its fit, its name, its symbols ({@code load_module} in {@code kernel/module/main.c}), then its
 * functions, a running transition, and ftrace ({@code klp_enable_patch} in {@code kernel/livepatch/core.c}). What the
 * kernel would not notice comes last: a file that is not what its manifest says, a module that is no livepatch or is for
 * another build of the same release.
 *
 * <p>What cannot be read is no obstacle: either the kernel has no such thing, or a remark says that it is not known.
 */
public final class Preflight {
    private final Path kernelDirectory;
    private final LoadingRights rights;
    private final RunningKernel kernel;
    private final LoadedObjects objects;
    private final SymbolCheck symbols;
    private final FtraceCheck ftrace;

    /**
     * Creates the pre-flight.
     *
     * @param files the kernel's files
     */
    public Preflight(KernelFiles files) {
        this.kernelDirectory = files.sys().resolve("kernel");
        this.rights = new LoadingRights(files);
        this.kernel = new RunningKernel(files);
        this.objects = new LoadedObjects(files);
        this.symbols = new SymbolCheck(files.proc().resolve("kallsyms"), objects);
        this.ftrace = new FtraceCheck(files);
    }

    /**
     * Plans a load.
     *
     * @param module the module
     * @param loaded what the kernel shows now
     * @return the plan
     */
    public LoadPlan plan(LivepatchModule module, List<Livepatch> loaded) {
        Manifest manifest = module.manifest();
        CheckedFile checked = CheckedFile.of(module);
        SortedSet<PatchedFunction> present = new TreeSet<>();
        SortedSet<String> absent = new TreeSet<>();
        for (PatchedFunction function : CheckedFile.asRunning(manifest.functions())) {
            if (objects.isPresent(function.object().name())) {
                present.add(function);
            } else {
                absent.add(function.object().name());
            }
        }
        Changes changes = Changes.of(manifest, loaded, objects::isPresent);
        Findings findings = new Findings();
        checked.obstacle(Objector.FILE_SYSTEM).ifPresent(findings::obstacle);
        call(checked, findings);
        checked.file().ifPresent(file -> fit(file, findings));
        name(manifest.name(), loaded, findings);
        Optional<KernelSymbols> known = symbols.read(checked.file(), manifest, findings);
        known.ifPresent(all -> checked.file().ifPresent(file -> symbols.loading(file, all, findings)));
        checked.obstacle(Objector.LIVEPATCH_CORE).ifPresent(findings::obstacle);
        known.ifPresent(all -> symbols.enabling(checked.file(), manifest, all, findings));
        transition(loaded, findings);
        ftrace.run(present, manifest.functions().isEmpty(), loaded, known, findings);
        checked.obstacle(Objector.NOBODY_ELSE).ifPresent(findings::obstacle);
        kernel.checkBuild(manifest, findings);
        remarks(module, checked, loaded, findings);
        remarks(changes, absent, findings);
        return new LoadPlan(
                manifest.name(),
                changes.patched(),
                changes.kept(),
                changes.reverted(),
                changes.replaced(),
                List.copyOf(absent),
                findings.obstacles(),
                findings.remarks());
    }

    private void call(CheckedFile checked, Findings findings) {
        rights.ofProcess().forEach(findings::obstacle);
        checked.file().flatMap(rights::ofUnsigned).ifPresent(findings::obstacle);
        checked.obstacle(Objector.LOADER).ifPresent(findings::obstacle);
        if (checked.file().filter(ModuleFile::signed).isPresent() && rights.demandsSignature()) {
            findings.remark("Whether this kernel trusts the key of its signature shows at the load only.");
        }
    }

    private void fit(ModuleFile file, Findings findings) {
        rights.ofName(file.name()).ifPresent(findings::obstacle);
        kernel.check(file, findings);
        if (file.livepatch() && isWithoutLivepatch()) {
            findings.obstacle(
                    Cause.NO_LIVEPATCH_SUPPORT,
                    "ENOEXEC",
                    "This kernel was built without CONFIG_LIVEPATCH: there is no livepatch in " + kernelDirectory
                            + ".");
        }
    }

    /** A kernel with livepatching has the directory, be there a livepatch or not. */
    private boolean isWithoutLivepatch() {
        return Files.isDirectory(kernelDirectory) && !Files.isDirectory(kernelDirectory.resolve("livepatch"));
    }

    private void name(LivepatchName name, List<Livepatch> loaded, Findings findings) {
        Optional<String> state = objects.state(name.text());
        if (state.isPresent()) {
            boolean shown =
                    loaded.stream().anyMatch(livepatch -> livepatch.name().equals(name));
            if (state.get().equals("going")) {
                findings.obstacle(
                        Cause.NAME_TAKEN, "EBUSY", "A module " + name + " is being removed: wait until it is gone.");
            } else {
                findings.obstacle(
                        Cause.NAME_TAKEN,
                        "EEXIST",
                        "A module " + name + " is loaded"
                                + (shown
                                        ? ", and so is its livepatch: disable and unload it to load it anew."
                                        : ", and has no livepatch in force: unload it first."));
            }
        } else if (objects.isBuiltIn(name.text())) {
            findings.obstacle(
                    Cause.NAME_TAKEN,
                    "EINVAL",
                    "Code that is built into this kernel has the name " + name + ": build the module under another.");
        }
    }

    private static void transition(List<Livepatch> loaded, Findings findings) {
        loaded.stream()
                .filter(Livepatch::inTransition)
                .forEach(livepatch -> findings.obstacle(
                        Cause.TRANSITION_RUNNING,
                        "EBUSY",
                        "The transition of " + livepatch.name()
                                + " is running, and there is one at a time: wait for its end, or reverse it."));
    }

    private static void remarks(
            LivepatchModule module, CheckedFile checked, List<Livepatch> loaded, Findings findings) {
        Manifest manifest = module.manifest();
        if (manifest.functions().isEmpty()
                && checked.file().flatMap(ModuleFile::functions).isEmpty()) {
            findings.remark("Neither the file nor the manifest tells which functions " + manifest.name()
                    + " patches, so nothing is planned for them.");
        }
        List<Livepatch> others = loaded.stream()
                .filter(livepatch -> livepatch.enabled() && !livepatch.name().equals(manifest.name()))
                .toList();
        if (!others.isEmpty() && manifest.key().isEmpty()) {
            findings.remark(
                    "Whether it replaces other livepatches stands in its code only; the plan goes by the manifest's "
                            + manifest.replacement() + ".");
        }
        if (manifest.replacement() == Replacement.STACK) {
            others.forEach(below -> stacking(manifest, below, findings));
        }
    }

    private static void stacking(Manifest manifest, Livepatch below, Findings findings) {
        SortedSet<PatchedFunction> shared = CheckedFile.asRunning(manifest.functions());
        SortedSet<PatchedFunction> theirs = new TreeSet<>();
        below.objects().forEach(object -> theirs.addAll(CheckedFile.asRunning(object.functions())));
        shared.retainAll(theirs);
        if (!shared.isEmpty()) {
            findings.remark(
                    "It is stacked upon " + below.name() + ", and takes over from it in " + names(shared) + ".");
        }
    }

    private void remarks(Changes changes, SortedSet<String> absent, Findings findings) {
        absent.stream()
                .filter(objects::isBuiltIn)
                .forEach(object -> findings.remark(
                        object + " is built into this kernel, so what is patched in it as a module never will be."));
        if (!changes.givenUp().isEmpty()) {
            findings.remark("Modules that are loaded later are no longer patched in " + names(changes.givenUp()) + ".");
        }
    }

    private static String names(SortedSet<PatchedFunction> functions) {
        return functions.stream()
                .map(function -> function.object().name() + "/" + function.name())
                .collect(Collectors.joining(", "));
    }
}
