package org.tuxtape.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;

/** A tree, a store, and what a {@link ToyBuilder} can be asked to build with them. */
final class Workshop {
    static final Charset CHARSET = StandardCharsets.UTF_8;
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.12.94"));
    private static final SortedSet<PatchedFunction> FUNCTIONS =
            new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, "a", 0)));

    final Path tree;
    final Path store;
    final AtomicInteger processes = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    volatile boolean hanging;
    private final Path directory;

    Workshop() {
        try {
            directory = Files.createTempDirectory("workshop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tree = directory.resolve("tree");
        store = directory.resolve("store");
        write(tree.resolve(ToyBuilder.OBJECT), "int a;\n".getBytes(CHARSET));
        write(tree.resolve("net/b.c"), "int b;\n".getBytes(CHARSET));
        write(tree.resolve("net/a.o"), new byte[0]);
    }

    static BuildRequest request(String name) {
        String diff = "--- a/net/a.c\n+++ b/net/a.c\n@@ -1 +1 @@\n-int a;\n+int " + name + ";\n";
        CveId cve = CveId.parse("CVE-2024-" + (1000 + Math.floorMod(name.hashCode(), 1000)));
        Fix fix = new Fix(cve, KERNEL.version().branch(), List.of(new FixCommit(Optional.empty(), name, diff)));
        return new BuildRequest(new LivepatchName(name), KERNEL, List.of(fix), Replacement.STACK);
    }

    static Manifest manifest(BuildRequest request, BuildKey key, String sha256) {
        TreeMap<CveId, FixedBy> fixes = new TreeMap<>();
        request.fixes()
                .forEach(fix ->
                        fixes.put(fix.cve(), new FixedBy(List.of(), new TreeSet<>(List.of(KernelObject.VMLINUX)))));
        return new Manifest(
                request.name(),
                sha256,
                request.kernel().release(),
                request.kernel().release() + " SMP",
                "toy",
                Optional.of(key),
                request.replacement(),
                fixes,
                FUNCTIONS);
    }

    /** Everything that can be given. */
    PatchBuilderSubject subject(Function<Workshop, PatchBuilder> builder) {
        return PatchBuilderSubject.of(() -> builder.apply(this), request("one"), request("two"))
                .tree(tree, path -> !path.toString().endsWith(".o"), path -> true)
                .artefacts(store)
                .processes(processes::get)
                .toolRuns(runs::get)
                .noChange(request("no_change"))
                .failing(request("failing"), BuildFailure.COMPILE_ERROR)
                .halfWritten(request("half"))
                .hanging(request("hanging"), () -> hanging)
                .slow(() -> builder.apply(this), request("slow"))
                .killed(() -> new ToyBuilder(this).patch())
                .logLimit(request("talkative"), ToyBuilder.LOG_LIMIT)
                .cleanUp(this::delete);
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(Workshop::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
