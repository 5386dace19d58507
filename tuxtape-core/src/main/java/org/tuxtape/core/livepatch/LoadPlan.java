package org.tuxtape.core.livepatch;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;

/**
 * What loading a module would do, found out without doing it.
 *
 * @param name the module
 * @param patched functions that become patched by it at once; those of absent objects are not among them
 * @param reverted functions that go back to the original, since a livepatch that it replaces had them
 * @param absent objects that are not loaded now; they are patched when they are
 * @param obstacles what would make the kernel refuse it; empty if nothing is known to
 * @since 0.1
 */
public record LoadPlan(
        LivepatchName name,
        SortedSet<PatchedFunction> patched,
        SortedSet<PatchedFunction> reverted,
        List<String> absent,
        List<Obstacle> obstacles) {

    /** Copies the collections. */
    public LoadPlan {
        Objects.requireNonNull(name, "name");
        patched = Sorted.set(patched);
        reverted = Sorted.set(reverted);
        absent = List.copyOf(absent);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * A reason for which the kernel would refuse the module.
     *
     * @param errno the error number's name, for example {@code EBUSY}
     * @param reason one sentence
     */
    public record Obstacle(String errno, String reason) {
        /** Rejects {@code null}. */
        public Obstacle {
            Objects.requireNonNull(errno, "errno");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Tells whether nothing is known to be in the way.
     *
     * @return whether there are no obstacles
     */
    public boolean isClear() {
        return obstacles.isEmpty();
    }
}
