package org.tuxtape.mail.internal.publicinbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.mime.ByteRange;
import org.tuxtape.mail.internal.stream.MailStream;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Place;
import org.tuxtape.mail.internal.stream.Progress;

/** Reads the messages of an archive, epoch by epoch. */
public final class InboxMails implements Mails {
    private final SourceId id;
    private final SortedMap<Integer, Path> epochs;
    private final AnnouncementReader announcements;
    private final Context context;
    private final Progress progress;

    private int number;
    private @Nullable Epoch epoch;
    private History history = new History();
    /** The messages of the epoch that a commit of it deletes, and the last one that does. */
    private Map<ObjectId, Integer> deletions = Map.of();

    private int place;
    private long read;

    private InboxMails(
            SourceId id,
            SortedMap<Integer, Path> epochs,
            AnnouncementReader announcements,
            Context context,
            Progress progress) {
        this.id = id;
        this.epochs = epochs;
        this.announcements = announcements;
        this.context = context;
        this.progress = progress;
    }

    /** Opens an archive behind a cursor. */
    public static CveStream open(
            SourceId id, Path path, AnnouncementReader announcements, Cursor after, Context context) {
        Optional<InboxCursor> cursor = Place.behind(id, after, InboxCursor::tryParse);
        context.cancellation().throwIfCancelled();
        SortedMap<Integer, Path> epochs = Layout.epochs(id, path);
        Progress progress = Progress.inMessages(context, "read " + id);
        InboxMails mails = new InboxMails(id, epochs, announcements, context, progress);
        progress.started(OptionalLong.empty());
        return MailStream.open(context, progress, () -> mails.begin(cursor));
    }

    private InboxMails begin(Optional<InboxCursor> after) {
        try {
            if (after.isPresent()) {
                resume(after.get());
            } else {
                enter(epochs.firstKey());
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void enter(int epochNumber) {
        close();
        Path directory = epochs.get(epochNumber);
        if (directory == null) {
            String message = id + " lacks its epoch " + epochNumber + ", and has later ones.";
            throw new SourceException(id, Fault.TRUNCATED, message);
        }
        number = epochNumber;
        place = 0;
        Epoch opened = Epoch.open(id, directory, announcements.largestMessage(), context.cancellation());
        epoch = opened;
        history = opened.history(context.cancellation());
        deletions = new HashMap<>(0);
        for (int i = 0; i < history.size(); i++) {
            Entry entry = history.oldest(i);
            if (entry.kind() == Entry.Kind.DELETION) {
                deletions.put(entry.blob(), i);
            }
        }
    }

    private void resume(InboxCursor after) {
        if (!epochs.containsKey(after.epoch())) {
            throw stale(after);
        }
        enter(after.epoch());
        if (after.number() <= history.size()
                && history.oldest(after.number() - 1).commit().equals(after.commit())) {
            place = after.number();
        } else {
            place = sameMessage(after);
            progress.noted("The history of " + id + " was rewritten; reading goes on behind the same message, which is "
                    + "number " + place + " now and was number " + after.number() + '.');
        }
    }

    /**
     * Finds the message in a history that was rewritten. A rewriting takes messages away; where one was put in before
     * that place, nobody can tell which.
     */
    private int sameMessage(InboxCursor after) {
        for (int i = Math.min(after.number(), history.size()) - 1; i >= 0; i--) {
            Entry entry = history.oldest(i);
            if (entry.blob().equals(after.blob()) && !entry.blob().equals(ObjectId.zeroId())) {
                return i + 1;
            }
        }
        throw stale(after);
    }

    private SourceException stale(InboxCursor after) {
        String message = "The history of " + id + " has no place like that of the cursor '" + after.toCursor() + "'.";
        return new SourceException(id, Fault.STALE_CURSOR, message);
    }

    @Override
    public @Nullable CveEvent next() {
        while (true) {
            context.cancellation().throwIfCancelled();
            if (place == history.size()) {
                if (number == epochs.lastKey()) {
                    return null;
                }
                enter(number + 1);
                continue;
            }
            int current = place++;
            Entry entry = history.oldest(current);
            read++;
            if (entry.kind() != Entry.Kind.MESSAGE || deletions.getOrDefault(entry.blob(), -1) < current) {
                return element(entry);
            }
        }
    }

    private CveEvent element(Entry entry) {
        Cursor cursor = new InboxCursor(number, place, entry.commit(), entry.blob()).toCursor();
        String location = "epoch " + number + ", commit " + entry.commit().name();
        return switch (entry.kind()) {
            case MESSAGE -> message(entry.blob(), location, cursor);
            case DELETION ->
                announcements.lost(
                        "The keeper of the archive has deleted message "
                                + entry.blob().name() + '.',
                        location,
                        cursor);
            case EMPTY -> announcements.lost("The commit holds no message.", location, cursor);
            case BROKEN -> announcements.lost("What the commit holds cannot be read.", location, cursor);
        };
    }

    private CveEvent message(ObjectId blob, String location, Cursor cursor) {
        Epoch open = epoch;
        if (open == null) {
            throw new IllegalStateException("The archive is closed.");
        }
        try {
            byte[] bytes = open.message(blob, announcements.largestMessage() + 1);
            return announcements.fetched(new ByteRange(bytes, 0, bytes.length), location, cursor);
        } catch (LargeObjectException e) {
            return announcements.tooLarge(new ByteRange(new byte[0], 0, 0), location, cursor);
        } catch (MissingObjectException e) {
            return announcements.lost("Its object " + blob.name() + " is missing.", location, cursor);
        } catch (IOException e) {
            return announcements.lost("Its object " + blob.name() + " is damaged.", location, cursor);
        }
    }

    @Override
    public long done() {
        return read;
    }

    @Override
    public void close() {
        if (epoch != null) {
            epoch.close();
            epoch = null;
        }
    }
}
