package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.Mbox;

@DisplayName("A listener of an mbox is told")
class MboxEventsTest {
    private static final String TASK = "read x.mbox";

    @TempDir
    Path directory;

    private final List<Event> events = new ArrayList<>();
    private final Context context = Context.standard().with(events::add);

    @Test
    @DisplayName("how many bytes there are, how many were read, and that all went well")
    void ofProgress() throws IOException {
        byte[] archive = Mbox.bytes(archive(1000));
        readAll(MboxSource.of(Files.write(directory.resolve("x.mbox"), archive)), Cursor.START);

        assertThat(events).startsWith(new Event.Started(TASK, OptionalLong.of(archive.length), "bytes"));
        assertThat(events)
                .endsWith(new Event.Advanced(TASK, archive.length), new Event.Ended(TASK, Event.End.COMPLETED));
        List<Long> done = events.stream()
                .filter(Event.Advanced.class::isInstance)
                .map(event -> ((Event.Advanced) event).done())
                .toList();
        assertThat(done).isSorted().doesNotHaveDuplicates().hasSize(archive.length / (1 << 18) + 1);
    }

    @Test
    void ofAnEmptyArchive() throws IOException {
        readAll(MboxSource.of(Files.createFile(directory.resolve("x.mbox"))), Cursor.START);

        assertThat(events)
                .containsExactly(
                        new Event.Started(TASK, OptionalLong.of(0), "bytes"),
                        new Event.Ended(TASK, Event.End.COMPLETED));
    }

    @Test
    @DisplayName("no size of a stream")
    void ofAStream() {
        readAll(MboxSource.of(new SourceId("-"), new ByteArrayInputStream(Mbox.bytes(archive(1)))), Cursor.START);

        assertThat(events).startsWith(new Event.Started("read -", OptionalLong.empty(), "bytes"));
    }

    @Test
    @DisplayName("that reading was stopped, if the stream is closed before its end")
    void ofClosing() throws IOException {
        try (CveStream stream = open(archive(2))) {
            stream.next();
        }

        assertThat(events).containsExactly(started(archive(2)), new Event.Ended(TASK, Event.End.CANCELLED));
    }

    @Test
    void ofCancelling() throws IOException {
        CancellationToken token = CancellationToken.create();
        Path file = Files.writeString(directory.resolve("x.mbox"), archive(2));
        try (CveStream stream = MboxSource.of(file).open(Cursor.START, context.with(token))) {
            token.cancel();
            assertThatThrownBy(stream::hasNext).isInstanceOf(CancelledException.class);
        }

        assertThat(events).containsExactly(started(archive(2)), new Event.Ended(TASK, Event.End.CANCELLED));
    }

    @Test
    void ofFailing() throws IOException {
        try (CveStream stream = open("no mbox")) {
            assertThatThrownBy(stream::hasNext).isInstanceOf(SourceException.class);
        }

        assertThat(events).containsExactly(started("no mbox"), new Event.Ended(TASK, Event.End.FAILED));
    }

    @Test
    void ofAStaleCursor() throws IOException {
        Path file = Files.writeString(directory.resolve("x.mbox"), archive(2));

        assertThatThrownBy(() -> MboxSource.of(file).open(new Cursor("mbox1:1:0:10:00000000"), context))
                .isInstanceOf(SourceException.class);
        assertThat(events).endsWith(new Event.Ended(TASK, Event.End.FAILED));
    }

    @Test
    @DisplayName("nothing of an archive that could not be opened")
    void ofNothing() {
        assertThatThrownBy(() -> MboxSource.of(directory).open(Cursor.START, context))
                .isInstanceOf(SourceException.class);

        assertThat(events).isEmpty();
    }

    private static Event started(String archive) {
        return new Event.Started(TASK, OptionalLong.of(archive.length()), "bytes");
    }

    private CveStream open(String archive) throws IOException {
        return MboxSource.of(Files.writeString(directory.resolve("x.mbox"), archive))
                .open(Cursor.START, context);
    }

    private void readAll(MboxSource source, Cursor after) {
        try (CveStream stream = source.open(after, context)) {
            stream.forEachRemaining(element -> {});
        }
    }

    private static String archive(int mails) {
        return Mbox.mboxrd(IntStream.rangeClosed(1, mails)
                .mapToObj(number -> AnnouncementPrinter.mail(Cves.numbered(number)))
                .toList());
    }
}
