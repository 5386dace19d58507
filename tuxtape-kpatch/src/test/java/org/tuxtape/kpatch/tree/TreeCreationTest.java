package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.kpatch.tree.TreeException.Fault;
import org.tuxtape.testkit.RecordingListener;

/** Trees that are made from a source, with the real make, tar and cp. */
@Timeout(600)
class TreeCreationTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path root = Path.of("");

    private Path source;
    private Path config;

    @BeforeEach
    void makeSource() throws IOException {
        source = KbuildTree.in(root.resolve("source/linux-6.1")).small.root;
        config = root.resolve("config");
        Files.move(source.resolve(".config"), config);
        Files.writeString(config, Files.readString(config) + "CONFIG_GONE=y\n");
    }

    private BuildTree create(Path from, Context context) {
        return BuildTree.create(from, config, root.resolve("tree"), context);
    }

    @Test
    void fromADirectoryWithAConfigAndWithWordOfWhatCouldNotBeHad() {
        RecordingListener listener = new RecordingListener();
        BuildTree tree = create(source, Context.standard().with(listener));

        assertThat(tree.directory().getFileName()).hasToString("tree");
        assertThat(tree.config(ConfigSymbol.parse("LIVEPATCH"))).isEqualTo(ConfigValue.YES);
        assertThat(tree.config(ConfigSymbol.parse("GONE"))).isEqualTo(ConfigValue.NO);
        listener.assertWellFormed();
        assertThat(listener.events())
                .filteredOn(Event.Noted.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Event.Noted) event).message())
                        .isEqualTo("CONFIG_GONE=y cannot be had and is now n."));
        assertThat(source.resolve(".config")).doesNotExist();
    }

    @Test
    void fromAnArchiveOfOneDirectory() {
        Path archive = root.resolve("linux.tar.gz");
        KbuildTree.run(root.resolve("source"), "tar", "-czf", archive.toString(), "linux-6.1");

        BuildTree tree = create(archive, Context.standard());

        assertThat(tree.directory().resolve("net/a.c")).hasSameBinaryContentAs(source.resolve("net/a.c"));
        assertThat(root).isDirectoryNotContaining("glob:**.unfinished");
    }

    /** The fault: a source that brings the state of another tree with it. */
    @Test
    void nothingOfAnotherTreesStateIsTakenOver() throws IOException {
        Files.createDirectories(source.resolve(".tuxtape/copies"));
        Files.writeString(source.resolve(".tuxtape/journal"), "forged");
        assertThat(create(source, Context.standard()).directory().resolve(".tuxtape"))
                .doesNotExist();
    }

    @Test
    void isPreparedOnce() {
        BuildTree tree = create(source, Context.standard());
        RecordingListener listener = new RecordingListener();
        try (TreeLease lease =
                tree.lease("to prepare", Duration.ZERO, Context.standard().with(listener))) {
            assertThat(lease.prepare(List.of("-j2", "vmlinux"), LONG).vmlinux()).isPresent();
            assertThat(listener.events()).contains(new Event.Logged("make " + tree.directory(), "LINK vmlinux"));
            int told = listener.events().size();

            lease.prepare(List.of("-j2", "vmlinux"), LONG);
            assertThat(listener.events()).hasSize(told);
        }
        listener.assertWellFormed();
    }

    /** The fault: a source that does not compile. */
    @Test
    void aMakeThatFailsIsToldWithItsLastLines() {
        BuildTree tree = create(source, Context.standard());
        try (TreeLease lease = tree.lease("to make", Duration.ZERO, Context.standard())) {
            assertThatExceptionOfType(TreeException.class)
                    .isThrownBy(() -> lease.make(List.of("nothing-of-this-name"), LONG))
                    .withMessageContaining("No rule to make target")
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.TOOL_FAILED));
        }
    }

    /** The fault: something that is no archive. */
    @Test
    void whatCannotBeUnpackedLeavesNothing() throws IOException {
        Path archive = Files.writeString(root.resolve("linux.tar"), "no archive\n".repeat(2000));
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> create(archive, Context.standard()))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.TOOL_FAILED));
        assertThat(root.resolve("tree")).doesNotExist();
        assertThat(root).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void whatIsThereIsNotTouched() throws IOException {
        Files.createDirectory(root.resolve("tree"));
        assertThatExceptionOfType(TreeException.class)
                .isThrownBy(() -> create(source, Context.standard()))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.EXISTS));
        assertThat(root.resolve("tree")).isEmptyDirectory();
    }

    @Test
    void canBeCancelled() {
        CancellationToken token = CancellationToken.create();
        Context context = Context.standard().with(token).with(event -> token.cancel());
        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> create(source, context));
        assertThat(root.resolve("tree")).doesNotExist();
        assertThat(root).isDirectoryNotContaining("glob:**.unfinished");
    }
}
