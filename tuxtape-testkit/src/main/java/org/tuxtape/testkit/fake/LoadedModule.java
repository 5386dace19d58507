package org.tuxtape.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;

/** A livepatch module inside the fake kernel, on its way from loading to being taken out. */
final class LoadedModule {
    private enum State {
        ENABLING,
        ENABLED,
        DISABLING,
        TAKEN_OUT
    }

    private final Manifest manifest;
    private State state = State.ENABLING;
    private boolean stuck;

    LoadedModule(Manifest manifest) {
        this.manifest = manifest;
    }

    Manifest manifest() {
        return manifest;
    }

    boolean isShown() {
        return state != State.TAKEN_OUT;
    }

    boolean isEnabling() {
        return state == State.ENABLING;
    }

    boolean isEnabled() {
        return state == State.ENABLED;
    }

    boolean inTransition() {
        return isEnabling() || state == State.DISABLING;
    }

    boolean isRemovable() {
        return state == State.TAKEN_OUT && !stuck;
    }

    void enabled() {
        state = State.ENABLED;
    }

    void disabling() {
        state = State.DISABLING;
    }

    /** Since tasks may still be inside, what was taken out by force is never removed. */
    void takenOut(boolean forced) {
        state = State.TAKEN_OUT;
        stuck = forced;
    }

    SortedSet<PatchedFunction> functionsIn(Set<String> objects) {
        SortedSet<PatchedFunction> functions = new TreeSet<>();
        for (PatchedFunction function : manifest.functions()) {
            if (objects.contains(function.object().moduleName())) {
                functions.add(function.asRunning());
            }
        }
        return functions;
    }

    Livepatch asLivepatch(int stackOrder, Set<String> objects) {
        Map<String, SortedSet<PatchedFunction>> functions = new TreeMap<>();
        for (PatchedFunction function : manifest.functions()) {
            functions
                    .computeIfAbsent(function.object().moduleName(), object -> new TreeSet<>())
                    .add(function.asRunning());
        }
        List<PatchedObject> patched = new ArrayList<>();
        functions.forEach(
                (object, own) -> patched.add(new PatchedObject(object, Optional.of(objects.contains(object)), own)));
        return new Livepatch(
                manifest.name(),
                isEnabling() || isEnabled(),
                inTransition(),
                Optional.of(manifest.replacement()),
                OptionalInt.of(stackOrder),
                patched);
    }
}
