package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.ProfileException;

/** Whatever the files of a tree hold, the reader gives a profile that keeps the rules, or the declared exception. */
class KbuildTreePropertiesTest {
    private static final List<String> FILES = List.of(
            "init/.main.o.cmd",
            "fs/ext9/.ext9.o.cmd",
            "fs/ext9/.ext9.mod.cmd",
            "kernel/.built-in.a.cmd",
            ".vmlinux.a.cmd",
            ".vmlinux.o.cmd",
            "kernel/.bounds.s.cmd",
            "arch/x86/entry/vdso/.vdso64.so.dbg.cmd",
            "modules.order",
            ".config",
            "Makefile",
            "System.map",
            "include/config/kernel.release",
            "include/generated/uapi/linux/version.h");

    private Path directory = Path.of("");
    private Path tree = Path.of("");

    @BeforeProperty
    void writeBuild() throws IOException {
        directory = Files.createTempDirectory("tuxtape-profile");
        tree = SmallBuild.complete(directory).tree();
    }

    @AfterProperty
    void deleteBuild() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<String> file() {
        return Arbitraries.of(FILES);
    }

    /** Pieces that mean something to the parsers, in any order. */
    @Provide
    Arbitrary<byte[]> pieces() {
        return Arbitraries.of(
                        "savedcmd_",
                        "cmd_",
                        "source_",
                        "deps_",
                        " := ",
                        "\\",
                        "\n",
                        "\n",
                        " ",
                        "gcc -nostdinc ",
                        "ld ",
                        "printf \"%s ",
                        "| xargs",
                        "print(\"",
                        "\"$$0)",
                        "--start-group ",
                        "@",
                        ".o",
                        ".a",
                        ".mod",
                        ".ko",
                        "modules.order",
                        "../",
                        "/",
                        "//",
                        "./",
                        "a.o ",
                        "lib/string.o ",
                        "vmlinux.a ",
                        "fs/",
                        "CONFIG_",
                        "=",
                        "\"",
                        "# ",
                        " is not set",
                        "VERSION = ",
                        "PATCHLEVEL = ",
                        "-rc",
                        "999999",
                        "$(wildcard include/config/X)",
                        ".c",
                        ".S",
                        ".rs",
                        "\0",
                        "\r\n",
                        "#define ",
                        " T ",
                        "\u00e9")
                .list()
                .ofMaxSize(60)
                .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void arbitraryBytesGiveAProfileOrTheDeclaredException(@ForAll("file") String file, @ForAll byte[] bytes) {
        assertSurvives(file, bytes);
    }

    @Property(tries = 600)
    void arbitraryPiecesGiveAProfileOrTheDeclaredException(
            @ForAll("file") String file, @ForAll("pieces") byte[] bytes) {
        assertSurvives(file, bytes);
    }

    @Property(tries = 300)
    void mutationsOfRealRecordsGiveAProfileOrTheDeclaredException(@ForAll("file") String file, @ForAll long seed)
            throws IOException {
        byte[] bytes = Files.readAllBytes(tree.resolve(file));
        Random random = new Random(seed);
        for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertSurvives(file, bytes);
    }

    @Property(tries = 100)
    void theProfileDoesNotDependOnTheNumberOfThreads(@ForAll("file") String file, @ForAll("pieces") byte[] bytes) {
        with(file, bytes, () -> assertThat(read(4)).isEqualTo(read(1)));
    }

    @Property(tries = 150)
    void aUnitOfTheKernelIsNeverAbsentWhateverIsMissing(
            @ForAll @Size(max = 12) List<@IntRange(max = 200) Integer> picks) throws IOException {
        KbuildProfile whole = KbuildTree.read(tree);
        List<Path> records;
        try (var files = Files.walk(tree)) {
            // No other record names the time stamp of vmlinux, so its loss cannot be seen.
            records = files.filter(file -> file.toString().endsWith(".cmd"))
                    .filter(file -> !file.endsWith(".version-timestamp.o.cmd"))
                    .sorted()
                    .toList();
        }
        Map<Path, byte[]> removed = new HashMap<>();
        for (int pick : picks) {
            Path file = records.get(pick % records.size());
            if (Files.exists(file)) {
                removed.put(file, Files.readAllBytes(file));
                Files.delete(file);
            }
        }
        try {
            profile(2)
                    .ifPresent(profile -> assertThat(whole.units().keySet())
                            .noneMatch(unit -> profile.file(unit) instanceof FilePresence.Absent));
        } finally {
            for (Map.Entry<Path, byte[]> file : removed.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }

    private void assertSurvives(String file, byte[] bytes) {
        with(file, bytes, () -> profile(2).ifPresent(KbuildTreePropertiesTest::assertKeepsRules));
    }

    private static void assertKeepsRules(KbuildProfile profile) {
        assertThat(profile.units().values()).noneMatch(objects -> objects.isEmpty());
        for (SourcePath unit : profile.units().keySet()) {
            assertThat(profile.file(unit))
                    .isInstanceOfSatisfying(
                            FilePresence.Compiled.class,
                            compiled -> assertThat(compiled.objects())
                                    .containsAll(profile.units().get(unit)));
        }
        assertThat(profile.units().values().stream().flatMap(objects -> objects.stream()))
                .extracting(KernelObject::name)
                .noneMatch(name -> name.contains(".."));
        assertThat(profile.file(SourcePath.parse("include/linux/fs.h"))).isNotNull();
        assertThat(profile.function("start_kernel", SourcePath.parse("init/main.c")))
                .isNotNull();
        assertThat(profile.option(ConfigSymbol.parse("MODULES"))).isPresent();
        assertThat(profile.kernel().version()).isNotNull();
    }

    private void with(String file, byte[] bytes, Runnable check) {
        try {
            byte[] before = Files.readAllBytes(tree.resolve(file));
            try {
                Files.write(tree.resolve(file), bytes);
                check.run();
            } finally {
                Files.write(tree.resolve(file), before);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<KbuildProfile> profile(int threads) {
        try {
            return Optional.of(KbuildTree.at(tree).withParallelism(threads).read(Context.standard()));
        } catch (ProfileException e) {
            assertThat(e).hasMessageContaining(tree.toString()).hasMessageEndingWith(".");
            return Optional.empty();
        }
    }

    /** All that a profile says, as text; or what went wrong. */
    private String read(int threads) {
        try {
            KbuildProfile profile = KbuildTree.at(tree).withParallelism(threads).read(Context.standard());
            return lines(profile.units()) + "\n" + lines(profile.otherUnits()) + "\n" + profile.notes() + "\n"
                    + profile.kernel() + "\n" + profile.file(SourcePath.parse("include/linux/fs.h"));
        } catch (ProfileException e) {
            return e.getMessage();
        }
    }
}
