package org.tuxtape.profile.internal;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was compiled, and what that includes.
 *
 * @param units ordered by path, each path once
 * @param includers for each file that units include: which, by their place in {@code units}
 * @param buildInputs files that the build read for something else than a unit
 * @param mentioned files that may have been used: units name them in an {@code #include}, or makefiles
 *     under a condition, and nothing says whether that counted
 */
public record CompiledUnits(
        List<Unit> units, Map<String, BitSet> includers, Set<String> buildInputs, Set<String> mentioned) {
    /** Copies the collections. */
    public CompiledUnits {
        units = List.copyOf(units);
        includers = Map.copyOf(includers);
        buildInputs = Set.copyOf(buildInputs);
        mentioned = Set.copyOf(mentioned);
    }

    /**
     * Puts units together that an origin names one by one.
     *
     * @param units in any order; of equal paths the objects are joined
     * @param included per unit's path the files that it includes; may name files that are no unit
     */
    static CompiledUnits of(Collection<Unit> units, Map<String, ? extends Collection<String>> included) {
        SortedMap<String, Unit> merged = new TreeMap<>();
        units.forEach(unit -> merged.merge(unit.path().text(), unit, Unit::merge));
        Map<String, BitSet> includers = new HashMap<>();
        int number = 0;
        for (String unit : merged.keySet()) {
            for (String file : included.containsKey(unit) ? included.get(unit) : List.<String>of()) {
                if (!file.equals(unit)) {
                    includers
                            .computeIfAbsent(file, key -> new BitSet(merged.size()))
                            .set(number);
                }
            }
            number++;
        }
        return new CompiledUnits(List.copyOf(merged.values()), sharing(includers), Set.of(), Set.of());
    }

    /** Adds files that the units' text names, and of which no record says whether the compiler read them. */
    CompiledUnits withMentioned(Set<String> files) {
        return new CompiledUnits(units, includers, buildInputs, files);
    }

    /** Headers that always come together share one set of units. */
    static Map<String, BitSet> sharing(Map<String, BitSet> includers) {
        Map<BitSet, BitSet> shared = new HashMap<>();
        Map<String, BitSet> compact = new HashMap<>();
        includers.forEach((path, units) ->
                compact.put(path, shared.computeIfAbsent(units, set -> (BitSet) set.clone())));
        return compact;
    }

    /** Returns every path that the build is known to have read. */
    Set<String> paths() {
        Set<String> paths = new HashSet<>(buildInputs);
        units.forEach(unit -> paths.add(unit.path().text()));
        paths.addAll(includers.keySet());
        return paths;
    }

    /** Tells whether nothing was compiled that is code: only constants for headers, or nothing at all. */
    boolean isEmpty() {
        return units.stream().allMatch(Unit::constants);
    }
}
