package org.tuxtape.kpatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.internal.diagnosis.OutputListener;
import org.tuxtape.kpatch.internal.diagnosis.ToolOutput;
import org.tuxtape.kpatch.internal.diagnosis.TreeNames;
import org.tuxtape.kpatch.tree.BuildTree;

/** The kernel's own klp-build. It keeps the original build in the tree, in {@value #KEPT}, for the next patch. */
record KlpTool(BuildTree tree, BuilderOptions options) implements Tool {
    static final String SCRIPT = "scripts/livepatch/klp-build";
    private static final String KEPT = "klp-tmp";
    private static final List<String> PROGRAMS =
            List.of("bash", "make", "gawk", "patch", "recountdiff", "getopt", "ld", "find", "diff", "cmp");
    private static final List<SourcePath> SCRIPTS = Stream.of(".config", "scripts/setlocalversion")
            .map(SourcePath::parse)
            .toList();
    private static final List<ConfigSymbol> REQUIRED = Stream.of("LIVEPATCH", "KLP_BUILD", "MODULES")
            .map(name -> ConfigSymbol.parse("CONFIG_" + name))
            .toList();
    private static final List<ConfigSymbol> REFUSED = Stream.of(
                    "GCC_PLUGIN_LATENT_ENTROPY", "GCC_PLUGIN_RANDSTRUCT", "LD_DEAD_CODE_DATA_ELIMINATION")
            .map(name -> ConfigSymbol.parse("CONFIG_" + name))
            .toList();

    @Override
    public LivepatchTool kind() {
        return LivepatchTool.KLP_BUILD;
    }

    /** It has no version but its kernel's. */
    @Override
    public String version(Shell shell) {
        return "klp-build " + tree.kernel().version();
    }

    @Override
    public List<String> identity() {
        return List.of("klp-build " + tree.digest(SourcePath.parse(SCRIPT)).orElse("none"));
    }

    @Override
    public Optional<String> kernelBuildId() {
        return LinkedKernel.buildId(tree.directory().resolve("vmlinux"));
    }

    @Override
    public List<BuildDiagnosis> obstacles(Shell shell) {
        List<BuildDiagnosis> found = new ArrayList<>();
        if (!Files.isExecutable(tree.directory().resolve(SCRIPT))) {
            found.add(BuildDiagnosis.of(
                    BuildFailure.MISSING_TOOL,
                    SCRIPT,
                    "Use kpatch-build: this kernel has no klp-build, which begins with 6.19."));
        }
        Preflight preflight = new Preflight(tree, options, shell);
        found.addAll(preflight.programs(PROGRAMS));
        found.addAll(preflight.config(REQUIRED, REFUSED));
        found.addAll(preflight.compiler());
        // A tree whose first build was ended is cleaned by it, and has no image then.
        Stream.of("vmlinux", "vmlinux.o")
                .map(tree.directory()::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(preflight::space)
                .ifPresent(found::addAll);
        return found;
    }

    @Override
    public SortedSet<SourcePath> edits(SortedSet<SourcePath> changed) {
        SortedSet<SourcePath> edits = new TreeSet<>(LINKED);
        edits.addAll(SCRIPTS);
        return edits;
    }

    @Override
    public Call call(BuildRequest request, SortedSet<SourcePath> changed, List<Path> patches, Workplace workplace) {
        List<String> command = new ArrayList<>(List.of(
                tree.directory().resolve(SCRIPT).toString(),
                "--jobs=" + options.jobs(),
                "--output=" + workplace.module(request.name()),
                "--keep-tmp"));
        if (hasOriginal()) {
            command.add("--short-circuit=2");
        }
        if (request.replacement() == Replacement.STACK) {
            command.add("--no-replace");
        }
        patches.forEach(file -> command.add(file.toString()));
        return new Call(List.copyOf(command), tree.directory(), Map.of());
    }

    /** The tool marks the original build when it is whole. */
    private boolean hasOriginal() {
        return Files.isRegularFile(tree.directory().resolve(KEPT).resolve("1-orig/.complete"));
    }

    @Override
    public ToolOutput output(SortedSet<SourcePath> changed, Clock clock, OutputListener listener) {
        TreeNames names = new TreeNames(tree.directory().toString(), unit -> Optional.empty());
        return ToolOutput.ofKlp(names, clock, listener);
    }
}
