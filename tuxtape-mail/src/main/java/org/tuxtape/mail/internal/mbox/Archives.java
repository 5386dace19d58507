package org.tuxtape.mail.internal.mbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.expand.RawArchive;
import org.tuxtape.mail.internal.stream.MailStream;
import org.tuxtape.mail.internal.stream.Mails;
import org.tuxtape.mail.internal.stream.Place;
import org.tuxtape.mail.internal.stream.Progress;

/**
 * Reads an mbox, and before it the ones that it was rotated to. A place is looked for in the newest first; what was
 * written behind it is then read from there on, through all that are newer.
 */
public final class Archives implements Mails {
    private final SourceId id;
    private final List<Archive> oldestFirst;
    private final MboxSettings settings;
    private final AnnouncementReader announcements;
    private final Context context;
    private final Progress progress;
    private @Nullable MboxMails current;
    private int following;
    private long doneBefore;

    private Archives(
            SourceId id,
            List<Archive> oldestFirst,
            MboxSettings settings,
            AnnouncementReader announcements,
            Context context,
            Progress progress) {
        this.id = id;
        this.oldestFirst = oldestFirst;
        this.settings = settings;
        this.announcements = announcements;
        this.context = context;
        this.progress = progress;
    }

    /**
     * One of the archives.
     *
     * @param within what origins say before the place of a message
     * @param opener opens it
     * @param optional whether it may be missing
     */
    public record Archive(String within, RawArchive.Opener opener, boolean optional) {}

    /**
     * Opens archives behind a cursor.
     *
     * @param id the name for origins and messages
     * @param task the name for events
     * @param oldestFirst at least one
     */
    public static CveStream open(
            SourceId id,
            String task,
            List<Archive> oldestFirst,
            MboxSettings settings,
            AnnouncementReader announcements,
            Cursor after,
            Context context) {
        Optional<MboxCursor> place = Place.behind(id, after, MboxCursor::tryParse);
        context.cancellation().throwIfCancelled();
        Progress progress = Progress.inBytes(context, task);
        Archives archives = new Archives(id, oldestFirst, settings, announcements, context, progress);
        // The newest is opened before the task starts: of what cannot be opened nothing is told.
        MboxMails newest = archives.openAt(oldestFirst.size() - 1).orElseThrow();
        progress.started(oldestFirst.size() == 1 ? newest.archive().size() : OptionalLong.empty());
        return MailStream.open(context, progress, () -> archives.begin(newest, place));
    }

    private Archives begin(MboxMails newest, Optional<MboxCursor> place) {
        current = newest;
        following = oldestFirst.size();
        try {
            if (place.isPresent()) {
                resume(place.get());
            } else if (oldestFirst.size() > 1) {
                newest.close();
                current = null;
                following = 0;
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void resume(MboxCursor after) {
        if (current != null && current.resume(after)) {
            return;
        }
        close();
        for (int i = oldestFirst.size() - 2; i >= 0; i--) {
            current = openAt(i).orElse(null);
            following = i + 1;
            if (current != null && current.resume(after)) {
                progress.noted("The archive was rotated; reading goes on in "
                        + oldestFirst.get(i).within().strip());
                return;
            }
            close();
        }
        String message = id + " was changed before the place of the cursor '" + after.toCursor() + "'.";
        throw new SourceException(id, Fault.STALE_CURSOR, message);
    }

    private Optional<MboxMails> openAt(int index) {
        Archive archive = oldestFirst.get(index);
        try {
            return Optional.of(
                    MboxMails.open(id, archive.within(), archive.opener(), settings, announcements, context, progress));
        } catch (SourceException e) {
            if (archive.optional() && e.fault() == Fault.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public @Nullable CveEvent next() {
        while (true) {
            CveEvent event = current == null ? null : current.next();
            if (event != null || following == oldestFirst.size()) {
                return event;
            }
            doneBefore = done();
            close();
            current = openAt(following++).orElse(null);
        }
    }

    @Override
    public long done() {
        return doneBefore + (current == null ? 0 : current.done());
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
