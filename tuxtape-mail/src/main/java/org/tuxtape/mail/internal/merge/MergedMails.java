package org.tuxtape.mail.internal.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.stream.MailStream;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Place;
import org.tuxtape.mail.internal.stream.Progress;

/** Reads several sources side by side. */
public final class MergedMails implements Mails {
    private final SourceId id;
    private final Progress progress;
    private final AtomicReference<Seen> memory;
    private final List<Branch> branches = new ArrayList<>();
    private Seen seen = Seen.nothing();
    private long read;

    private MergedMails(SourceId id, Progress progress, AtomicReference<Seen> memory) {
        this.id = id;
        this.progress = progress;
        this.memory = memory;
    }

    /**
     * Opens sources behind a cursor.
     *
     * @param memory what was seen up to where the last stream ended; set anew at the end of this one
     */
    public static CveStream open(
            SourceId id,
            List<? extends CveSource> sources,
            AtomicReference<Seen> memory,
            Cursor after,
            Context context) {
        MergedCursor place = MergedCursor.tryParse(after, sources.size()).orElseThrow(() -> Place.foreign(id, after));
        context.cancellation().throwIfCancelled();
        Progress progress = Progress.inMessages(context, "merge");
        progress.started(OptionalLong.empty());
        MergedMails mails = new MergedMails(id, progress, memory);
        return MailStream.open(context, progress, () -> mails.begin(sources, place, after, context));
    }

    private MergedMails begin(List<? extends CveSource> sources, MergedCursor place, Cursor after, Context context) {
        try {
            for (int i = 0; i < sources.size(); i++) {
                branches.add(new Branch(sources.get(i), place.parts().get(i), context));
            }
            recall(after, context);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void recall(Cursor after, Context context) {
        Seen remembered = Objects.requireNonNull(memory.get());
        if (remembered.place().equals(after)) {
            seen = remembered.copy();
            return;
        }
        Context quiet = context.with(EventListener.none());
        branches.forEach(branch -> branch.recall(seen, quiet));
        seen.reach(after);
    }

    @Override
    public @Nullable CveEvent next() {
        while (true) {
            Optional<Branch> first = branches.stream()
                    .filter(branch -> branch.head().isPresent())
                    .min(Comparator.comparing(Branch::time));
            if (first.isEmpty()) {
                throwFaults();
                return null;
            }
            CveEvent event = first.get().head().orElseThrow();
            first.get().take();
            read++;
            Optional<String> before = seen.meet(event);
            if (before.isEmpty()) {
                Cursor cursor =
                        new MergedCursor(branches.stream().map(Branch::cursor).toList()).toCursor();
                seen.reach(cursor);
                return moved(event, cursor);
            }
            progress.noted(event.origin() + " is the same message as " + before.get() + '.');
        }
    }

    private CveEvent moved(CveEvent event, Cursor cursor) {
        Origin from = event.origin();
        Origin origin =
                new Origin(id, from.kind(), from.toString(), from.messageId(), from.date(), from.authenticity());
        if (event instanceof CveEvent.Published published) {
            return new CveEvent.Published(origin, cursor, published.cve(), published.remarks());
        }
        if (event instanceof CveEvent.Rejected rejected) {
            return new CveEvent.Rejected(origin, cursor, rejected.id(), rejected.title(), rejected.reason());
        }
        CveEvent.Unreadable unreadable = (CveEvent.Unreadable) event;
        return new CveEvent.Unreadable(origin, cursor, unreadable.id(), unreadable.reason(), unreadable.excerpt());
    }

    private void throwFaults() {
        List<SourceException> faults =
                branches.stream().flatMap(branch -> branch.fault().stream()).toList();
        if (!faults.isEmpty()) {
            SourceException first = faults.get(0);
            String message = "Of " + branches.size() + " sources " + faults.size()
                    + " could not be read to the end, the first being " + first.source() + ": " + first.getMessage();
            SourceException all = new SourceException(id, first.fault(), message, first);
            faults.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }

    @Override
    public long done() {
        return read;
    }

    @Override
    public void close() {
        if (!branches.isEmpty()) {
            memory.set(seen);
            branches.forEach(Branch::close);
            branches.clear();
        }
    }
}
