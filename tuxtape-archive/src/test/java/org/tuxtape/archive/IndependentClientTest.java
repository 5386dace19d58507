package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;

/** What is published is accepted by another implementation of the specification, that of npm, and in its own language. */
class IndependentClientTest {
    @TempDir
    Path directory;

    private Path modules;
    private LocalServer server;

    @BeforeEach
    void findTheClient() {
        String lab = System.getProperty("tuxtape.lab", System.getProperty("user.home") + "/.cache/tuxtape-lab");
        modules = Path.of(lab, "tuf-js", "node_modules");
        Assumptions.assumeTrue(
                Files.isDirectory(modules.resolve("tuf-js")), modules + "/tuf-js is missing, see lab/check-archive");
        server = LocalServer.of(directory.resolve("archive"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void anotherClientAcceptsTheArchiveAndFollowsItsRoots() throws Exception {
        // In real time, which the other client goes by.
        Context context = Context.standard();
        Keys keys =
                Keys.create().with(Role.TARGETS, 2, Keys.signer(KeyScheme.ED25519), Keys.signer(KeyScheme.ECDSA_P256));
        RootMetadata root = keys.firstRoot(context.clock().instant());
        PatchArchive archive = PatchArchive.open(directory.resolve("archive"), keys.online(), Validity.standard());
        archive.create(root, context);
        archive.changePolicy(before -> "one", context);
        Files.write(directory.resolve("root.json"), root.toBytes());
        assertThat(read("policy")).isEqualTo("one");

        Submission submission = Samples.submission(directory.resolve("store"), "livepatch_a", "first");
        archive.publish(List.of(submission), context);
        KernelIndex index = archive.index(Samples.KERNEL).orElseThrow();
        assertThat(read(KernelIndex.path(Samples.KERNEL))).isEqualTo(index.toText());
        assertThat(read(index.patches().get(0).manifest()))
                .isEqualTo(submission.module().manifest().toText());

        Keys newer = keys.with(Role.TIMESTAMP, 1, Keys.signer(KeyScheme.ECDSA_P256))
                .with(Role.ROOT, 1, Keys.signer(KeyScheme.ED25519));
        RootMetadata next = newer.nextRoot(root, keys, context.clock().instant());
        PatchArchive both = PatchArchive.open(
                directory.resolve("archive"),
                Stream.concat(keys.online().stream(), newer.online().stream()).toList(),
                Validity.standard());
        both.rotate(next, context);
        both.changePolicy(before -> "two", context);
        assertThat(read("policy")).isEqualTo("two");
        assertThat(server.requests).contains("metadata/2.root.json");
    }

    private String read(String target) throws IOException, InterruptedException {
        Path script = directory.resolve("tuf-client.js");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("tuf-client.js"))) {
            Files.write(script, in.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        script.toString(),
                        directory.resolve("root.json").toString(),
                        directory.resolve("state").toString(),
                        server.address().toString(),
                        target)
                .redirectErrorStream(true);
        builder.environment().put("NODE_PATH", modules.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
