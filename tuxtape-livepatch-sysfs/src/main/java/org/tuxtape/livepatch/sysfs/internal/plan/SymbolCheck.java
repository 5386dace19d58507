package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.ModuleFile.KernelSymbol;
import org.tuxtape.core.livepatch.PatchedFunction;

/** Whether the kernel has every symbol that a livepatch imports, reaches into, or patches. */
final class SymbolCheck {
    private static final String VMLINUX = "vmlinux";

    private final Path kallsyms;
    private final LoadedObjects objects;

    SymbolCheck(Path kallsyms, LoadedObjects objects) {
        this.kallsyms = kallsyms;
        this.objects = objects;
    }

    /**
     * Reads the kernel's symbols.
     *
     * @return what is known of those that matter; empty if nothing is
     */
    Optional<KernelSymbols> read(Optional<ModuleFile> file, Manifest manifest, Findings findings) {
        Set<String> wanted = new HashSet<>();
        file.ifPresent(module -> {
            wanted.addAll(module.undefined());
            module.relocations().values().forEach(symbols -> symbols.forEach(symbol -> wanted.add(symbol.name())));
        });
        manifest.functions().forEach(function -> wanted.add(function.name()));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<KernelSymbols> symbols = KernelSymbols.read(kallsyms, wanted);
        if (symbols.isEmpty()) {
            findings.remark(
                    "The kernel's symbols could not be read, so it is not known whether it has what this needs.");
        }
        return symbols;
    }

    /** What is looked for while the module is loaded: what it imports, and what it reaches into in the image. */
    void loading(ModuleFile file, KernelSymbols symbols, Findings findings) {
        for (String name : file.undefined()) {
            if (!symbols.mayBeExported(name)) {
                findings.obstacle(
                        Cause.UNKNOWN_SYMBOL,
                        "ENOENT",
                        "It needs " + name + ", which nothing that is loaded exports: load the module that does"
                                + missing(file) + ", or build it for this kernel.");
            }
        }
        reached(file, VMLINUX, symbols, findings);
    }

    /** What is looked for when the livepatch is enabled: for each object that is there, in it and for it. */
    void enabling(Optional<ModuleFile> file, Manifest manifest, KernelSymbols symbols, Findings findings) {
        SortedSet<String> present = new TreeSet<>();
        file.ifPresent(module -> present.addAll(module.relocations().keySet()));
        present.removeIf(object -> object.equals(VMLINUX) || !objects.isPresent(object));
        for (String object : present) {
            reached(file.orElseThrow(), object, symbols, findings);
        }
        for (PatchedFunction function : manifest.functions()) {
            // With its place as it was built: 0 and 1 differ where a name is not unique.
            KernelSymbol symbol = new KernelSymbol(function.object().moduleName(), function.name(), function.sympos());
            if (objects.isPresent(symbol.object())) {
                symbols.whyNotFound(symbol)
                        .ifPresent(why -> findings.obstacle(
                                Cause.NO_SUCH_FUNCTION,
                                "EINVAL",
                                why + " It patches that function: build it for this very kernel."));
            }
        }
    }

    private static void reached(ModuleFile file, String loading, KernelSymbols symbols, Findings findings) {
        for (KernelSymbol symbol : file.relocations().getOrDefault(loading, new TreeSet<>())) {
            symbols.whyNotFound(symbol)
                    .ifPresent(why -> findings.obstacle(
                            Cause.UNKNOWN_SYMBOL,
                            "EINVAL",
                            why + " Its code reaches for that symbol: build it for this very kernel."));
        }
    }

    private String missing(ModuleFile file) {
        List<String> missing = file.depends().stream()
                .filter(name -> !objects.isPresent(name.replace('-', '_')))
                .toList();
        return missing.isEmpty() ? "" : " (" + String.join(", ", missing) + ")";
    }
}
