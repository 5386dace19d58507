package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.core.livepatch.Replacement.REPLACE_ALL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.testkit.kernel.SimulatedTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On a simulated kernel: modules that are loaded one after another, and taken out again. */
class LivepatchProveTest {
    @TempDir
    private Path directory;

    private SimulatedMachine machine = new SimulatedMachine(Path.of(""));
    private String first = "";
    private String second = "";

    @BeforeEach
    void boot() throws IOException {
        machine = new SimulatedMachine(directory);
        first = machine.module("livepatch_a", REPLACE_ALL, "tcp_v4_rcv", "udp_rcv");
        second = machine.module("livepatch_b", REPLACE_ALL, "tcp_v4_rcv", "nfsd/nfsd_dispatch");
    }

    @Test
    void aCveIsFixedWhileItsModuleIsInForceAndNotFixedAfterwards() {
        CommandLineRun run = machine.run("prove", "--format", "json", first);

        assertThat(run.status()).isZero();
        JsonNode proof = json(run).get(0);
        assertThat(proof.get("proven").asBoolean()).isTrue();
        assertThat(proof.at("/shown/objects/0/patched").asBoolean()).isTrue();
        assertThat(proof.at("/inForce/0/state").asString()).isEqualTo("fixed");
        assertThat(proof.at("/afterwards/0/state").asString()).isEqualTo("not_fixed");
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
    }

    @Test
    void aModuleWhoseObjectIsNotLoadedIsNotProvenAndTheNextOneIsTried() {
        CommandLineRun run = machine.run("prove", "--format", "json", second, first);

        assertThat(run.status()).isEqualTo(1);
        List<JsonNode> proofs = json(run);
        assertThat(proofs.get(0).get("proven").asBoolean()).isFalse();
        assertThat(proofs.get(0).at("/inForce/0/state").asString()).isEqualTo("waiting_for_object");
        assertThat(proofs.get(0).at("/unload/outcome").asString()).isEqualTo("completed");
        assertThat(proofs.get(1).get("proven").asBoolean()).isTrue();
    }

    @Test
    void aLoadThatStallsIsTakenBackAndProvesNothing() {
        machine.kernel().stall(SimulatedTask.kernelThread(311, "nfsd").sleepingOn("tcp_v4_rcv"));

        CommandLineRun run = machine.run("prove", first);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lines())
                .startsWith(
                        "livepatch_a: NOT PROVEN",
                        "  livepatch_a is not in force: the deadline passed, and all is as it was before.")
                .endsWith("CVE-2024-57903   not fixed");
    }

    @Test
    void whereALivepatchIsInForceNothingIsTried() {
        machine.run("load", first);

        CommandLineRun run = machine.run("prove", second);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("livepatch_a");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force").doesNotContain("livepatch_b");
    }

    @Test
    void aModuleWithoutAManifestIsTurnedDownBeforeAnyIsLoaded() throws IOException {
        Files.delete(Path.of(second + ".manifest"));

        CommandLineRun run = machine.run("prove", first, second);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(second + ".manifest");
    }

    private static List<JsonNode> json(CommandLineRun run) {
        return run.lines().stream().map(new JsonMapper()::readTree).toList();
    }
}
