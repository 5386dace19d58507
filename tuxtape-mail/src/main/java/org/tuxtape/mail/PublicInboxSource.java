package org.tuxtape.mail;

import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.publicinbox.InboxMails;

/**
 * Announcements of the kernel's CVE team in an archive of public-inbox, version 2, as it is cloned from a list's server:
 * a directory with {@code git/0.git}, {@code git/1.git} and so on, or one such repository. Reading needs no work tree and
 * no git program.
 *
 * <p>Messages come oldest first, epoch after epoch. Each commit gives one element, but for a message that a later commit
 * of its epoch deletes: of it only the deletion tells, as an unreadable element, since whoever read before has it. A
 * message whose object is missing or damaged, and a commit that holds none, are unreadable elements too. Without a commit
 * all that came before it is lost, which is {@code CORRUPT}, as is {@code TRUNCATED} a shallow clone or an epoch that is
 * missing between others; the epochs before are read.
 *
 * <p>A cursor names the commit. Where the history was rewritten, which the keepers of an archive do to take a message out
 * of it, reading goes on behind the same message, and the listener is told; if that message is gone, or stands further
 * back than before, the cursor is stale.
 *
 * <p>Nothing but the archive is read, and nothing is written: no program is started, and no configuration of git matters.
 * So an archive with SHA-256 ids, or one that keeps its branches as reftable, counts as {@code CORRUPT}.
 *
 * <p>Memory grows by about fifty bytes with each message of an epoch, and by the indexes of its packs; git's objects are
 * read one by one. Of a message above 64 MiB not even the header is read.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream.
 *
 * @see <a href="https://public-inbox.org/public-inbox-v2-format.html">The format</a>
 * @since 0.1
 */
public final class PublicInboxSource implements CveSource {
    private final SourceId id;
    private final Path path;
    private final MailOptions options;

    private PublicInboxSource(SourceId id, Path path, MailOptions options) {
        this.id = id;
        this.path = path;
        this.options = options;
    }

    /**
     * Returns the source that reads a clone.
     *
     * @param archive the directory that holds {@code git/0.git}, or a repository; named in full by the source's id
     * @return the source, with the {@linkplain MailOptions#defaults() default options}; nothing is opened yet
     */
    public static PublicInboxSource of(Path archive) {
        Path path = archive.toAbsolutePath().normalize();
        return new PublicInboxSource(new SourceId(path.toString()), path, MailOptions.defaults());
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public PublicInboxSource with(MailOptions newOptions) {
        return new PublicInboxSource(id, path, Objects.requireNonNull(newOptions, "newOptions"));
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tells the listener of a task {@code read} with the path, counted in messages.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        AnnouncementReader announcements = new AnnouncementReader(id, options.largestMessage(), options.signatures());
        return InboxMails.open(id, path, announcements, after, context);
    }

    @Override
    public String toString() {
        return "public-inbox " + id;
    }
}
