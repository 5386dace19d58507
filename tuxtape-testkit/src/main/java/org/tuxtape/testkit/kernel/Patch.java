package org.tuxtape.testkit.kernel;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;

/** A livepatch inside the kernel, from its loading until its module is removed. */
final class Patch {
    private final String name;
    private final boolean replace;
    private final SortedSet<PatchedFunction> functions = new TreeSet<>();
    private final Set<PatchedFunction> unique = new TreeSet<>();
    private final SortedSet<PatchedFunction> nops = new TreeSet<>();
    private final Set<String> patched = new TreeSet<>();

    boolean enabled;
    boolean forced;
    private @Nullable Instant freed;

    Patch(Manifest manifest) {
        name = manifest.name().text();
        replace = manifest.replacement() == Replacement.REPLACE_ALL;
        for (PatchedFunction function : manifest.functions()) {
            functions.add(function.asRunning());
            if (function.sympos() == 0) {
                unique.add(function.asRunning());
            }
        }
    }

    String name() {
        return name;
    }

    boolean isReplacing() {
        return replace;
    }

    Set<String> patched() {
        return patched;
    }

    /** What a replace patch hands back to the original, for as long as its transition runs. */
    void addNops(Collection<PatchedFunction> others) {
        nops.addAll(others);
        nops.removeAll(functions);
    }

    void discardNops() {
        nops.clear();
        patched.retainAll(objects().keySet());
    }

    /** Returns the functions by object, those that are handed back among them. */
    Map<String, SortedSet<PatchedFunction>> objects() {
        Map<String, SortedSet<PatchedFunction>> objects = new TreeMap<>();
        Stream.of(functions, nops)
                .flatMap(Set::stream)
                .forEach(function -> objects.computeIfAbsent(function.object().name(), object -> new TreeSet<>())
                        .add(function));
        return objects;
    }

    SortedSet<PatchedFunction> functions(String object) {
        return objects().getOrDefault(object, new TreeSet<>());
    }

    SortedSet<PatchedFunction> own() {
        return functions;
    }

    /** Tells whether a function was given without a place, so that it has to be the only one of its name. */
    boolean wantsUnique(PatchedFunction function) {
        return unique.contains(function);
    }

    /** Tells whether its transition has to wait for a task that sleeps in a function. */
    boolean changes(String function) {
        return objects().entrySet().stream()
                .filter(object -> patched.contains(object.getKey()))
                .flatMap(object -> object.getValue().stream())
                .anyMatch(changed -> changed.name().equals(function));
    }

    void free(Instant now) {
        freed = now;
        patched.clear();
    }

    boolean isFreed() {
        return freed != null;
    }

    /** Tells whether it was freed, and longer ago than some time. */
    boolean isFreedSince(Instant time) {
        return freed != null && !time.isBefore(freed);
    }
}
