package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.testkit.RecordingListener;

/** Ways to read a subject, each in a process of its own. */
record Reading(CveSourceSubject subject) {

    List<CveEvent> all() {
        return all(subject.source());
    }

    static List<CveEvent> all(CveSource source) {
        return behind(Cursor.START, source);
    }

    static List<CveEvent> behind(Cursor cursor, CveSource source) {
        try (CveStream stream = source.open(cursor, Context.standard())) {
            return rest(stream);
        }
    }

    static List<CveEvent> rest(CveStream stream) {
        List<CveEvent> elements = new ArrayList<>();
        stream.forEachRemaining(elements::add);
        return elements;
    }

    /** Opens a stream and takes elements from it. */
    CveStream open(int elements, Context context) {
        CveStream stream = subject.source().open(Cursor.START, context);
        for (int i = 0; i < elements; i++) {
            stream.next();
        }
        return stream;
    }

    /** Returns a stream that was closed behind some elements. */
    CveStream close(int elements) {
        CveStream stream = open(elements, Context.standard());
        stream.close();
        return stream;
    }

    /** Cancels a stream behind some elements, and tells whether it has more after that. */
    boolean cancel(int elements) {
        CancellationToken token = CancellationToken.create();
        try (CveStream stream = open(elements, Context.standard().with(token))) {
            token.cancel();
            assertThatExceptionOfType(CancelledException.class)
                    .as("cancelled behind element %d", elements)
                    .isThrownBy(() -> rest(stream));
            return stream.hasNext();
        }
    }

    /** Checks the grammar of events, and how the last task ended. Where tasks nest, that is the outermost. */
    static void assertEnd(RecordingListener listener, Event.End end) {
        listener.assertWellFormed();
        listener.events().stream()
                .filter(Event.Ended.class::isInstance)
                .map(Event.Ended.class::cast)
                .reduce((first, second) -> second)
                .ifPresent(last -> assertThat(last.end()).isEqualTo(end));
    }
}
