package org.tuxtape.kpatch.fix;

import java.util.List;
import org.tuxtape.core.fix.FixSource;

/**
 * Sources that are made of others.
 *
 * @since 0.1
 */
public final class FixSources {
    private FixSources() {}

    /**
     * Asks several sources. The fix that serves the kernel best is taken, whichever source it comes from: one of its own
     * branch, else one of the nearest newer branch, else one of mainline ({@link org.tuxtape.core.fix.FixLine}). Among
     * equals the first source wins, and sources behind one that has a fix of the own branch are not asked.
     *
     * <p>A source that throws a {@link org.tuxtape.core.TuxtapeException} does not hide what the others have: the fault is
     * told to the listener, and stands in the reason of a {@link org.tuxtape.core.fix.FixLookup.NeedsBackport}, since the
     * broken source might have had a better one. Where no other source has a fix, the first fault is thrown, and the others
     * are suppressed in it: with a store unread, nobody can say that there is none. Cancellation is passed on at once.
     *
     * @param sources at least one, in the order of trust
     * @return a source that is as safe for use by several threads as they are
     * @throws IllegalArgumentException if there is none
     */
    public static FixSource firstOf(List<? extends FixSource> sources) {
        return new NearestOf(sources);
    }

    /**
     * Asks several sources, as {@link #firstOf(List)} does.
     *
     * @param sources at least one, in the order of trust
     * @return a source that is as safe for use by several threads as they are
     * @throws IllegalArgumentException if there is none
     */
    public static FixSource firstOf(FixSource... sources) {
        return firstOf(List.of(sources));
    }
}
