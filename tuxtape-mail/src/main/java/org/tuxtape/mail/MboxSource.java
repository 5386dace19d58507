package org.tuxtape.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.expand.ExpansionLimits;
import org.tuxtape.mail.internal.expand.RawArchive;
import org.tuxtape.mail.internal.mbox.Archives;
import org.tuxtape.mail.internal.mbox.Archives.Archive;
import org.tuxtape.mail.internal.mbox.MboxSettings;
import org.tuxtape.mail.internal.mbox.Quoting;

/**
 * Announcements of the kernel's CVE team in an mbox archive, which may be compressed with gzip, bzip2, xz or zstd; what
 * it is compressed with shows in its first bytes, not in its name. Also reads several archives one behind the other.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream. Reading goes on in memory that does not
 * grow with the archive.
 *
 * <h2>Where a message begins</h2>
 *
 * <p>At a line of the form {@code From}, sender, date as {@code asctime} writes it. Of the lines that have it
 *
 * <ul>
 *   <li>one by public-inbox (the sender is {@code mboxrd@z}) always begins a message;
 *   <li>one by a tool of the kernel CNA (git's fixed date {@code Mon Sep 17 00:00:00 2001}, and a sender like
 *       {@code bippy-1.2.0}) does so behind an empty line or before a header field;
 *   <li>one of delivery (any other date) does so before a header field, and in an archive without quoting only behind an
 *       empty line as well;
 *   <li>one by git (its fixed date, and any other sender, mostly a commit id) does so only at the start of the archive,
 *       or where the message before began with one too: elsewhere it is the first line of a patch that somebody put
 *       into a message.
 * </ul>
 *
 * <p>A line that is missed would hide a message, one too many makes two messages unreadable, which is seen: so the rules
 * lean to the latter. Text before the first such line is an unreadable element of its own; an archive without any such
 * line, other than an empty one, is of the wrong kind. {@code Content-Length} is not believed.
 *
 * <h2>What is made of a message</h2>
 *
 * <p>The description of a published CVE is the text of the fix commit, without the sentences that the CNA puts before
 * and behind it. A version line that is understood in part gives a range that is rather too wide, and a remark; one that
 * is not understood at all makes the message unreadable, and so do sections that are missing and CVE ids that
 * contradict each other. Line numbers count from the first line of the mail's header; where a body is encoded, the lines
 * of the decoded text are counted from where it begins.
 *
 * <h2>Limits and faults</h2>
 *
 * <p>Beyond the rules of {@link CveSource}: a cursor holds the place of a message in the expanded archive and a
 * checksum of it, so it outlives appending and compressing anew, and {@code STALE_CURSOR} tells of any other change up
 * to that place: an archive that was cut or rotated is neither read again nor skipped in silence. Where an archive is
 * rotated, {@link #rotatedTo} says where to; where it is written to while it is read, {@link MboxOptions#settling()} keeps
 * half a message from being delivered. An archive that expands without end is given up with {@code LIMIT_EXCEEDED}, see {@link MboxOptions}.
 * Cancellation cannot wake a read that waits for a pipe; an interrupt counts as cancellation. Mails with encoded text need an implementation of Jakarta Mail
 * at run time; without one reading them fails with {@link IllegalStateException}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4155">RFC 4155, the mbox format</a>
 * @since 0.1
 */
public final class MboxSource implements CveSource {
    private final SourceId id;
    private final String name;
    private final List<Archive> oldestFirst;
    private final MboxOptions options;

    private MboxSource(SourceId id, String name, List<Archive> oldestFirst, MboxOptions options) {
        this.id = id;
        this.name = name;
        this.oldestFirst = oldestFirst;
        this.options = options;
    }

    /**
     * Opens the bytes of an archive that is not a file.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Opening {

        /**
         * Opens them at their beginning; called once per stream of the source.
         *
         * @return the bytes, which are closed with that stream
         * @throws IOException if they cannot be had; {@link java.nio.file.NoSuchFileException} and
         *     {@link java.nio.file.AccessDeniedException} say why
         */
        InputStream open() throws IOException;
    }

    /**
     * Returns the source that reads a file, or a pipe that has a path.
     *
     * @param archive its path; named in full by the source's id
     * @return the source, with the {@linkplain MboxOptions#defaults() default options}; nothing is opened yet
     */
    public static MboxSource of(Path archive) {
        Path path = archive.toAbsolutePath().normalize();
        return new MboxSource(
                new SourceId(path.toString()),
                name(path),
                List.of(new Archive("", () -> RawArchive.ofFile(path), false)),
                MboxOptions.defaults());
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /**
     * Returns the source that reads a stream which is there once, for example standard input.
     *
     * @param id what to call it
     * @param archive the stream; closed with the one that {@link #open} returns
     * @return the source, with the {@linkplain MboxOptions#defaults() default options}; opening it a second time is an
     *     {@link IllegalStateException}
     */
    public static MboxSource of(SourceId id, InputStream archive) {
        Objects.requireNonNull(archive, "archive");
        AtomicBoolean opened = new AtomicBoolean();
        return of(id, () -> {
            if (opened.getAndSet(true)) {
                throw new IllegalStateException(id + " can be read once only.");
            }
            return archive;
        });
    }

    /**
     * Returns the source that reads what can be opened again and again.
     *
     * @param id what to call it
     * @param archive opens the bytes
     * @return the source, with the {@linkplain MboxOptions#defaults() default options}; nothing is opened yet
     */
    public static MboxSource of(SourceId id, Opening archive) {
        Objects.requireNonNull(archive, "archive");
        return new MboxSource(
                id,
                id.text(),
                List.of(new Archive("", () -> RawArchive.ofStream(archive.open()), false)),
                MboxOptions.defaults());
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public MboxSource with(MboxOptions newOptions) {
        return new MboxSource(id, name, oldestFirst, Objects.requireNonNull(newOptions, "newOptions"));
    }

    /**
     * Names the files that this archive is rotated to. They are read before it, and a cursor whose message is no longer
     * in this archive is looked for in them, the newest first: so no message is lost or repeated by a rotation. One that
     * is not there yet is passed over. Which file a place is in shows by the message at it, not by a file's name.
     *
     * @param rotated files, the oldest first, each compressed or not
     * @return a source that differs in them; its id stays
     */
    public MboxSource rotatedTo(List<Path> rotated) {
        Stream<Archive> older = rotated.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .map(path -> new Archive(name(path) + ", ", () -> RawArchive.ofFile(path), true));
        Archive newest = oldestFirst.get(oldestFirst.size() - 1);
        return new MboxSource(id, name, Stream.concat(older, Stream.of(newest)).toList(), options);
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tells the listener of a task {@code read} with the last part of the path, counted in bytes of the archive as it
     * is stored.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        ExpansionLimits limits = new ExpansionLimits(options.largestExpansion(), options.largestDecoder());
        MboxSettings settings = new MboxSettings(forcedQuoting(), limits, options.settling());
        AnnouncementReader announcements = new AnnouncementReader(
                id, options.mail().largestMessage(), options.mail().signatures());
        return Archives.open(id, "read " + name, oldestFirst, settings, announcements, after, context);
    }

    private Optional<Quoting> forcedQuoting() {
        return switch (options.quoting()) {
            case AUTO -> Optional.empty();
            case MBOXRD -> Optional.of(Quoting.MBOXRD);
            case MBOXO -> Optional.of(Quoting.MBOXO);
            case NONE -> Optional.of(Quoting.NONE);
        };
    }

    @Override
    public String toString() {
        return "mbox " + id;
    }
}
