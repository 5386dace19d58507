package org.tuxtape.kpatch.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.ModuleFile;

final class KpatchStandInTest {
    @TempDir
    private Path directory;

    private StandIn standIn;
    private FakeTree tree;
    private int calls;

    @BeforeEach
    void setUp() {
        standIn = StandIn.in(directory);
        tree = FakeTree.create(directory.resolve("tree"), FakeTree.OLDER, standIn);
    }

    @AfterEach
    void endWhatIsLeft() {
        standIn.endProcesses();
    }

    private ToolCall build(SmallFix... fixes) throws IOException {
        Path call = Files.createDirectories(directory.resolve("call" + ++calls));
        Stream.Builder<String> arguments = Stream.builder();
        Stream.of("-s", tree.directory().toString(), "-n", "small_fix", "-o", call.toString(), "-j", "2")
                .forEach(arguments);
        for (SmallFix fix : fixes) {
            arguments.add(
                    Files.writeString(call.resolve(fix + ".patch"), fix.diff()).toString());
        }
        return ToolCall.of(call, call, standIn.kpatchBuild(), arguments.build().toArray(String[]::new));
    }

    @Test
    void aBuildSaysItsPhasesAndLeavesAModule() throws IOException {
        ToolCall call = build(SmallFix.BUILDS, SmallFix.BUILDS_IN_A_MODULE);
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
        ModuleFile module = ModuleFile.parse(
                ByteBuffer.wrap(Files.readAllBytes(call.directory().resolve("small_fix.ko"))));
        assertThat(module.livepatch()).isTrue();
        assertThat(module.vermagic()).contains("6.12.94-small SMP mod_unload");
        assertThat(module.maker()).isEqualTo(ModuleFile.Maker.KPATCH_BUILD);
        assertThat(module.functions().orElseThrow())
                .extracting(Object::toString)
                .hasSize(2);
    }
}
