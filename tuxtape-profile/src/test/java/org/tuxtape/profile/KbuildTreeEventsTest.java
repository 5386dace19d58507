package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;
import org.tuxtape.testkit.RecordingListener;

/** What a caller hears while a tree is read, and how it stops the reading. */
class KbuildTreeEventsTest {
    @TempDir
    private Path directory;

    private SmallBuild build;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void writeBuild() {
        build = SmallBuild.complete(directory, Layout.ELSEWHERE, Spelling.SAVEDCMD);
    }

    private Context listening() {
        return Context.standard().with(listener);
    }

    @Test
    void eachTaskStartsAndEnds() {
        KbuildTree.read(build.tree(), listening());

        listener.assertWellFormed();
        assertThat(listener.events().stream().filter(event -> event instanceof Event.Ended))
                .containsExactly(
                        new Event.Ended("list " + build.tree(), Event.End.COMPLETED),
                        new Event.Ended("list " + build.sourceDirectory(), Event.End.COMPLETED),
                        new Event.Ended("read " + build.tree(), Event.End.COMPLETED));
    }

    @Test
    void readingTellsHowMuchThereIsAndHowMuchIsDone() {
        KbuildTree.read(build.tree(), listening());

        Event.Started started = listener.events().stream()
                .filter(event -> event.task().equals("read " + build.tree()))
                .map(event -> (Event.Started) event)
                .findFirst()
                .orElseThrow();
        assertThat(started.unit()).isEqualTo("files");
        assertThat(listener.events())
                .contains(new Event.Advanced(started.task(), started.total().orElseThrow()));
        assertThat(started.total()).isNotEqualTo(OptionalLong.of(0));
    }

    @Test
    void whatIsUnknownIsNoted() {
        build.without(".config");

        KbuildTree.read(build.tree(), listening());

        assertThat(listener.events())
                .contains(new Event.Noted("read " + build.tree(), "There is no .config: every option is unknown."));
    }

    @Test
    void aTaskThatFailsSaysSo() {
        build.cmd("fs/huge.o", "x".repeat(4 << 20));

        assertThatExceptionOfType(ProfileException.class).isThrownBy(() -> KbuildTree.read(build.tree(), listening()));
        listener.assertWellFormed();
        assertThat(listener.events()).contains(new Event.Ended("read " + build.tree(), Event.End.FAILED));
    }

    @Test
    void aCancelledTokenStopsBeforeAnythingIsRead() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> KbuildTree.read(build.tree(), listening().with(token)));
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void cancellingInBetweenEndsTheTaskAsCancelled() {
        CancellationToken token = CancellationToken.create();
        EventListener cancelling = event -> {
            listener.on(event);
            if (event.task().equals("list " + build.sourceDirectory())) {
                token.cancel();
            }
        };

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> KbuildTree.read(
                        build.tree(), Context.standard().with(cancelling).with(token)));
        listener.assertWellFormed();
        assertThat(listener.events()).contains(new Event.Ended("read " + build.tree(), Event.End.CANCELLED));
    }

    @Test
    void anInterruptedCallerIsACancelledOne() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> KbuildTree.read(build.tree(), listening()));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        listener.assertWellFormed();
    }
}
