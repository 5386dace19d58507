package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.core.livepatch.Replacement.REPLACE_ALL;
import static org.tuxtape.core.livepatch.Replacement.STACK;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On a simulated kernel: trials, and what a store remembers of them. */
class LivepatchTrialTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private SimulatedMachine machine = new SimulatedMachine(Path.of(""));
    private String module = "";

    @BeforeEach
    void boot() throws IOException {
        machine = new SimulatedMachine(directory);
        module = machine.module("livepatch_a", REPLACE_ALL, "tcp_v4_rcv");
    }

    @Test
    void whatDoesNoHarmPassesAndStaysInForce() {
        CommandLineRun run = trial("--probe", "true");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("livepatch_a was watched for 300.0 s, did no harm, and is in force until");
        assertThat(stored().get("state").asString()).isEqualTo("passed");
    }

    @Test
    void aProbeThatFailsTurnsItDownAndTakesItBack() {
        CommandLineRun run = trial("--probe", "echo no answer; false");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("livepatch_a is turned down: ", "no answer")
                .contains("livepatch_a was taken back, and nothing of it is left in the kernel.");
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
    }

    @Test
    void whatWasTurnedDownIsTriedAgainOnlyOnceSomebodyAllowsIt() {
        trial("--probe", "false");

        assertThat(trial().out()).startsWith("It was not tried: livepatch_a ");
        assertThat(judge("allow").status()).isZero();
        assertThat(trial().status()).isZero();
    }

    @Test
    void whatIsAcceptedIsLoadedAtTheNextBoot() {
        trial();
        assertThat(judge("accept").lines())
                .singleElement()
                .asString()
                .contains(" is accepted since ", "by Ada: Because");
        machine.run("disable", "livepatch_a");
        machine.run("unload", "livepatch_a");

        JsonNode report = JSON.readTree(run("boot", "--format", "json").out());

        assertThat(report.get("complete").asBoolean()).isTrue();
        assertThat(report.at("/patches/0/load/outcome").asString()).isEqualTo("completed");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
    }

    @Test
    void theLoadMarkerOfABootGoesWhenTheMachineHasSettled() {
        trial("--accept");
        machine.run("disable", "livepatch_a");
        machine.run("unload", "livepatch_a");
        run("boot");

        assertThat(stored().get("marked").asBoolean()).isTrue();
        assertThat(run("boot", "--settled").status()).isZero();
        assertThat(stored().get("marked").asBoolean()).isFalse();
    }

    @Test
    void whatIsTurnedDownByAPersonIsLeftOutAtBoot() {
        trial("--accept");
        assertThat(judge("turn-down").status()).isZero();

        assertThat(run("boot").lines()).singleElement().asString().startsWith("livepatch_a is left out. ");
    }

    @Test
    void onlyWhatHasPassedIsAccepted() {
        trial("--probe", "false");

        CommandLineRun run = judge("accept");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith("tuxtape: livepatch_a ");
    }

    @Test
    void aLivepatchIsNamedByItsDigestToo() {
        trial();
        String digest = stored().get("sha256").asString();

        assertThat(run("accept", digest.substring(0, 12), "--who", "Ada", "--why", "Because")
                        .status())
                .isZero();
        assertThat(run("accept", "livepatch_b", "--who", "Ada", "--why", "Because")
                        .err())
                .contains("holds no livepatch 'livepatch_b'");
    }

    @Test
    void whereNobodyDiedThereIsNothingToGoOnWith() {
        trial();

        assertThat(run("resume").lines()).containsExactly("There is nothing to go on with.");
    }

    @Test
    void whatTheTrialReplacedComesBackIfItIsAccepted() throws IOException {
        trial("--accept");
        String worse = machine.module("livepatch_b", REPLACE_ALL, "udp_rcv");

        CommandLineRun run = run("trial", worse, "--who", "Ada", "--probe", "false");

        assertThat(run.out()).contains("livepatch_a is in force after ");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
    }

    @Test
    void whatIsStackedGoesAloneAgain() throws IOException {
        trial("--accept");
        String worse = machine.module("livepatch_b", STACK, "udp_rcv");

        run("trial", worse, "--who", "Ada", "--probe", "false");

        assertThat(machine.run("list").out()).contains("livepatch_a: in force").doesNotContain("livepatch_b");
    }

    private CommandLineRun trial(String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "trial";
        all[1] = module;
        all[2] = "--who";
        all[3] = "Ada";
        System.arraycopy(options, 0, all, 4, options.length);
        return run(all);
    }

    private CommandLineRun judge(String verdict) {
        return run(verdict, "livepatch_a", "--who", "Ada", "--why", "Because");
    }

    private JsonNode stored() {
        return JSON.readTree(run("list", "--format", "json").out()).at("/patches/0");
    }

    private CommandLineRun run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = directory.resolve("store").toString();
        return machine.run(all);
    }
}
