package org.tuxtape.core.cve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tuxtape.core.Context;

/**
 * Folds what sources deliver into one entry per CVE. Immutable.
 *
 * <p>Of several elements about one CVE a rejection holds over all others, else a record over an announcement, which is
 * never sent again when its record changes. Among equals the one with the latest date holds, one without a date only where
 * none has one; and where that does not tell, the one read last. So the order of the sources does not matter as long as
 * their elements are dated. The history stays visible in each entry.
 *
 * <p>A source that fails does not spoil the others: what it delivered before is kept, and {@link #faults()} names it. A
 * message that could not be understood is kept in {@link #unreadable()}: its CVE may be missing here for that reason
 * alone.
 *
 * @since 0.1
 */
public final class CveCatalog {
    private static final Comparator<CveEvent> PRECEDENCE = Comparator.comparing(
                    (CveEvent event) -> event instanceof CveEvent.Rejected)
            .thenComparing(event -> event.origin().kind())
            .thenComparing(event -> event.origin().date().orElse(Instant.MIN));

    private final Map<CveId, CatalogEntry> entries = new TreeMap<>();
    private final List<CveEvent.Unreadable> unreadable;
    private final List<SourceException> faults;
    private final int messages;

    private CveCatalog(Fold fold) {
        fold.histories.forEach((id, history) -> entries.put(id, new CatalogEntry(id, current(history), history)));
        unreadable = List.copyOf(fold.unreadable);
        faults = List.copyOf(fold.faults);
        messages = fold.messages;
    }

    /**
     * Reads sources to their end, in the {@linkplain Context#standard() standard context}.
     *
     * @param sources in any order; where dates do not tell, what is read last holds
     * @return the catalog
     */
    public static CveCatalog of(CveSource... sources) {
        return read(List.of(sources), Context.standard());
    }

    /**
     * Reads sources to their end, one after another. Memory grows with what the CVEs hold, not with the archives.
     *
     * @param sources in any order; where dates do not tell, what is read last holds
     * @param context cancellation, listener and clock
     * @return the catalog; it may have {@link #faults()}
     * @throws org.tuxtape.core.CancelledException if the token asks for it
     */
    public static CveCatalog read(Collection<? extends CveSource> sources, Context context) {
        Fold fold = new Fold();
        for (CveSource source : sources) {
            context.cancellation().throwIfCancelled();
            try (CveStream stream = source.open(Cursor.START, context)) {
                stream.forEachRemaining(fold::add);
            } catch (SourceException fault) {
                fold.faults.add(fault);
            }
        }
        return new CveCatalog(fold);
    }

    private static CveEvent current(List<CveEvent> history) {
        return history.stream()
                .reduce((held, next) -> PRECEDENCE.compare(next, held) >= 0 ? next : held)
                .orElseThrow();
    }

    /**
     * Returns what is known of every CVE.
     *
     * @return one entry per CVE, ordered by id; unmodifiable
     */
    public Collection<CatalogEntry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /**
     * Looks one CVE up.
     *
     * @param id its identifier
     * @return its entry, or empty if no readable message was about it
     */
    public Optional<CatalogEntry> find(CveId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /**
     * Returns the messages that nobody understood.
     *
     * @return in the order of reading
     */
    public List<CveEvent.Unreadable> unreadable() {
        return unreadable;
    }

    /**
     * Returns the sources that could not be read to their end.
     *
     * @return their faults, in the order of reading; empty if all is well
     */
    public List<SourceException> faults() {
        return faults;
    }

    /**
     * Counts what was read.
     *
     * @return the number of elements, unreadable ones among them
     */
    public int messages() {
        return messages;
    }

    private static final class Fold {
        private final Map<CveId, List<CveEvent>> histories = new TreeMap<>();
        private final List<CveEvent.Unreadable> unreadable = new ArrayList<>();
        private final List<SourceException> faults = new ArrayList<>();
        private int messages;

        void add(CveEvent event) {
            messages++;
            if (event instanceof CveEvent.Published published) {
                remember(published.cve().id(), event);
            } else if (event instanceof CveEvent.Rejected rejected) {
                remember(rejected.id(), event);
            } else if (event instanceof CveEvent.Unreadable message) {
                unreadable.add(message);
            }
        }

        private void remember(CveId id, CveEvent event) {
            histories.computeIfAbsent(id, key -> new ArrayList<>(1)).add(event);
        }
    }
}
