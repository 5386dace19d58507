package org.tuxtape.mail.internal.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.core.cve.Authenticity;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;

/** Which messages were delivered up to a place. Used by one thread at a time. */
public final class Seen {
    private final Map<Content, List<Copy>> contents;
    private Cursor place;

    private Seen(Map<Content, List<Copy>> contents, Cursor place) {
        this.contents = contents;
        this.place = place;
    }

    /** What was delivered up to the start. */
    public static Seen nothing() {
        return new Seen(new HashMap<>(), Cursor.START);
    }

    /** The same for another stream. */
    Seen copy() {
        return new Seen(new HashMap<>(contents), place);
    }

    Cursor place() {
        return place;
    }

    void reach(Cursor newPlace) {
        place = newPlace;
    }

    /** A message that was delivered. */
    private record Copy(Optional<String> messageId, boolean signed, String origin) {
        static Copy of(CveEvent event) {
            return new Copy(
                    event.origin().messageId(),
                    event.origin().authenticity() instanceof Authenticity.Valid,
                    event.origin().toString());
        }

        /** Whether another one of the same content is the same message, and shows no more of who wrote it. */
        boolean covers(Copy other) {
            boolean same = messageId.isEmpty() || other.messageId.isEmpty() || messageId.equals(other.messageId);
            return same && (signed || !other.signed);
        }
    }

    /** Takes an element; tells where the same message was met before, if it was. */
    Optional<String> meet(CveEvent event) {
        Copy copy = Copy.of(event);
        if (event instanceof CveEvent.Unreadable && copy.messageId().isEmpty()) {
            return Optional.empty();
        }
        Content content = Content.of(event);
        List<Copy> known = contents.getOrDefault(content, List.of());
        Optional<String> first = known.stream()
                .filter(other -> other.covers(copy))
                .map(Copy::origin)
                .findFirst();
        if (first.isEmpty()) {
            contents.put(content, Stream.concat(known.stream(), Stream.of(copy)).toList());
        }
        return first;
    }
}
