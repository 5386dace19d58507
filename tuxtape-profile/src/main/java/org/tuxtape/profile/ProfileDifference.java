package org.tuxtape.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.profile.internal.KernelConfig;

/**
 * What differs between two profiles. A unit that only one of them names is no proof that the other build left it out, if
 * that one's origin does not name all units.
 *
 * @param before the kernel of the first profile
 * @param after the kernel of the second
 * @param added units of the second that the first does not name, with their objects
 * @param removed units of the first that the second does not name, with their objects
 * @param moved units of both that are in other objects
 * @param options options with another value, by name without {@code CONFIG_}; empty if one configuration is unknown
 * @param optionsKnown whether both configurations are known
 * @since 0.1
 */
public record ProfileDifference(
        KernelBuild before,
        KernelBuild after,
        SortedMap<SourcePath, SortedSet<KernelObject>> added,
        SortedMap<SourcePath, SortedSet<KernelObject>> removed,
        List<Moved> moved,
        List<OptionChange> options,
        boolean optionsKnown) {

    /**
     * A unit that went into other objects, for example as a module instead of built in.
     *
     * @param unit its path
     * @param before the objects of the first profile; never empty
     * @param after the objects of the second; never empty
     */
    public record Moved(SourcePath unit, SortedSet<KernelObject> before, SortedSet<KernelObject> after) {}

    /**
     * An option that was set otherwise.
     *
     * @param name its name without {@code CONFIG_}
     * @param before its value in the first profile
     * @param after its value in the second
     */
    public record OptionChange(String name, ConfigValue before, ConfigValue after) {}

    /** Copies the collections. */
    public ProfileDifference {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        added = Collections.unmodifiableSortedMap(new TreeMap<>(added));
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
        moved = List.copyOf(moved);
        options = List.copyOf(options);
    }

    /**
     * Compares two profiles: the units of vmlinux and the modules, and the options.
     *
     * @param before the first
     * @param after the second
     * @return what differs, ordered by path and by name
     */
    public static ProfileDifference between(KbuildProfile before, KbuildProfile after) {
        Optional<KernelConfig> one = before.contents().config();
        Optional<KernelConfig> other = after.contents().config();
        List<Moved> moved = new ArrayList<>();
        before.units().forEach((unit, objects) -> {
            SortedSet<KernelObject> now = after.units().get(unit);
            if (now != null && !now.equals(objects)) {
                moved.add(new Moved(unit, objects, now));
            }
        });
        return new ProfileDifference(
                before.kernel(),
                after.kernel(),
                without(after, before),
                without(before, after),
                moved,
                one.flatMap(first -> other.map(second -> options(first, second)))
                        .orElse(List.of()),
                one.isPresent() && other.isPresent());
    }

    private static SortedMap<SourcePath, SortedSet<KernelObject>> without(KbuildProfile all, KbuildProfile less) {
        SortedMap<SourcePath, SortedSet<KernelObject>> rest = new TreeMap<>(all.units());
        rest.keySet().removeAll(less.units().keySet());
        return rest;
    }

    private static List<OptionChange> options(KernelConfig before, KernelConfig after) {
        SortedSet<String> names = new TreeSet<>(before.values().keySet());
        names.addAll(after.values().keySet());
        return names.stream()
                .map(name -> new OptionChange(name, before.valueOf(name), after.valueOf(name)))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    /**
     * Tells whether nothing differs that is compared: neither units nor options.
     *
     * @return {@code true} also if the kernels have other names
     */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && moved.isEmpty() && options.isEmpty();
    }
}
