package org.tuxtape.mail;

import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.maildir.MaildirMails;

/**
 * Announcements of the kernel's CVE team in a Maildir: a directory with {@code new} and {@code cur} below, and a file per
 * mail in them. Nothing in it is changed; flags do not matter.
 *
 * <p>Mails come in the order of their delivery: the time in their names, or of the file's last change if a name has none.
 *
 * <h2>What is new</h2>
 *
 * <p>A mail may come late: its name is made before it is put in place, and one that is moved or copied keeps its name. So
 * a cursor does not only hold the last delivery but a checksum over all mails before it, and late ones are found and
 * delivered first; the listener is told of them. Mails that were taken away are told of too. Where both happened, or a
 * mail was marked in between as well, nobody can tell what is new: that is {@code STALE_CURSOR}, and the caller reads
 * from the start again. So a folder that a service follows should be its own.
 *
 * <p>Memory grows by about half a kilobyte with each mail in the folder, but with no mail's content. Telling mails that
 * were marked from mails that came late takes a file system with the time of a file's last renaming, as those of Linux
 * have.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream.
 *
 * @see <a href="https://cr.yp.to/proto/maildir.html">Maildir, by its inventor</a>
 * @since 0.1
 */
public final class MaildirSource implements CveSource {
    private final SourceId id;
    private final Path directory;
    private final MailOptions options;

    private MaildirSource(SourceId id, Path directory, MailOptions options) {
        this.id = id;
        this.directory = directory;
        this.options = options;
    }

    /**
     * Returns the source that reads a folder.
     *
     * @param directory the one that holds {@code cur} and {@code new}; named in full by the source's id
     * @return the source, with the {@linkplain MailOptions#defaults() default options}; nothing is opened yet
     */
    public static MaildirSource of(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        return new MaildirSource(new SourceId(path.toString()), path, MailOptions.defaults());
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public MaildirSource with(MailOptions newOptions) {
        return new MaildirSource(id, directory, Objects.requireNonNull(newOptions, "newOptions"));
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
        return MaildirMails.open(id, directory, announcements, after, context);
    }

    @Override
    public String toString() {
        return "Maildir " + id;
    }
}
