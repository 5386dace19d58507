package org.tuxtape.mail.internal.maildir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
import org.tuxtape.mail.internal.stream.StorageFaults;

/** Reads the mails of a folder that are new since a cursor. */
public final class MaildirMails implements Mails {
    private final SourceId id;
    private final Path directory;
    private final Folder folder;
    private final AnnouncementReader announcements;
    private final Progress progress;

    private List<Mail> mails = List.of();
    /** How many of the mails, at their beginning, came late: their names sort before the place that was reached. */
    private int late;

    private Tally seen = Tally.NOTHING;
    private @Nullable Delivery last;
    private long watermark;
    private int read;

    private MaildirMails(
            SourceId id, Path directory, AnnouncementReader announcements, Context context, Progress progress) {
        this.id = id;
        this.directory = directory;
        this.folder = new Folder(directory, context.cancellation());
        this.announcements = announcements;
        this.progress = progress;
    }

    /** Opens a folder behind a cursor. */
    public static CveStream open(
            SourceId id, Path directory, AnnouncementReader announcements, Cursor after, Context context) {
        Optional<MaildirCursor> place = Place.behind(id, after, MaildirCursor::tryParse);
        context.cancellation().throwIfCancelled();
        Progress progress = Progress.inMessages(context, "read " + id);
        MaildirMails opened = new MaildirMails(id, directory, announcements, context, progress);
        List<Mail> all = opened.list();
        progress.started(OptionalLong.empty());
        return MailStream.open(context, progress, () -> opened.begin(all, place));
    }

    private List<Mail> list() {
        if (!Files.exists(directory)) {
            throw new SourceException(id, Fault.MISSING, "There is no folder " + id + ".");
        }
        try {
            if (Files.isReadable(directory) && !folder.isMaildir()) {
                String message = id + " is no Maildir: it has no directories cur and new.";
                throw new SourceException(id, Fault.WRONG_KIND, message);
            }
            return folder.mails();
        } catch (IOException e) {
            throw StorageFaults.of(id, e);
        }
    }

    private MaildirMails begin(List<Mail> all, Optional<MaildirCursor> place) {
        watermark = all.stream().mapToLong(Mail::changed).max().orElse(0);
        mails = all;
        if (place.isPresent()) {
            resume(all, place.get());
        }
        return this;
    }

    private void resume(List<Mail> all, MaildirCursor after) {
        int split = 0;
        while (split < all.size() && all.get(split).delivery().compareTo(after.last()) <= 0) {
            split++;
        }
        List<Mail> before = all.subList(0, split);
        List<Mail> lateOnes = late(before, after);
        late = lateOnes.size();
        seen = late == 0 ? Tally.of(before) : after.seen();
        last = after.last();
        mails = Stream.concat(lateOnes.stream(), all.subList(split, all.size()).stream())
                .toList();
        if (late > 0) {
            progress.noted(late + " mails came late: their names sort among those that were read before.");
        }
    }

    /** Finds the mails that lie before a place now, and did not when the cursor was made. */
    private List<Mail> late(List<Mail> before, MaildirCursor after) {
        Tally difference = Tally.of(before).minus(after.seen());
        if (difference.equals(Tally.NOTHING)) {
            return List.of();
        }
        if (difference.count() > 0) {
            // In the order in which they came, so that a cursor between them leaves the youngest again.
            List<Mail> youngest = before.stream()
                    .sorted(Comparator.comparingLong(Mail::changed).thenComparing(Mail::delivery))
                    .skip(before.size() - Math.min(before.size(), difference.count()))
                    .toList();
            if (Tally.of(youngest).equals(difference)) {
                return youngest;
            }
        } else if (difference.count() < 0 && before.stream().noneMatch(mail -> mail.changed() > after.watermark())) {
            progress.noted(-difference.count() + " mails that were read before were taken away.");
            return List.of();
        }
        throw new SourceException(
                id,
                Fault.STALE_CURSOR,
                "The mails in " + id + " before the place of the cursor '" + after.toCursor()
                        + "' are not the ones that" + " were there, and which of them are new cannot be told.");
    }

    @Override
    public @Nullable CveEvent next() {
        if (read == mails.size()) {
            return null;
        }
        Mail mail = mails.get(read);
        seen = seen.with(mail);
        if (last == null || read >= late) {
            last = mail.delivery();
        }
        read++;
        return element(mail, new MaildirCursor(seen, watermark, last).toCursor());
    }

    private CveEvent element(Mail mail, Cursor cursor) {
        String location = "mail " + mail.delivery().unique();
        try {
            Path file = mail.file();
            if (!Files.exists(file)) {
                Optional<Path> found = folder.find(mail.delivery());
                if (found.isEmpty()) {
                    return announcements.lost("It was taken away while the folder was read.", location, cursor);
                }
                file = found.get();
            }
            if (!Files.isRegularFile(file)) {
                return announcements.lost("It is no file.", location, cursor);
            }
            return element(file, location, cursor);
        } catch (NoSuchFileException e) {
            return announcements.lost("It was taken away while the folder was read.", location, cursor);
        } catch (IOException e) {
            throw StorageFaults.of(id, e);
        }
    }

    private CveEvent element(Path file, String location, Cursor cursor) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(announcements.largestMessage() + 1);
            return announcements.fetched(new ByteRange(bytes, 0, bytes.length), location, cursor);
        }
    }

    @Override
    public long done() {
        return read;
    }

    @Override
    public void close() {
        mails = List.of();
    }
}
