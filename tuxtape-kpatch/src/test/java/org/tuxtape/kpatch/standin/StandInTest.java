package org.tuxtape.kpatch.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;

final class StandInTest {
    @TempDir
    private Path directory = Path.of("");

    private StandIn standIn;
    private FakeTree tree;

    private void setUp(KernelRelease release) {
        standIn = StandIn.in(directory);
        tree = FakeTree.create(directory.resolve("tree"), release, standIn);
    }

    @AfterEach
    void endWhatIsLeft() {
        if (standIn != null) {
            standIn.endProcesses();
        }
    }

    private List<String> patches(SmallFix... fixes) throws IOException {
        List<String> files = new ArrayList<>();
        for (SmallFix fix : fixes) {
            files.add(Files.writeString(directory.resolve(fix + ".patch"), fix.diff())
                    .toString());
        }
        return files;
    }

    private ToolCall kpatch(SmallFix... fixes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-s", tree.directory().toString(), "-n", "small_fix"));
        arguments.addAll(patches(fixes));
        return ToolCall.of(directory, directory, standIn.kpatchBuild(), arguments.toArray(String[]::new));
    }

    private ToolCall klp(List<String> options, SmallFix... fixes) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--output=" + directory.resolve("small_fix.ko"));
        arguments.addAll(patches(fixes));
        return ToolCall.of(directory, tree.directory(), tree.klpBuild(), arguments.toArray(String[]::new));
    }

    private void assertModule(ModuleFile.Maker maker, String vermagic, String... functions) throws IOException {
        ModuleFile module = ModuleFile.parse(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("small_fix.ko"))));
        assertThat(module.livepatch()).isTrue();
        assertThat(module.maker()).isEqualTo(maker);
        assertThat(module.name()).isEqualTo("small_fix");
        assertThat(module.vermagic()).contains(vermagic);
        assertThat(module.functions().orElseThrow())
                .extracting(PatchedFunction::name)
                .containsExactlyInAnyOrder(functions);
    }

    @Test
    void kpatchBuildSaysItsPhasesAndLeavesAModule() throws IOException {
        setUp(FakeTree.OLDER);
        ToolCall call = kpatch(SmallFix.BUILDS, SmallFix.BUILDS_IN_A_MODULE);
        assertThat(call.errors()).isEmpty();
        assertThat(call.said())
                .containsExactly(
                        "Using source directory at " + tree.directory(),
                        "Testing patch file(s)",
                        "Reading special section data",
                        "Building original source",
                        "Building patched source",
                        "Extracting new and modified ELF sections",
                        "pantry.o: changed function: pantry_take",
                        "mailbox.o: changed function: mailbox_weigh",
                        "Patched objects: fs/pantry/pantry.ko vmlinux",
                        "Building patch module: small_fix.ko",
                        "SUCCESS");
        assertThat(call.status()).isZero();
        assertThat(call.log()).as("a log after success").isEmpty();
        assertModule(ModuleFile.Maker.KPATCH_BUILD, "6.12.94-small SMP mod_unload", "mailbox_weigh", "pantry_take");
    }

    @Test
    void klpBuildSaysItsPhasesAndLeavesAModule() throws IOException {
        setUp(FakeTree.NEWER);
        ToolCall call = klp(List.of(), SmallFix.BUILDS, SmallFix.BUILDS_IN_A_MODULE);
        assertThat(call.errors()).isEmpty();
        assertThat(call.said())
                .containsExactly(
                        "Validating patch(es)",
                        "Building original kernel",
                        "Copying original object files",
                        "Fixing patch(es)",
                        "Building patched kernel",
                        "Copying patched object files",
                        "Generating original checksums",
                        "Generating patched checksums",
                        "Diffing objects",
                        "fs/pantry/pantry.o: changed function: pantry_take",
                        "vmlinux.o: changed function: mailbox_weigh",
                        "Building patch module: " + directory.resolve("small_fix.ko"),
                        "SUCCESS");
        assertModule(ModuleFile.Maker.KLP_BUILD, "7.2.6-small SMP mod_unload", "mailbox_weigh", "pantry_take");
        assertThat(tree.directory().resolve("klp-tmp")).doesNotExist();
    }

    @Test
    void klpBuildTakesUpWhatItKept() throws IOException {
        setUp(FakeTree.NEWER);
        assertThat(klp(List.of("-T"), SmallFix.BUILDS).status()).isZero();
        ToolCall second = klp(List.of("-S", "2"), SmallFix.BUILDS_TOO);
        assertThat(second.said()).doesNotContain("Building original kernel").endsWith("SUCCESS");
        assertModule(ModuleFile.Maker.KLP_BUILD, "7.2.6-small SMP mod_unload", "postman_round");
    }

    @Test
    void theFirstBuildCompilesEverythingAndTheSecondWhatTheFixTouches() throws IOException {
        setUp(FakeTree.OLDER);
        // A build that changes nothing keeps its log.
        assertThat(kpatch(SmallFix.NOT_COMPILED).log().lines().filter(line -> line.contains("  CC ")))
                .hasSize(4);
        assertThat(kpatch(SmallFix.COMMENT).log().lines().filter(line -> line.contains("  CC ")))
                .containsExactly("  CC      net/core/mailbox.o", "  CC      net/core/mailbox.o");
    }

    @Test
    void aSourceThatGetsItsOldTimeBackIsNotCompiledAgainAsWithMake() throws IOException {
        setUp(FakeTree.OLDER);
        Path source = tree.directory().resolve(SmallFix.BUILDS.path());
        FileTime longAgo = Files.getLastModifiedTime(source);
        assertThat(kpatch(SmallFix.BUILDS).status()).isZero();
        Files.setLastModifiedTime(source, longAgo);
        // So the object of the fix stays, and goes into whatever is linked next.
        assertThat(kpatch(SmallFix.BUILDS_TOO).status()).isZero();
        assertThat(tree.text("net/core/mailbox.o")).contains("parcel->weight < 0");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
        assertThat(kpatch(SmallFix.BUILDS_TOO).status()).isZero();
        assertThat(tree.text("net/core/mailbox.o")).doesNotContain("parcel->weight < 0");
    }

    @Test
    void whatKpatchBuildEditsIsPutBack() throws IOException {
        setUp(FakeTree.OLDER);
        tree.put(".git/HEAD", "ref: refs/heads/main\n");
        List<String> files = List.of(
                "Makefile",
                "scripts/Makefile.modfinal",
                "scripts/link-vmlinux.sh",
                "scripts/setlocalversion",
                "vmlinux");
        List<String> before = files.stream().map(tree::text).toList();
        standIn.faults(Fault.kill("compiling"));
        assertThat(kpatch(SmallFix.BUILDS).status()).isEqualTo(137);
        assertThat(files.stream().filter(file -> !tree.text(file).equals(before.get(files.indexOf(file)))))
                .containsExactlyElementsOf(files);
        assertThat(tree.text(SmallFix.BUILDS.path())).contains("parcel->weight < 0");
    }

    @Test
    void aKilledToolLeavesAProcessBehind() throws IOException {
        setUp(FakeTree.OLDER);
        standIn.faults(Fault.kill("Testing patch file(s)"));
        assertThat(kpatch(SmallFix.BUILDS).status()).isEqualTo(137);
        assertThat(standIn.processes()).isNotEmpty();
        standIn.endProcesses();
        assertThat(standIn.processes().stream().filter(ProcessHandle::isAlive).map(ProcessHandle::onExit))
                .allSatisfy(end -> assertThat(end).succeedsWithin(Duration.ofMinutes(1)));
    }

    @Test
    void aFaultCanBeConfinedToOneLivepatch() throws IOException {
        setUp(FakeTree.OLDER);
        standIn.faults(Fault.exit("compiling", 7).in("another"));
        assertThat(kpatch(SmallFix.BUILDS).status()).isZero();
        standIn.faults(Fault.exit("compiling", 7).in("small_fix"));
        assertThat(kpatch(SmallFix.BUILDS).status()).isEqualTo(7);
        assertThat(standIn.runs()).hasSize(2).allMatch(run -> run.startsWith("kpatch-build -s "));
    }

    @Test
    void everyFixOfTheSmallTreeIsADiffThatPatchTakes() throws IOException {
        setUp(FakeTree.OLDER);
        for (String file : patches(SmallFix.values())) {
            ToolCall call = ToolCall.of(
                    directory,
                    tree.directory(),
                    Path.of("/usr/bin/env"),
                    Stream.of("patch", "-p1", "-F0", "--dry-run", "-i", file).toArray(String[]::new));
            assertThat(call.status()).as(file + ": " + call.said()).isZero();
            assertThat(call.said()).noneMatch(line -> line.contains("offset"));
        }
    }
}
