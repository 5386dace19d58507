package org.tuxtape.livepatch.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.loading.ModuleFileException;
import org.tuxtape.testkit.sample.ElfModule;

class ModuleFilesTest {
    private static final ElfModule MODULE = ElfModule.livepatch("livepatch_a").kpatch("vmlinux", "f", 0);

    @TempDir
    private Path directory;

    @Test
    void aModuleIsDescribedByItsOwnFile() {
        Path ko = MODULE.writeTo(directory);

        Manifest manifest = ModuleFiles.describe(ko).manifest();

        assertThat(manifest.name()).hasToString("livepatch_a");
        assertThat(manifest.sha256()).hasSize(64);
        assertThat(manifest.release()).hasToString("6.12.107");
        assertThat(manifest.vermagic()).isEqualTo("6.12.107 SMP mod_unload");
        assertThat(manifest.builder()).isEqualTo("kpatch-build");
        assertThat(manifest.key()).isEmpty();
        assertThat(manifest.replacement()).isEqualTo(Replacement.REPLACE_ALL);
        assertThat(manifest.fixes()).isEmpty();
        assertThat(manifest.functions()).containsExactly(new PatchedFunction(KernelObject.VMLINUX, "f", 0));
        assertThat(Manifest.parse(manifest.toText())).isEqualTo(manifest);
    }

    @Test
    void whatAHandWrittenLivepatchPatchesIsLeftOut() {
        Manifest manifest = ModuleFiles.describe(
                        ElfModule.livepatch("livepatch_a").writeTo(directory))
                .manifest();

        assertThat(manifest.builder()).isEqualTo("unknown");
        assertThat(manifest.functions()).isEmpty();
    }

    @Test
    void whatDescribesItselfAgrees() {
        assertThat(ModuleFiles.check(ModuleFiles.describe(MODULE.writeTo(directory))))
                .isEmpty();
    }

    @Test
    void everyDifferenceFromTheManifestIsNamed() {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Manifest known = module.manifest();

        assertThat(reason(module.file(), with(known, "f".repeat(64), known.name(), known.functions())))
                .contains("its SHA-256 is " + known.sha256() + ", not ffff");
        assertThat(reason(module.file(), with(known, known.sha256(), new LivepatchName("b"), known.functions())))
                .contains("its name is livepatch_a, not b");
        assertThat(reason(module.file(), with(known, known.sha256(), known.name(), new TreeSet<>())))
                .contains("it patches vmlinux/f,1, not nothing");
    }

    @Test
    void aUniqueSymbolMayBeWrittenAsTheFirst() {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Manifest known = module.manifest();
        SortedSet<PatchedFunction> asFirst = new TreeSet<>();
        asFirst.add(new PatchedFunction(KernelObject.VMLINUX, "f", 1));

        assertThat(ModuleFiles.check(
                        new LivepatchModule(module.file(), with(known, known.sha256(), known.name(), asFirst))))
                .isEmpty();
    }

    /** Injected fault: the file is cut short after it was described. */
    @Test
    void aDamagedFileIsAnObstacle() throws IOException {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Files.write(module.file(), Arrays.copyOf(MODULE.bytes(), 300));

        assertThat(ModuleFiles.check(module)).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.cause()).isEqualTo(Cause.BROKEN_FILE);
            assertThat(obstacle.errno()).isEqualTo("ENOEXEC");
        });
    }

    /** Injected fault: the file is emptied. The kernel has another error number for it. */
    @Test
    void anEmptyFileIsAnObstacle() throws IOException {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Files.write(module.file(), new byte[0]);

        assertThat(ModuleFiles.check(module)).map(Obstacle::errno).contains("EINVAL");
    }

    @Test
    void aFileThatIsNotThereIsAnObstacleToALoadAndATypedErrorToADescription() throws IOException {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Files.delete(module.file());

        assertThat(ModuleFiles.check(module)).map(Obstacle::errno).contains("ENOENT");
        assertThatExceptionOfType(ModuleFileException.class)
                .isThrownBy(() -> ModuleFiles.describe(module.file()))
                .satisfies(e -> {
                    assertThat(e.errno()).isEqualTo("ENOENT");
                    assertThat(e.file()).isEqualTo(module.file().toString());
                });
    }

    /** Injected fault: nobody may read the file. */
    @Test
    void aFileThatMayNotBeReadIsNotPermitted() throws IOException {
        LivepatchModule module = ModuleFiles.describe(MODULE.writeTo(directory));
        Files.setPosixFilePermissions(module.file(), Set.of());
        assumeFalse(Files.isReadable(module.file()), "root may read everything");

        assertThat(ModuleFiles.check(module)).map(Obstacle::cause).contains(Cause.NOT_PERMITTED);
    }

    @Test
    void whatIsNoModuleCannotBeDescribed() throws IOException {
        Path text = Files.writeString(directory.resolve("a.ko"), "no module");

        assertThatExceptionOfType(ModuleFileException.class)
                .isThrownBy(() -> ModuleFiles.describe(text))
                .withMessage(text + " cannot be used: It is no ELF file.");
    }

    private static String reason(Path ko, Manifest manifest) {
        Optional<Obstacle> obstacle = ModuleFiles.check(new LivepatchModule(ko, manifest));
        assertThat(obstacle).map(Obstacle::cause).contains(Cause.BROKEN_FILE);
        return obstacle.orElseThrow().reason();
    }

    private static Manifest with(
            Manifest known, String sha256, LivepatchName name, SortedSet<PatchedFunction> functions) {
        return new Manifest(
                name,
                sha256,
                known.release(),
                known.vermagic(),
                known.builder(),
                known.key(),
                known.replacement(),
                known.fixes(),
                functions);
    }

    @Test
    @Timeout(60)
    void a_pipe_is_no_module_and_not_waited_for(@TempDir Path place) throws Exception {
        Path pipe = place.resolve("pipe.ko");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> ModuleFiles.describe(pipe))
                .isInstanceOfSatisfying(
                        ModuleFileException.class,
                        failure -> assertThat(failure.errno()).isEqualTo("EINVAL"));
    }
}
