package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

/**
 * The profile of every real kernel that {@code lab/kernel} has built, against what its archives and modules hold. The
 * kernels are looked for where {@code -Dtuxtape.lab} says, else in {@code ~/.cache/tuxtape-lab}.
 */
class KbuildTreeLabTest {
    private static final Path LAB = Path.of(System.getProperty(
            "tuxtape.lab",
            Path.of(System.getProperty("user.home"), ".cache", "tuxtape-lab").toString()));
    private static final Path TRUTH =
            Path.of("..", "lab", "compiled-units").toAbsolutePath().normalize();
    private static final Path NONE = Path.of("");

    static List<Path> trees() {
        if (!Files.isDirectory(LAB)) {
            return List.of(NONE);
        }
        try (Stream<Path> entries = Files.list(LAB)) {
            List<Path> trees = entries.filter(
                            entry -> entry.getFileName().toString().startsWith("kernel-"))
                    .filter(entry -> Files.exists(entry.resolve(".tuxtape-lab")))
                    .sorted()
                    .toList();
            return trees.isEmpty() ? List.of(NONE) : trees;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assumeLab(Path tree) {
        assumeTrue(!tree.equals(NONE), "lab/kernel has built no kernel in " + LAB);
        assumeTrue(Files.isExecutable(TRUTH), "there is no " + TRUTH);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void theUnitsAreExactlyThoseOfTheArchivesAndModules(Path tree) {
        assumeLab(tree);

        assertThat(ProfileAssert.lines(KbuildTree.read(tree).units()))
                .containsExactlyInAnyOrderElementsOf(run(TRUTH.toString(), tree.toString()));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void theOtherUnitsAreExactlyThoseOfTheImages(Path tree) {
        assumeLab(tree);

        assertThat(ProfileAssert.lines(KbuildTree.read(tree).otherUnits()))
                .map(line -> line.replaceFirst("\t.*\\.s$", "\theader"))
                .containsExactlyInAnyOrderElementsOf(run(TRUTH.toString(), "--images", tree.toString()));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void everyUnitInCThatTheKernelsOwnScriptListsIsCompiledOrServesTheBuild(Path tree) throws IOException {
        assumeLab(tree);
        KbuildProfile profile = KbuildTree.read(tree);
        Path source = profile.sourceDirectory().orElseThrow();
        Path commands = Files.createTempFile("compile_commands", ".json");
        run(
                "python3",
                source.resolve("scripts/clang-tools/gen_compile_commands.py").toString(),
                "-d",
                tree.toString(),
                "-o",
                commands.toString());

        var files = Pattern.compile("\"file\": \"([^\"]*)\"").matcher(Files.readString(commands));
        List<String> listed = files.results()
                .map(file -> tree.resolve(file.group(1)).normalize())
                .map(file -> (file.startsWith(source) ? source : tree)
                        .relativize(file)
                        .toString())
                .filter(file -> !file.endsWith(".mod.c") && !file.endsWith(".vmlinux.export.c"))
                .toList();
        Files.delete(commands);

        List<String> hostPrograms = listed.stream()
                .filter(file -> !(profile.file(SourcePath.parse(file)) instanceof FilePresence.Compiled))
                .toList();
        assertThat(hostPrograms).allMatch(file -> file.startsWith("scripts/") || file.startsWith("arch/x86/tools/"));
        List<String> units = Stream.concat(profile.units().keySet().stream(), profile.otherUnits().keySet().stream())
                .map(SourcePath::text)
                .filter(file -> file.endsWith(".c"))
                // compiled to assembly, which the script does not look at
                .filter(file -> !file.equals("kernel/bounds.c") && !file.endsWith("/asm-offsets.c"))
                .toList();
        assertThat(listed).containsAll(units);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void aFinishedKernelIsCompleteAndLeavesNothingToNote(Path tree) {
        assumeLab(tree);

        KbuildProfile profile = KbuildTree.read(tree);

        assertThat(profile.isComplete()).isTrue();
        assertThat(profile.notes()).isEmpty();
        assertThat(profile.kernel().architecture()).contains("x86");
        assertThat(profile.kernel().release().version())
                .isEqualTo(profile.kernel().version());
    }

    private static List<String> run(String... command) {
        try {
            Path output = Files.createTempFile("tuxtape-lab", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended && process.exitValue() == 0)
                    .as(String.join(" ", command))
                    .isTrue();
            List<String> lines = Files.readAllLines(output);
            Files.delete(output);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
