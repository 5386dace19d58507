package org.tuxtape.core.cve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

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
    private final Map<CveId, CatalogEntry> entries = new TreeMap<>();
    private final List<CveEvent.Unreadable> unreadable;
    private final List<SourceException> faults;
    private final int messages;

    CveCatalog(Fold fold) {
        fold.histories.forEach((id, history) -> entries.put(id, CatalogEntry.of(id, history)));
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
                fold.add(fault);
            }
        }
        return new CveCatalog(fold);
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
     * Finds the CVEs whose fix touches a file.
     *
     * @param file its path in the kernel's source
     * @return the entries that hold and name it, by id
     */
    public List<CatalogEntry> byFile(SourcePath file) {
        return holding(cve -> cve.files().contains(file));
    }

    /**
     * Finds the CVEs that a commit fixes, on whatever branch.
     *
     * @param commit its id, in full or abbreviated
     * @return the entries that hold and name it as a fix, by id; an abbreviation may mean several
     */
    public List<CatalogEntry> byFix(CommitId commit) {
        return holding(cve -> cve.fixCommits().stream().anyMatch(fix -> fix.matches(commit)));
    }

    /**
     * Finds the CVEs that a release fixes: what an update to it from the one before brings.
     *
     * @param release a release or release candidate
     * @return the entries that hold and name it as the first version with a fix, by id
     */
    public List<CatalogEntry> fixedIn(KernelVersion release) {
        return holding(cve -> cve.ranges().stream()
                .anyMatch(range -> range.fixed().flatMap(Change::version).equals(Optional.of(release))));
    }

    private List<CatalogEntry> holding(Predicate<Cve> condition) {
        return entries.values().stream()
                .filter(entry ->
                        entry.current() instanceof CveEvent.Published published && condition.test(published.cve()))
                .toList();
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

    /** What was read so far. */
    static final class Fold {
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

        void add(SourceException fault) {
            faults.add(fault);
        }

        private void remember(CveId id, CveEvent event) {
            histories.computeIfAbsent(id, key -> new ArrayList<>(1)).add(event);
        }
    }
}
