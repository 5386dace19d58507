package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.store.StoredArtefact;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final BuildKey KEY = new BuildKey("ab".repeat(32));

    @TempDir
    private Path directory;

    private StoredArtefact artefact;

    @BeforeEach
    void build() throws IOException {
        LivepatchModule module = new SimulatedMachine(directory).write("livepatch_a", Replacement.REPLACE_ALL, "f");
        Manifest made = module.manifest();
        Manifest manifest = new Manifest(
                made.name(),
                made.sha256(),
                made.release(),
                made.vermagic(),
                made.builder(),
                Optional.of(KEY),
                made.replacement(),
                made.fixes(),
                made.functions());
        artefact = ArtefactStore.open(directory.resolve("store"), Context.standard())
                .put(new LivepatchModule(module.file(), manifest), Optional.empty());
    }

    @Test
    void whatIsThereIsListed() {
        JsonNode line = JSON.readTree(store("list", "--format", "json").out());

        assertThat(line.get("key").asString()).isEqualTo(KEY.text());
        assertThat(line.get("name").asString()).isEqualTo("livepatch_a");
        assertThat(line.at("/cves/0").asString()).isEqualTo("CVE-2024-57903");
        assertThat(line.get("module").asString())
                .isEqualTo(artefact.module().file().toString());
        assertThat(store("list").lines()).singleElement().asString().contains("abababababab", "livepatch_a");
    }

    @Test
    void whatIsIntactIsVerified() {
        assertThat(store("verify").status()).isZero();
    }

    @Test
    void whatIsDamagedIsToldAndPruned() throws IOException {
        Files.writeString(artefact.module().file(), "something else");

        CommandLineRun verify = store("verify", "--format", "json");
        store("prune");

        assertThat(verify.status()).isEqualTo(1);
        assertThat(JSON.readTree(verify.out()).get("state").asString()).isEqualTo("damaged");
        assertThat(store("list").lines()).isEmpty();
    }

    @Test
    void whatIsTooMuchIsPrunedUnlessItIsNamed() {
        List<String> kept =
                store("prune", "--keep-bytes", "0", "--keep", KEY.text()).lines();
        List<String> removed = store("prune", "--keep-bytes", "0").lines();

        assertThat(kept).isEmpty();
        assertThat(removed).singleElement().asString().startsWith("removed abab");
        assertThat(store("list").lines()).isEmpty();
    }

    @Test
    void aStoreThatIsNotThereIsNoEmptyOne() {
        CommandLineRun run = CommandLineRun.of(
                "store", "list", "--store", directory.resolve("stroe").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("There is no store ", "stroe");
    }

    @Test
    void aDecisionOfNobodyIsNotUnderstood() {
        CommandLineRun run = store("review", "--key", "ab", "--decision", "approved", "--why", "read");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--who NAME");
        assertThat(store("review", "--key", "ab").lines()).isEmpty();
    }

    private CommandLineRun store(String command, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(
                new String[] {
                    "store", command, "--store", directory.resolve("store").toString()
                },
                0,
                all,
                0,
                4);
        System.arraycopy(more, 0, all, 4, more.length);
        return CommandLineRun.of(all);
    }
}
