package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.KeyFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An archive from nothing to bundles and new keys. */
class ArchiveCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OTHER_BUILD = "x86_64/6.12.107/" + "60".repeat(20);

    private ArchiveScene scene;

    @BeforeEach
    void begin(@TempDir Path home) {
        scene = new ArchiveScene(home);
    }

    @Test
    void aKeyIsForItsOwnerAloneAndItsPublicHalfForEverybody() throws IOException {
        CommandLineRun run =
                scene.run("key", "--out", scene.key("a").toString(), "--scheme", "ecdsa", "--format", "json");

        assertThat(run.status()).isZero();
        assertThat(JSON.readTree(run.out()).get("id").asString())
                .isEqualTo(KeyFile.read(scene.key("a")).key().id());
        assertThat(Files.getPosixFilePermissions(scene.key("a")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Path.of(scene.key("a") + ".pub")).content().contains("BEGIN PUBLIC KEY");
        assertThat(scene.run("key", "--out", scene.key("a").toString()).status())
                .isEqualTo(1);
        assertThat(scene.run("key", "--out", scene.key("b").toString(), "--scheme", "rsa")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void anArchiveBeginsWithTheStandardPolicyAndIsNotBegunTwice() {
        CommandLineRun first = scene.init("--fleet", "web");
        CommandLineRun again =
                scene.change("init", "--root-key", scene.key("root").toString(), "--fleet", "web");

        assertThat(first.status()).isZero();
        assertThat(again).isEqualTo(first);
        assertThat(scene.change("policy").out()).contains("Salt: web", "Ring: canary", "Ring: all");
    }

    @Test
    void aKernelIsNamedByItsFile() throws IOException {
        String vmlinux = scene.vmlinux().toString();

        assertThat(scene.run("kernel", "--vmlinux", vmlinux).out()).isEqualToIgnoringNewLines(ArchiveScene.KERNEL_TEXT);
        assertThat(scene.run("kernel", "--vmlinux", vmlinux, "--release", "6.1.1")
                        .status())
                .isEqualTo(1);
        assertThat(scene.run("kernel", "--vmlinux", scene.home().resolve("none").toString())
                        .err())
                .contains("there is no such file");
    }

    @Test
    void onlyWhatSomebodyApprovedIsPublished() throws IOException {
        scene.init();
        String store = scene.store().toString();
        String[] publish = {
            "--store", store, "--build", "abab", "--vmlinux", scene.vmlinux().toString()
        };

        CommandLineRun refused = scene.change("publish", publish);
        CommandLineRun.of(
                "store",
                "review",
                "--store",
                store,
                "--key",
                "abab",
                "--decision",
                "approved",
                "--who",
                "Ada",
                "--why",
                "read");
        CommandLineRun published = scene.change("publish", publish);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("Nobody has approved livepatch_a");
        assertThat(published.status()).isZero();
        assertThat(published.out()).startsWith("1  livepatch_a");
        assertThat(scene.run("show", "--archive", scene.archive().toString()).out())
                .contains(ArchiveScene.KERNEL_TEXT, "livepatch_a", "not promoted");
    }

    @Test
    void whatLiesBesideAModuleIsPublishedWithIt() throws IOException {
        scene.init();

        assertThat(scene.publish("livepatch_b", "g").status()).isZero();
    }

    @Test
    void aBuildThatIsNamedWithoutAKernelOrAKeyIsNotPublished() throws IOException {
        scene.init();
        String module = scene.approvedModule("livepatch_a", "f").toString();

        assertThat(scene.change("publish", "--module", module).status()).isEqualTo(2);
        assertThat(scene.run(
                                "publish",
                                "--archive",
                                scene.archive().toString(),
                                "--module",
                                module,
                                "--kernel",
                                ArchiveScene.KERNEL_TEXT)
                        .err())
                .contains("key");
        assertThat(scene.change("publish", "--module", module, "--kernel", "6.12.107")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void anArchiveThatNobodyRefreshesExpiresAndIsRefreshed() {
        scene.init();
        String archive = scene.archive().toString();
        scene.simulated().clock().advance(Duration.ofDays(3));

        CommandLineRun late = scene.run("show", "--archive", archive);
        CommandLineRun refreshed = scene.change("refresh", "--valid", "24h", "--format", "json");

        assertThat(late.status()).isEqualTo(1);
        assertThat(late.err()).contains("Nodes refuse this archive");
        assertThat(JSON.readTree(refreshed.out()).at("/timestamp/expires").asString())
                .isEqualTo(scene.simulated()
                        .clock()
                        .instant()
                        .plus(Duration.ofDays(1))
                        .toString());
        assertThat(scene.run("show", "--archive", archive).status()).isZero();
        assertThat(scene.change("refresh", "--all").status()).isZero();
        assertThat(scene.change("refresh", "--valid", "9999h").status()).isEqualTo(1);
    }

    @Test
    void aBundleIsReadAsANewNodeDoes() throws IOException {
        scene.init();
        scene.publish("livepatch_a", "f");
        scene.change(
                "publish",
                "--kernel",
                OTHER_BUILD,
                "--module",
                scene.approvedModule("livepatch_b", "g").toString());
        Path bundle = scene.home().resolve("site.tar.zst");
        String archive = scene.archive().toString();

        CommandLineRun written = scene.run(
                "bundle", "--archive", archive, "--kernel", ArchiveScene.KERNEL_TEXT, "--out", bundle.toString());
        CommandLineRun verified =
                scene.run("verify", bundle.toString(), "--root", scene.root().toString());

        assertThat(written.status()).isZero();
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains(ArchiveScene.KERNEL_TEXT, "livepatch_a");
        assertThat(verified.out()).doesNotContain(OTHER_BUILD, "livepatch_b");
        assertThat(scene.run("bundle", "--archive", archive, "--kernel", "x86_64/6.1.1/ab", "--out", bundle.toString())
                        .err())
                .contains("Nothing is published for x86_64/6.1.1/ab");
    }

    @Test
    void whatIsNotTheArchiveOfThatRootIsNotVerified() throws IOException {
        scene.init();
        scene.publish("livepatch_a", "f");
        ArchiveScene other =
                new ArchiveScene(Files.createDirectories(scene.home().resolve("other")));
        other.init();

        CommandLineRun run = scene.run(
                "verify", scene.archive().toString(), "--root", other.root().toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRootIsMadeInOnePlaceAndSignedInTwoOthers() {
        scene.makeKeys();
        scene.run("key", "--out", scene.key("second").toString());
        String file = scene.home().resolve("root.json").toString();

        JsonNode made = JSON.readTree(scene.run(
                        "root",
                        "--root-key",
                        scene.key("root") + ".pub",
                        scene.key("second") + ".pub",
                        "--key",
                        scene.key("online") + ".pub",
                        "--out",
                        file,
                        "--format",
                        "json")
                .out());
        CommandLineRun early = scene.change("init", "--root", file);
        CommandLineRun first =
                scene.run("sign", file, "--root-key", scene.key("root").toString());
        CommandLineRun second =
                scene.run("sign", file, "--root-key", scene.key("second").toString());

        assertThat(made.get("signed").asBoolean()).isFalse();
        assertThat(made.at("/roles/root/threshold").asInt()).isEqualTo(2);
        assertThat(early.status()).isEqualTo(1);
        assertThat(first.out()).contains("not signed by enough");
        assertThat(second.out()).contains(", signed");
        assertThat(scene.change("init", "--root", file).status()).isZero();
    }

    @Test
    void aKeyIsReplacedAndNodesFollow() throws IOException {
        scene.init();
        scene.publish("livepatch_a", "f");
        String next = scene.home().resolve("next.json").toString();
        scene.run("key", "--out", scene.key("new").toString());

        CommandLineRun made = scene.run(
                "root",
                "--archive",
                scene.archive().toString(),
                "--key",
                scene.key("new").toString(),
                "--out",
                next);
        CommandLineRun unsigned = scene.change("rotate", "--root", next);
        scene.run("sign", next, "--root-key", scene.key("root").toString());
        CommandLineRun rotated = scene.run(
                "rotate",
                "--archive",
                scene.archive().toString(),
                "--root",
                next,
                "--key",
                scene.key("online").toString(),
                scene.key("new").toString());

        assertThat(made.out()).startsWith("root 2");
        assertThat(unsigned.status()).isEqualTo(1);
        assertThat(rotated.status()).isZero();
        assertThat(scene.change("refresh").status()).as("the old key").isEqualTo(1);
        assertThat(scene.run(
                                "verify",
                                scene.archive().toString(),
                                "--root",
                                scene.root().toString())
                        .status())
                .isZero();
    }
}
