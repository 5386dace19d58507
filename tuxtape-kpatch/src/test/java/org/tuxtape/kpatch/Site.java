package org.tuxtape.kpatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.standin.FakeTree;
import org.tuxtape.kpatch.standin.SmallFix;
import org.tuxtape.kpatch.standin.StandIn;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;

/** A small tree with a stand-in for its tool, a store, and builders over them. */
record Site(LivepatchTool tool, StandIn standIn, FakeTree tree, Path directory) {
    private static final Duration AMPLE = Duration.ofMinutes(10);
    private static final Set<String> PRODUCTS = Set.of("vmlinux", "System.map", "Module.symvers", "modules.order");
    private static final Set<String> EDITED =
            Set.of("Makefile", "scripts/Makefile.modfinal", "scripts/link-vmlinux.sh", "scripts/setlocalversion");

    static Site of(LivepatchTool tool, Path directory) {
        StandIn standIn = StandIn.in(directory);
        FakeTree tree = FakeTree.create(directory.resolve("tree"), release(tool), standIn);
        Site site = new Site(tool, standIn, tree, directory);
        try {
            Files.createDirectory(site.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return site;
    }

    /** The same in another process. */
    static Site at(LivepatchTool tool, Path prefix, Path directory) {
        FakeTree tree = FakeTree.at(directory.resolve("tree"), release(tool));
        return new Site(tool, StandIn.at(prefix), tree, directory);
    }

    private static KernelRelease release(LivepatchTool tool) {
        return tool == LivepatchTool.KPATCH_BUILD ? FakeTree.OLDER : FakeTree.NEWER;
    }

    Path store() {
        return directory.resolve("store");
    }

    Path scratch() {
        return directory.resolve("scratch");
    }

    /** The kernel's compiler is found by a wrapper, as it would be where the kernel was built elsewhere. */
    BuilderOptions options() {
        return BuilderOptions.in(scratch())
                .withWrapper(List.of("env", "PATH=" + standIn.bin() + ":" + System.getenv("PATH")))
                .withProgram(standIn.kpatchBuild())
                .withJobs(2)
                .withTimeout(AMPLE)
                .withPatience(AMPLE);
    }

    PatchBuilder builder() {
        return builder(options());
    }

    PatchBuilder builder(BuilderOptions options) {
        BuildTree opened = BuildTree.open(tree.directory());
        ArtefactStore artefacts = ArtefactStore.open(store(), Context.standard());
        return tool == LivepatchTool.KPATCH_BUILD
                ? KpatchBuilder.of(opened, artefacts, options)
                : KlpBuilder.of(opened, artefacts, options);
    }

    BuildRequest request(String name, SmallFix... fixes) {
        return request(name, Stream.of(fixes).map(fix -> fix.fix(release(tool))).toArray(Fix[]::new));
    }

    BuildRequest request(String name, String diff) {
        return request(name, SmallFix.fix(release(tool), CveId.parse("CVE-2024-0001"), diff));
    }

    private BuildRequest request(String name, Fix... fixes) {
        return new BuildRequest(new LivepatchName(name), tree.kernel(), List.of(fixes), Replacement.REPLACE_ALL);
    }

    BuildOutcome build(SmallFix... fixes) {
        return build(request("small_fix", fixes));
    }

    BuildOutcome build(BuildRequest request) {
        return builder().build(request, Context.standard());
    }

    /** How often the tool was run to build something. */
    long runs() {
        return standIn.runs().stream().filter(run -> !run.endsWith("--version")).count();
    }

    /** What of the tree is source, and not made by a build; by path relative to it. */
    static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        String first = path.getName(0).toString();
        return !first.equals(".tuxtape")
                && !first.equals("klp-tmp")
                && !PRODUCTS.contains(path.toString())
                && !name.endsWith(".o")
                && !name.endsWith(".ko")
                && !name.endsWith(".cmd");
    }

    /** What of it keeps its time, although the tools edit some files and put them back. */
    static boolean isStamped(Path path) {
        return !EDITED.contains(path.toString());
    }

    /** Every source file of the tree with its content and its mode. */
    Map<String, String> picture() {
        Map<String, String> picture = new TreeMap<>();
        Path root = tree.directory();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path relative = root.relativize(path);
                if (isSource(relative)) {
                    picture.put(relative.toString(), what(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return picture;
    }

    private static String what(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String content = attributes.isRegularFile() ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        return attributes.permissions() + " " + content;
    }
}
