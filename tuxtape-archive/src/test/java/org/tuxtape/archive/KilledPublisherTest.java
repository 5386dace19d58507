package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;

/** Injected: SIGKILL for the whole Java machine of a publisher, in the middle of a file and between files. */
class KilledPublisherTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 22, 25})
    void anArchiveOutlivesItsPublisher(int steps, @TempDir Path home) throws IOException, InterruptedException {
        Context context = Context.standard();
        RootMetadata root =
                PublishingProcess.keys(home).firstRoot(context.clock().instant());
        PatchArchive archive = PublishingProcess.archive(home);
        Path directory = archive.directory();
        archive.create(root, context);
        Submission first = Samples.submission(home.resolve("store"), "livepatch_a", "first");
        archive.publish(List.of(first), context);

        Process process = PublishingProcess.publishing(home, steps);
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith(directory.toString());
        } finally {
            process.destroyForcibly().waitFor();
        }

        ArchiveClient client = ArchiveClient.of(new ArchiveLocation.Directory(directory), home.resolve("node"), root);
        assertThat(patches(client, context))
                .startsWith(first.module().manifest().sha256());
        Submission second = Samples.submission(home.resolve("store"), "livepatch_a", "second");
        assertThat(archive.publish(List.of(second), Context.standard())).isInstanceOf(Publication.Published.class);
        assertThat(patches(client, context))
                .containsExactly(
                        first.module().manifest().sha256(),
                        second.module().manifest().sha256());
    }

    private static List<String> patches(ArchiveClient client, Context context) {
        return client.update(context).index(Samples.KERNEL, context).orElseThrow().patches().stream()
                .map(KernelIndex.Patch::sha256)
                .toList();
    }
}
