package org.tuxtape.kpatch.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stand-ins beside the real scripts, as far as these come on the small tree: word by word the same. The real ones are
 * those that the lab has fetched ({@code tuxtape.lab}).
 */
final class RealToolComparisonTest {
    private static final Path LAB = Path.of(System.getProperty(
            "tuxtape.lab",
            Path.of(System.getProperty("user.home"), ".cache", "tuxtape-lab").toString()));

    @TempDir
    private Path directory = Path.of("");

    /** The first file in the lab at the end of a path whose first part is a pattern. */
    private static Path real(String pattern, String rest) {
        if (Files.isDirectory(LAB)) {
            try (var entries = Files.newDirectoryStream(LAB, pattern)) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry.resolve(rest))) {
                        return entry.resolve(rest);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Assumptions.abort("There is no " + pattern + "/" + rest + " in " + LAB + ".");
    }

    private static String[] words(String line, FakeTree tree, Path fixes) {
        return Stream.of(line.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.replace("TREE", tree.directory().toString()).replace("FIXES", fixes.toString()))
                .toArray(String[]::new);
    }

    private Path fixes() throws IOException {
        Path fixes = Files.createDirectory(directory.resolve("fixes"));
        for (SmallFix fix : SmallFix.values()) {
            Files.writeString(fixes.resolve(fix + ".patch"), fix.diff());
        }
        Files.writeString(fixes.resolve("REVERSED.patch"), SmallFix.BUILDS.reversed());
        return fixes;
    }

    /** How a tool is used is told in more words by the real ones. */
    private static List<String> errors(ToolCall call) {
        return call.errors()
                .lines()
                .takeWhile(line -> !line.startsWith("\t") && !line.startsWith("Usage:") && !line.startsWith("usage:"))
                .toList();
    }

    /** The arguments; before a bar, what is changed in the tree's config: one line and what it becomes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "-s",
                "",
                "-s /no/such/tree FIXES/BUILDS.patch",
                "-s TREE",
                "-s TREE -c /no/such/config FIXES/BUILDS.patch",
                "-s TREE -v /no/such/vmlinux FIXES/BUILDS.patch",
                "-s TREE -j 0 FIXES/BUILDS.patch",
                "-s TREE -o /no/such/directory FIXES/BUILDS.patch",
                "-s TREE FIXES/NO_SUCH.patch",
                "-s TREE -r /no/such.src.rpm FIXES/BUILDS.patch",
                "-r FIXES/BUILDS.patch -a 6.12.94 FIXES/BUILDS.patch",
                "--oot-module /no/such.ko FIXES/BUILDS.patch",
                "--oot-module FIXES/BUILDS.patch FIXES/BUILDS.patch",
                "--version",
                "-s TREE/net FIXES/BUILDS.patch",
                "-s TREE -a 6.12.95 FIXES/BUILDS.patch",
                "-s TREE FIXES/LIB.patch",
                "-s TREE FIXES/ASSEMBLY.patch",
                "-s TREE FIXES/LIB.patch FIXES/ASSEMBLY.patch FIXES/BUILDS.patch",
                "-s TREE FIXES/REVERSED.patch",
                "-s TREE FIXES/BUILDS.patch FIXES/BUILDS.patch",
                "CONFIG_DEBUG_INFO=y|# no|-s TREE FIXES/BUILDS.patch",
                "CONFIG_LIVEPATCH=y|# no|-s TREE FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_X86_KERNEL_IBT=y|-s TREE FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_DEBUG_INFO_SPLIT=y|-s TREE FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_GCC_PLUGIN_RANDSTRUCT=y|-s TREE FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_GCC_PLUGIN_LATENT_ENTROPY=y|-s TREE FIXES/BUILDS.patch"
            })
    void kpatchBuild(String line) throws IOException {
        Path real = real("kpatch-build*", "usr/bin/kpatch-build");
        StandIn standIn = StandIn.in(directory);
        FakeTree tree = FakeTree.create(directory.resolve("tree"), FakeTree.OLDER, standIn);
        Path fixes = fixes();
        String[] parts = line.split("\\|", -1);
        if (parts.length == 3) {
            tree.config(parts[0] + "\n", parts[1] + "\n");
        }
        String[] arguments = words(parts[parts.length - 1], tree, fixes);
        // The same place for both, since its name is in what they say.
        ToolCall theirs = ToolCall.of(directory, directory, standIn.bin(), real, arguments);
        String log = theirs.log();
        Files.deleteIfExists(directory.resolve("cache/build.log"));
        ToolCall ours = ToolCall.of(directory, directory, standIn.bin(), standIn.kpatchBuild(), arguments);
        assertThat(errors(ours)).isEqualTo(errors(theirs));
        assertThat(ours.said()).isEqualTo(theirs.said());
        assertThat(ours.status()).isEqualTo(theirs.status());
        assertThat(ours.log()).isEqualTo(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "",
                "-T",
                "-o module FIXES/BUILDS.patch",
                "-S 2 FIXES/BUILDS.patch",
                "FIXES/NO_SUCH.patch",
                "FIXES/LIB.patch",
                "FIXES/ASSEMBLY.patch",
                "FIXES/REVERSED.patch",
                "FIXES/BUILDS.patch FIXES/BUILDS.patch",
                "CONFIG_LIVEPATCH=y|# no|FIXES/BUILDS.patch",
                "CONFIG_KLP_BUILD=y|# no|FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_GCC_PLUGIN_RANDSTRUCT=y|FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_GCC_PLUGIN_LATENT_ENTROPY=y|FIXES/BUILDS.patch",
                "CONFIG_NET=y|CONFIG_LD_DEAD_CODE_DATA_ELIMINATION=y|FIXES/BUILDS.patch"
            })
    void klpBuild(String line) throws IOException {
        Path real = real("vulnerable-[7-9]*", "tree/scripts/livepatch/klp-build");
        StandIn standIn = StandIn.in(directory);
        FakeTree tree = FakeTree.create(directory.resolve("tree"), FakeTree.NEWER, standIn);
        Path fixes = fixes();
        String[] parts = line.split("\\|", -1);
        if (parts.length == 3) {
            tree.config(parts[0] + "\n", parts[1] + "\n");
        }
        String[] arguments = words(parts[parts.length - 1], tree, fixes);
        ToolCall ours = ToolCall.of(directory, tree.directory(), standIn.bin(), tree.klpBuild(), arguments);
        tree.put("scripts/livepatch/klp-build", Files.readString(real));
        ToolCall theirs = ToolCall.of(directory, tree.directory(), standIn.bin(), tree.klpBuild(), arguments);
        assertThat(errors(ours)).isEqualTo(errors(theirs));
        assertThat(ours.said()).isEqualTo(theirs.said());
        assertThat(ours.status()).isEqualTo(theirs.status());
    }
}
