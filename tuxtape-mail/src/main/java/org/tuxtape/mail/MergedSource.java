package org.tuxtape.mail;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.merge.MergedMails;
import org.tuxtape.mail.internal.merge.Seen;

/**
 * Several sources as one: each message that any of them has is delivered once.
 *
 * <p>Of the sources' next elements the one with the earliest date comes first; one without a date does not wait. The
 * origin of an element names this source, and its location says which of the sources had it, and where.
 *
 * <h2>What is the same message</h2>
 *
 * <p>Two that say the same of the same CVE, and whose Message-IDs are equal where both have one. A copy that says
 * something else is delivered for itself, whatever its Message-ID: so nobody can suppress an announcement by sending
 * another one in its name first. The listener is told of each copy that is left out, with both places, so every origin is
 * known. A copy whose signature says more of its author than the first one's is no mere copy: it is delivered too.
 *
 * <h2>Faults</h2>
 *
 * <p>A source that fails does not spoil the others: they are read to their end, and then the stream throws a
 * {@link org.tuxtape.core.cve.SourceException} that names the one that failed, and has its exception as cause; if more
 * failed, they are suppressed ones of it. The cursors stay valid.
 *
 * <h2>Cursors and memory</h2>
 *
 * <p>A cursor holds one of each source. To know what was delivered before it, opening behind it reads the sources from
 * their start, once per process: an object of this class remembers where its last stream ended, so that to follow with it
 * costs nothing. If one of them cannot be read just then, copies of what it had delivered may come again. Memory grows by some 300 bytes with each message.
 *
 * <p>Safe for use by several threads; each opens its own stream.
 *
 * @since 0.1
 */
public final class MergedSource implements CveSource {
    private final SourceId id;
    private final List<CveSource> sources;
    private final AtomicReference<Seen> memory = new AtomicReference<>(Seen.nothing());

    private MergedSource(SourceId id, List<CveSource> sources) {
        this.id = id;
        this.sources = sources;
    }

    /**
     * Returns the source that reads several, and is named after them.
     *
     * @param sources at least one, in an order that stays the same as long as cursors are kept
     * @return the source; nothing is opened yet
     */
    public static MergedSource of(CveSource... sources) {
        return of(List.of(sources));
    }

    /**
     * Returns the source that reads several, and is named after them.
     *
     * @param sources at least one, in an order that stays the same as long as cursors are kept
     * @return the source; nothing is opened yet
     */
    public static MergedSource of(List<? extends CveSource> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("There is at least one source.");
        }
        String name = sources.stream().map(source -> source.id().text()).collect(Collectors.joining(", "));
        return new MergedSource(new SourceId(name), List.copyOf(sources));
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tells the listener of a task {@code merge}, counted in messages, and of the sources' own tasks within it.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        return MergedMails.open(id, sources, memory, after, context);
    }

    @Override
    public String toString() {
        return "merged " + id;
    }
}
