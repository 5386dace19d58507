package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.testkit.fake.FakePatchBuilder;

/** A build tree with a few files, patches for them, and builds that end as they are told to. */
final class SimulatedWorkshop implements Workshop, PatchBuilder {
    private final Path directory;
    private final Map<CveId, BuildOutcome> ends = new HashMap<>();
    private final Set<CveId> inlined = new HashSet<>();
    private final List<BuildRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Path> trees = new CopyOnWriteArrayList<>();
    private Optional<BuilderOptions> options = Optional.empty();

    SimulatedWorkshop(Path directory) throws IOException {
        this.directory = directory;
        write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 90\nEXTRAVERSION =\n");
        write(".config", "CONFIG_LIVEPATCH=y\n");
        write("include/config/kernel.release", "6.1.90\n");
    }

    Path tree() {
        return directory.resolve("tree");
    }

    Path store() {
        return directory.resolve("store");
    }

    private void write(String path, String text) throws IOException {
        Path file = tree().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Writes a file of the tree with one function, and a patch for it that fixes a CVE. Returns the patch. */
    String patch(String cve, String path) throws IOException {
        write(path, "int %s(void)\n{\n\treturn 0;\n}\n".formatted(function(path)));
        String diff = """
                From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
                Subject: [PATCH] One is better

                --- a/%1$s
                +++ b/%1$s
                @@ -1,4 +1,4 @@
                 int %2$s(void)
                 {
                -\treturn 0;
                +\treturn 1;
                 }
                """.formatted(path, function(path));
        Path file = directory.resolve(cve).resolve("0001.patch");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, diff).toString();
    }

    private static String function(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\..*", "");
    }

    /** Whatever is built with the fix of this CVE fails. */
    void fails(String cve, String path) {
        BuildDiagnosis diagnosis = new BuildDiagnosis(
                BuildFailure.DATA_CHANGE,
                Optional.of(new SourcePlace(SourcePath.parse(path), OptionalInt.of(3))),
                Optional.of(KernelObject.VMLINUX),
                Optional.of(function(path)),
                "object size mismatch: \u001b[31mtable",
                "Keep the size.");
        ends(cve, new BuildOutcome.Failed(diagnosis, BuildReport.none()));
    }

    /** What is built with the fix of this CVE patches the function's caller in its place. */
    void inlines(String cve) {
        inlined.add(CveId.parse(cve));
    }

    void ends(String cve, BuildOutcome outcome) {
        ends.put(CveId.parse(cve), outcome);
    }

    List<BuildRequest> requests() {
        return List.copyOf(requests);
    }

    /** The trees that something was to be built in. */
    List<Path> trees() {
        return List.copyOf(trees);
    }

    BuilderOptions options() {
        return options.orElseThrow();
    }

    /** Runs {@code build} on the tree, as JSON. */
    CommandLineRun build(String... arguments) {
        String[] all = new String[arguments.length + 7];
        System.arraycopy(
                new String[] {"build", "--tree", tree().toString(), "--store", store().toString(), "--format", "json"},
                0,
                all,
                0,
                7);
        System.arraycopy(arguments, 0, all, 7, arguments.length);
        return CommandLineRun.in(this, all);
    }

    @Override
    public PatchBuilder builder(LivepatchTool tool, BuildTree tree, ArtefactStore store, BuilderOptions asked) {
        options = Optional.of(asked);
        trees.add(tree.directory());
        return this;
    }

    @Override
    public BuildKey key(BuildRequest request) {
        return FakePatchBuilder.builder().build().key(request);
    }

    @Override
    public BuildOutcome build(BuildRequest request, Context context) {
        requests.add(request);
        return request.fixes().stream()
                .flatMap(fix -> Optional.ofNullable(ends.get(fix.cve())).stream())
                .findFirst()
                .orElseGet(() -> built(request, context));
    }

    private BuildOutcome built(BuildRequest request, Context context) {
        TreeSet<PatchedFunction> functions = new TreeSet<>();
        request.fixes().forEach(fix -> functions.add(new PatchedFunction(KernelObject.VMLINUX, patched(fix), 0)));
        return FakePatchBuilder.builder()
                .builds(request.name(), functions.toArray(PatchedFunction[]::new))
                .build()
                .build(request, context);
    }

    private String patched(Fix fix) {
        String function = fix.commits().get(0).diff().replaceAll("(?s).*\n int (\\w+)\\(void\\).*", "$1");
        return inlined.contains(fix.cve()) ? "caller_of_" + function : function;
    }
}
