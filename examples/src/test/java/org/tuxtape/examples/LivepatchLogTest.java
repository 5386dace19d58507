package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.Replacement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LivepatchLogTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private Path saved = Path.of("");

    @BeforeEach
    void saveALog() throws IOException {
        saved = Files.writeString(directory.resolve("dmesg"), """
                [   10.000000] usb 1-1: new high-speed USB device
                [   12.345678] livepatch: enabling patch 'livepatch_a'
                [   12.345700] livepatch: 'livepatch_a': starting patching transition
                [   13.500000] livepatch: 'livepatch_a': patching complete
                [   20.000000] ------------[ cut here ]------------
                [   20.000001] WARNING: CPU: 0 PID: 77 at net/core/sock.c:10 sock_work+0x1/0x2 [livepatch_a]
                [   20.000002] CPU: 0 PID: 77 Comm: worker Tainted: G           OE K    6.12.8 #1
                [   20.000003] Call Trace:
                [   20.000004]  <TASK>
                [   20.000005]  sock_work+0x1/0x2 [livepatch_a]
                [   20.000006]  process_one_work+0x1/0x2
                [   20.000007]  </TASK>
                [   20.000008] ---[ end trace 0000000000000000 ]---
                """);
    }

    @Test
    void whatLivepatchesSaidIsPrintedAndTheRestIsNot() {
        CommandLineRun run = CommandLineRun.of("livepatch", "log", saved.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .contains("[   13.500000] patched          livepatch: 'livepatch_a': patching complete")
                .noneMatch(line -> line.contains("usb 1-1"));
    }

    @Test
    void troubleIsPrintedWithItsTrace() {
        List<String> lines =
                CommandLineRun.of("livepatch", "log", saved.toString()).lines();

        assertThat(lines).anyMatch(line -> line.startsWith("[   20.00000") && line.contains("] warning "));
        assertThat(lines.get(lines.size() - 1).strip()).startsWith("process_one_work");
    }

    @Test
    void theJsonIsALineForEachEvent() {
        List<JsonNode> events =
                CommandLineRun.of("livepatch", "log", saved.toString(), "--format", "json").lines().stream()
                        .map(JSON::readTree)
                        .toList();

        assertThat(events)
                .extracting(event -> event.get("kind").asString())
                .containsExactly("livepatch", "livepatch", "livepatch", "trouble");
        assertThat(events.get(2).get("step").asString()).isEqualTo("patched");
        assertThat(events.get(2).get("name").asString()).isEqualTo("livepatch_a");
        assertThat(events.get(3).get("trouble").asString()).isEqualTo("warning");
        assertThat(events.get(3).get("modules")).extracting(JsonNode::asString).contains("livepatch_a");
    }

    @Test
    void withoutAFileTheRunningKernelsLogIsRead() throws IOException {
        SimulatedMachine machine = new SimulatedMachine(directory);
        machine.run("load", machine.module("livepatch_a", Replacement.REPLACE_ALL, "tcp_v4_rcv"));

        assertThat(machine.run("log").out())
                .contains("enabling         livepatch: enabling patch 'livepatch_a'")
                .contains("patched          livepatch: 'livepatch_a': patching complete");
    }

    @Test
    void aLogThatIsNotThereIsOneSentenceThatNamesIt() {
        Path missing = directory.resolve("missing");

        CommandLineRun run = CommandLineRun.of("livepatch", "log", missing.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("tuxtape: ")
                .contains(missing.toString());
    }
}
