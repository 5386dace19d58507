package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.core.livepatch.Replacement.REPLACE_ALL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.testkit.kernel.SimulatedTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On a simulated kernel: what is in force, what a load would do, and the changes. */
class LivepatchCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SimulatedTask SLEEPER =
            SimulatedTask.kernelThread(311, "nfsd").sleepingOn("tcp_v4_rcv");
    private static final String WAITS = "  waits for    nfsd (311, kernel thread, S) sleeps on tcp_v4_rcv";

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
    void aKernelWithoutLivepatchesSaysSo() {
        assertThat(machine.run("list").lines())
                .containsExactly("Kernel 6.12.107, lockdown none", "No livepatch is in force.");
    }

    @Test
    void whatIsInForceIsListedWithTheCvesThatItFixes() {
        machine.run("load", first);

        CommandLineRun run = machine.run("list", "--manifests", directory.toString());

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "Kernel 6.12.107, tainted OK, lockdown none",
                        "livepatch_a: in force, replaces those before it",
                        "  vmlinux      patched    tcp_v4_rcv udp_rcv",
                        "",
                        "CVE-2024-57903   fixed by livepatch_a");
    }

    @Test
    void aCveWhoseModuleIsNotLoadedIsNotCalledFixed() {
        machine.run("load", second);

        JsonNode cve = json("list", "--manifests", second + ".manifest").at("/cves/0");

        assertThat(cve.get("state").asString()).isEqualTo("waiting_for_object");
        assertThat(cve.get("missing")).extracting(JsonNode::asString).containsExactly("nfsd");
    }

    @Test
    void aManifestThatIsNoneIsNamedAndTheOthersAreRead() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.manifest"), "nothing");

        CommandLineRun run = machine.run("list", "--manifests", directory.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("CVE-2024-57903");
        assertThat(run.err().lines()).singleElement().asString().startsWith("tuxtape: " + broken);
    }

    @Test
    void aPlanThatIsClearSaysWhatWouldChange() {
        machine.run("load", first);

        CommandLineRun run = machine.run("plan", second);

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .contains(
                        "livepatch_b: nothing is known to be in the way",
                        "  kept         vmlinux      tcp_v4_rcv",
                        "  reverted     vmlinux      udp_rcv",
                        "  replaces     livepatch_a",
                        "  absent       nfsd is not loaded; it is patched when it is");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
    }

    @Test
    void aPlanNamesTheErrorThatTheLoadThenMeets() {
        machine.run("load", second);
        machine.run("load", first);

        CommandLineRun plan = machine.run("plan", second);
        JsonNode obstacle = json("plan", second).at("/obstacles/0");
        JsonNode met = json("load", second).get("obstacle");

        assertThat(plan.status()).isEqualTo(1);
        assertThat(plan.lines()).anyMatch(line -> line.startsWith("  EEXIST       name taken: "));
        assertThat(obstacle.get("cause").asString()).isEqualTo("name_taken");
        assertThat(met.get("errno")).isEqualTo(obstacle.get("errno"));
    }

    @Test
    void withoutAManifestTheModuleSpeaksForItself() throws IOException {
        Files.delete(Path.of(first + ".manifest"));

        assertThat(machine.run("plan", first).lines()).anyMatch(line -> line.startsWith("livepatch_a: "));
    }

    @Test
    void aFileThatIsNoModuleIsOneSentenceThatNamesIt() throws IOException {
        Path text = Files.writeString(directory.resolve("text.ko"), "no module");

        CommandLineRun run = machine.run("plan", text.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("tuxtape: ")
                .contains(text.toString());
    }

    @Test
    void loadingWhatIsInForceIsSaidAndDoesNothing() {
        assertThat(machine.run("load", first).lines().get(0)).startsWith("livepatch_a is in force after ");

        CommandLineRun again = machine.run("load", first);

        assertThat(again.status()).isZero();
        assertThat(again.lines()).containsExactly("livepatch_a is in force already; nothing was done.");
    }

    @Test
    void aStalledLoadIsTakenBackAtTheDeadlineAndNamesWhoBlocksIt() {
        machine.kernel().stall(SLEEPER);

        CommandLineRun run = machine.run("load", first);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lines())
                .containsExactly(
                        "livepatch_a is not in force: the deadline passed, and all is as it was before.", WAITS);
        assertThat(run.err())
                .contains(
                        "livepatch_a, 1 of 7 tasks left after 1 s: nfsd (311, kernel thread, S) sleeps on tcp_v4_rcv");
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
    }

    @Test
    void aTransitionThatIsLeftRunningIsListedAndWatchedToItsEnd() {
        machine.kernel().stall(SLEEPER);

        assertThat(machine.run("load", first, "--at-deadline", "leave").status())
                .isEqualTo(1);

        assertThat(machine.run("list").lines()).contains(WAITS);
        assertThat(json("list").at("/blocking/0/sleepsOn").asString()).isEqualTo("tcp_v4_rcv");
        assertThat(json("watch", "--deadline", "5s").get("outcome").asString()).isEqualTo("still_running");
        machine.kernel().resumeAll();
        assertThat(json("watch").get("outcome").asString()).isEqualTo("completed");
        assertThat(machine.run("watch").lines()).containsExactly("No transition is running.");
    }

    @Test
    void toForceNeedsANameAndAReasonWhichAreWrittenDown() throws IOException {
        machine.kernel().stall(SLEEPER);
        Path audit = directory.resolve("audit");

        CommandLineRun nameless = machine.run("load", first, "--at-deadline", "force", "--audit", audit.toString());
        CommandLineRun forced = machine.run(
                "load",
                first,
                "--at-deadline",
                "force",
                "--audit",
                audit.toString(),
                "--who",
                "Ada",
                "--why",
                "Urgent");

        assertThat(nameless.status()).isEqualTo(2);
        assertThat(nameless.err()).startsWith("tuxtape: To force, --who NAME and --why TEXT are needed.");
        assertThat(forced.status()).isZero();
        assertThat(forced.lines().get(0)).endsWith(", by force.");
        assertThat(Files.readString(audit)).contains("Who: Ada", "Why: Urgent");
    }

    @Test
    void whatWasReplacedIsALeftoverUntilItIsUnloaded() {
        machine.run("load", first);
        machine.run("load", second);

        assertThat(json("list").at("/leftovers/0").asString()).isEqualTo("livepatch_a");
        assertThat(json("unload", "--leftovers").at("/leftovers/0/outcome").asString())
                .isEqualTo("completed");
        assertThat(machine.run("unload", "--leftovers").lines()).containsExactly("Nothing is left over.");
    }

    @Test
    void whatIsInForceIsNotUnloadedBeforeItIsDisabled() {
        machine.run("load", first);

        CommandLineRun tooEarly = machine.run("unload", "livepatch_a");

        assertThat(tooEarly.status()).isEqualTo(1);
        assertThat(tooEarly.lines().get(1)).startsWith("  EWOULDBLOCK  in use: ");
        assertThat(machine.run("disable", "livepatch-a").lines().get(0))
                .startsWith("livepatch_a is out of force after ");
        assertThat(machine.run("unload", "livepatch_a").status()).isZero();
        assertThat(machine.run("list").lines()).contains("No livepatch is in force.");
    }

    @Test
    void withoutPrivilegeEverythingIsReadAndEveryChangeRefused() {
        machine.run("load", first);
        machine.kernel().unprivileged();

        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
        assertThat(machine.run("disable", "livepatch_a").status()).isEqualTo(1);
        assertThat(json("load", second).at("/obstacle/cause").asString()).isEqualTo("not_permitted");
        assertThat(machine.run("list").out()).contains("livepatch_a: in force");
    }

    @Test
    void theNameOfATaskDoesNotControlTheTerminal() {
        machine.kernel().stall(SimulatedTask.user(900, "\u001b[31mred").sleepingOn("udp_rcv"));

        CommandLineRun run = machine.run("load", first);

        assertThat(run.out()).contains("?[31mred").doesNotContain("\u001b");
        assertThat(run.err()).contains("?[31mred").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unload",
                "disable no.name",
                "load",
                "load x.ko --deadline 5",
                "watch --at-deadline pray",
                "log --follow dmesg"
            })
    void aCallThatIsNotUnderstoodSaysWhatWasMeant(String call) {
        CommandLineRun run = machine.run(call.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: tuxtape livepatch ");
    }

    private JsonNode json(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--format";
        all[arguments.length + 1] = "json";
        return JSON.readTree(machine.run(all).out());
    }
}
