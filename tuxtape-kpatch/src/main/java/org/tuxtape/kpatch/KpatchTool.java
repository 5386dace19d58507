package org.tuxtape.kpatch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.internal.diagnosis.OutputListener;
import org.tuxtape.kpatch.internal.diagnosis.ToolOutput;
import org.tuxtape.kpatch.internal.diagnosis.TreeNames;
import org.tuxtape.kpatch.internal.disk.KnownDigests;
import org.tuxtape.kpatch.tree.BuildTree;

/**
 * kpatch-build, with {@code --sourcedir}: it changes the tree in place and takes its changes back at the end.
 *
 * @param detours what goes round its known faults
 * @param plain the objects that are compiled in plain sections, by the last part of their names
 */
record KpatchTool(BuildTree tree, BuilderOptions options, Set<Detour> detours, SortedSet<String> plain)
        implements Tool {
    private static final String NAME = "kpatch-build";
    private static final List<String> PROGRAMS = List.of(
            "bash",
            "make",
            "gawk",
            "awk",
            "patch",
            "lsdiff",
            "readelf",
            "strings",
            "getopt",
            "ld",
            "objcopy",
            "modprobe");
    /** What kpatch-build makes where it is not told a target. */
    private static final List<String> ALL = List.of("vmlinux", "modules");

    private static final SourcePath VMLINUX = SourcePath.parse("vmlinux");
    private static final ConfigSymbol MODVERSIONS = ConfigSymbol.parse("CONFIG_MODVERSIONS");
    private static final List<SourcePath> SCRIPTS = Stream.of(
                    ".config",
                    ".scmversion",
                    "Makefile",
                    "scripts/Makefile.modfinal",
                    "scripts/link-vmlinux.sh",
                    "scripts/setlocalversion")
            .map(SourcePath::parse)
            .toList();
    private static final List<ConfigSymbol> REQUIRED = Stream.of("LIVEPATCH", "DEBUG_INFO", "MODULES")
            .map(name -> ConfigSymbol.parse("CONFIG_" + name))
            .toList();
    private static final List<ConfigSymbol> REFUSED = Stream.of(
                    "DEBUG_INFO_SPLIT", "GCC_PLUGIN_LATENT_ENTROPY", "GCC_PLUGIN_RANDSTRUCT", "X86_KERNEL_IBT")
            .map(name -> ConfigSymbol.parse("CONFIG_" + name))
            .toList();

    KpatchTool {
        detours = Set.copyOf(detours);
        plain = Collections.unmodifiableSortedSet(new TreeSet<>(plain));
    }

    KpatchTool(BuildTree tree, BuilderOptions options) {
        this(tree, options, Set.of(), Collections.emptySortedSet());
    }

    @Override
    public LivepatchTool kind() {
        return LivepatchTool.KPATCH_BUILD;
    }

    @Override
    public String version(Shell shell) {
        return shell.ask(program(), "--version")
                .flatMap(lines -> lines.stream().findFirst())
                .map(line -> NAME + " " + line.substring(line.lastIndexOf(' ') + 1))
                .orElse(NAME);
    }

    @Override
    public List<String> identity() {
        return List.of(
                programs()
                        .map(file -> file.getFileName() + " " + digest(file))
                        .toList()
                        .toString(),
                "vmlinux " + image());
    }

    /** The tree's own image changes while others build; what counts is what it is after that. */
    private String image() {
        return options.vmlinux()
                .map(this::digest)
                .orElseGet(() -> tree.digest(VMLINUX).orElse("none"));
    }

    private String digest(Path file) {
        try {
            return new KnownDigests(options.scratch()).sha256(file);
        } catch (IOException e) {
            return "none";
        }
    }

    /** The parts of the tool that decide what comes out, where this machine can see them. */
    private Stream<Path> programs() {
        return file().stream().flatMap(script -> {
            Path prefix = script.resolve("../..").normalize();
            return Stream.of(
                            script,
                            prefix.resolve("lib/kpatch/create-diff-object"),
                            prefix.resolve("lib/kpatch/create-klp-module"),
                            prefix.resolve("libexec/kpatch/create-diff-object"),
                            prefix.resolve("libexec/kpatch/create-klp-module"))
                    .filter(Files::isRegularFile);
        });
    }

    private Optional<Path> file() {
        if (options.program().isPresent()) {
            return real(options.program().get());
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(KpatchTool::real);
    }

    private static Optional<Path> real(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // it may be there where the wrapper leads
        }
    }

    private String program() {
        return options.program().map(Path::toString).orElse(NAME);
    }

    private Path vmlinux() {
        return options.vmlinux().orElseGet(() -> tree.directory().resolve("vmlinux"));
    }

    @Override
    public Optional<String> kernelBuildId() {
        return LinkedKernel.buildId(vmlinux());
    }

    @Override
    public List<BuildDiagnosis> obstacles(Shell shell) {
        List<BuildDiagnosis> found = new ArrayList<>();
        if (shell.ask(program(), "--version").isEmpty()) {
            found.add(BuildDiagnosis.of(
                    BuildFailure.MISSING_TOOL,
                    program() + " --version",
                    "Install kpatch-build, or name it with BuilderOptions.withProgram."));
        }
        Preflight preflight = new Preflight(tree, options, shell);
        found.addAll(preflight.programs(PROGRAMS));
        found.addAll(preflight.config(REQUIRED, REFUSED));
        found.addAll(preflight.compiler());
        found.addAll(preflight.vmlinux(vmlinux()));
        found.addAll(preflight.space(vmlinux()));
        return found;
    }

    @Override
    public SortedSet<SourcePath> edits(SortedSet<SourcePath> changed) {
        SortedSet<SourcePath> edits = new TreeSet<>(SCRIPTS);
        List<String> targets = targets(changed);
        if (targets.isEmpty() || !targets.stream().allMatch(target -> target.endsWith(".o"))) {
            edits.addAll(LINKED);
        }
        return edits;
    }

    @Override
    public Optional<Tool> around(BuildDiagnosis failure, BuildRequest request) {
        Set<Detour> ways =
                new TreeSet<>(Detour.around(failure, request, tree.kernel().version(), file()));
        SortedSet<String> objects = new TreeSet<>(plain);
        if (ways.contains(Detour.PLAIN_SECTIONS)) {
            SortedSet<String> named = PlainSections.objects(failure.excerpt());
            Stream<SourcePath> changed = Detour.changes(request).flatMap(change -> change.path().inTree().stream());
            if (flags(named, changed, options.scratch()).size() == named.size()) {
                objects.addAll(named);
            } else {
                ways.remove(Detour.PLAIN_SECTIONS);
            }
        }
        ways.addAll(detours);
        KpatchTool other = new KpatchTool(tree, options, ways, objects);
        return other.equals(this) ? Optional.empty() : Optional.of(other);
    }

    @Override
    public List<FixPatch> given(List<FixPatch> patches) {
        return detours.contains(Detour.KEPT_NUMBERS) ? KeptLineNumbers.in(patches) : patches;
    }

    @Override
    public List<String> remarks() {
        return detours.stream().sorted().map(Detour::remark).toList();
    }

    private String script(Workplace workplace) throws IOException {
        Optional<Path> script = file();
        return detours.contains(Detour.MENDED_SCRIPT) && script.isPresent()
                ? KpatchScript.copy(script.get(), workplace.tool()).toString()
                : program();
    }

    @Override
    public Call call(BuildRequest request, SortedSet<SourcePath> changed, List<Path> patches, Workplace workplace)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                script(workplace),
                "--sourcedir",
                tree.directory().toString(),
                "--config",
                tree.directory().resolve(".config").toString(),
                "--vmlinux",
                vmlinux().toString(),
                "--jobs",
                Integer.toString(options.jobs()),
                "--name",
                request.name().text(),
                "--output",
                workplace.output().toString(),
                // The log on the standard output too; once alone would trace the script.
                "--debug",
                "--debug"));
        if (request.replacement() == Replacement.STACK) {
            command.add("--non-replace");
        }
        List<String> targets = targets(changed);
        if (detours.contains(Detour.PLAIN_SECTIONS)) {
            List<String> flags = flags(plain, changed.stream(), PlainSections.header(workplace.flags()));
            // The script hands its targets on to make as they are, so values of variables may be among them.
            targets = Stream.concat((targets.isEmpty() ? ALL : targets).stream(), flags.stream())
                    .toList();
        }
        targets.forEach(target -> command.addAll(List.of("--target", target)));
        patches.forEach(file -> command.add(file.toString()));
        return new Call(
                List.copyOf(command),
                tree.directory(),
                Map.of("CACHEDIR", workplace.cache().toString()));
    }

    /** What make has to build; nothing for kpatch-build's own choice, which is everything. */
    private List<String> targets(SortedSet<SourcePath> changed) {
        return options.targets().isEmpty()
                ? CompiledUnit.ofAll(tree.directory(), changed)
                        .map(this::targets)
                        .orElse(List.of())
                : options.targets();
    }

    /**
     * The objects of the changed files where all of them are part of vmlinux, or the modules where all are of modules: what
     * is not compiled anew did not change. A symbol's version may change with any type, and kpatch-build compares the
     * versions of all; so where symbols have versions and vmlinux changes, it has to be linked.
     */
    private List<String> targets(List<CompiledUnit> units) {
        if (units.stream().noneMatch(unit -> unit.object().isVmlinux())) {
            return List.of("modules");
        }
        boolean areBuiltIn = units.stream().allMatch(unit -> unit.object().isVmlinux());
        return areBuiltIn && !tree.config(MODVERSIONS).isEnabled()
                ? units.stream().map(CompiledUnit::target).toList()
                : List.of();
    }

    private List<String> flags(Set<String> objects, Stream<SourcePath> changed, Path header) {
        List<CompiledUnit> units = changed.flatMap(file -> CompiledUnit.of(tree.directory(), file)
                        .map(Stream::of)
                        .orElseGet(() -> CompiledUnit.including(tree.directory(), file).stream()))
                .filter(unit -> objects.contains(unit.name()))
                .toList();
        return PlainSections.flags(tree.directory(), units, header);
    }

    @Override
    public ToolOutput output(SortedSet<SourcePath> changed, Clock clock, OutputListener listener) {
        Map<String, KernelObject> objects = new HashMap<>();
        changed.stream()
                .map(file -> CompiledUnit.of(tree.directory(), file))
                .flatMap(Optional::stream)
                .forEach(unit -> objects.put(unit.name(), unit.object()));
        TreeNames names = new TreeNames(tree.directory().toString(), unit -> Optional.ofNullable(objects.get(unit)));
        return ToolOutput.ofKpatch(names, clock, listener);
    }
}
