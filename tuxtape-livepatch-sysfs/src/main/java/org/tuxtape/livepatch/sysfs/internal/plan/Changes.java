package org.tuxtape.livepatch.sysfs.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;

/**
 * What becomes of the functions.
 *
 * @param patched become patched
 * @param kept were patched before, and still are
 * @param reverted go back to the original
 * @param replaced livepatches that are taken out of force
 * @param givenUp functions of absent objects that nobody is going to patch any more
 */
record Changes(
        SortedSet<PatchedFunction> patched,
        SortedSet<PatchedFunction> kept,
        SortedSet<PatchedFunction> reverted,
        List<LivepatchName> replaced,
        SortedSet<PatchedFunction> givenUp) {

    /**
     * Works it out.
     *
     * @param manifest of the livepatch to be loaded
     * @param loaded those that are there
     * @param present whether an object, as the running kernel calls it, is there
     */
    static Changes of(Manifest manifest, List<Livepatch> loaded, Predicate<String> present) {
        SortedSet<PatchedFunction> before = new TreeSet<>();
        SortedSet<PatchedFunction> waiting = new TreeSet<>();
        List<LivepatchName> inForce = new ArrayList<>();
        for (Livepatch livepatch : loaded) {
            if (livepatch.enabled() && !livepatch.name().equals(manifest.name())) {
                inForce.add(livepatch.name());
                livepatch
                        .objects()
                        .forEach(object -> (isPatched(object, present) ? before : waiting).addAll(asRunning(object)));
            }
        }
        SortedSet<PatchedFunction> all = CheckedFile.asRunning(manifest.functions());
        SortedSet<PatchedFunction> now = new TreeSet<>(all);
        now.removeIf(function -> !present.test(function.object().name()));
        boolean replaces = manifest.replacement() == Replacement.REPLACE_ALL;
        return new Changes(
                without(now, before),
                within(now, before),
                replaces ? without(before, all) : new TreeSet<>(),
                replaces ? inForce : List.of(),
                replaces ? without(waiting, all) : new TreeSet<>());
    }

    private static boolean isPatched(PatchedObject object, Predicate<String> present) {
        return object.patched().orElseGet(() -> present.test(object.objectName()));
    }

    private static SortedSet<PatchedFunction> asRunning(PatchedObject object) {
        return CheckedFile.asRunning(object.functions());
    }

    private static SortedSet<PatchedFunction> without(
            SortedSet<PatchedFunction> some, SortedSet<PatchedFunction> others) {
        SortedSet<PatchedFunction> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static SortedSet<PatchedFunction> within(
            SortedSet<PatchedFunction> some, SortedSet<PatchedFunction> others) {
        SortedSet<PatchedFunction> both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }
}
