package org.tuxtape.core.livepatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;

/**
 * Whether the livepatches of a running kernel fix a CVE, by the kernel's own word.
 *
 * @param cve the CVE
 * @param state how far it is fixed
 * @param by the livepatch that comes closest to fixing it; empty if none of those loaded claims to
 * @param missing the objects that it needs and that are not patched, by the running kernel's names
 * @since 0.1
 */
public record CveProtection(CveId cve, State state, Optional<LivepatchName> by, SortedSet<String> missing) {

    /** How far a CVE is fixed, from the best to the worst. */
    public enum State {
        /** Every object that the fix needs reports {@code patched} 1, for every task. */
        FIXED,
        /**
         * What is loaded is patched, but a module that the fix needs is not loaded: it is patched when it is loaded,
         * and until then its code does not run.
         */
        WAITING_FOR_OBJECT,
        /**
         * The kernel does not say what is patched, since it is older than Linux 6.1; or another livepatch patches one of
         * the functions too and may stand above this one.
         */
        UNKNOWN,
        /** Tasks are still switching over, or back, or to another livepatch that replaces this one. */
        IN_TRANSITION,
        /** No livepatch that fixes it is in force. */
        NOT_FIXED
    }

    /** Copies the set. */
    public CveProtection {
        Objects.requireNonNull(cve, "cve");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(by, "by");
        missing = Sorted.set(missing);
    }

    /**
     * Judges every CVE of some manifests.
     *
     * <p>A manifest counts for a livepatch only if it has the same name and exactly the functions that the kernel shows: a
     * module that was loaded under a name of ours proves nothing.
     *
     * @param loaded what the kernel shows
     * @param manifests of livepatches that may be among them; a CVE may occur in several
     * @return one for each CVE, by its id
     */
    public static List<CveProtection> of(List<Livepatch> loaded, Collection<Manifest> manifests) {
        SortedMap<CveId, CveProtection> best = new TreeMap<>();
        for (Manifest manifest : manifests) {
            Optional<Livepatch> livepatch =
                    loaded.stream().filter(manifest::describes).findFirst();
            manifest.fixes()
                    .forEach((cve, fix) -> best.merge(
                            cve,
                            judge(cve, fix.objects(), livepatch, loaded),
                            (one, other) -> one.state.compareTo(other.state) <= 0 ? one : other));
        }
        return List.copyOf(best.values());
    }

    private static CveProtection judge(
            CveId cve, SortedSet<KernelObject> needed, Optional<Livepatch> livepatch, List<Livepatch> loaded) {
        SortedSet<String> missing = new TreeSet<>();
        List<Optional<Boolean>> patched = new ArrayList<>();
        for (KernelObject object : needed) {
            Optional<Boolean> answer = livepatch.flatMap(shown -> patched(shown, object));
            patched.add(answer);
            if (!answer.orElse(false)) {
                missing.add(object.moduleName());
            }
        }
        State state = livepatch
                .map(shown -> worse(state(shown, patched), disturbance(shown, needed, loaded)))
                .orElse(State.NOT_FIXED);
        return new CveProtection(cve, state, livepatch.map(Livepatch::name), missing);
    }

    private static Optional<Boolean> patched(Livepatch livepatch, KernelObject object) {
        return livepatch.objects().stream()
                .filter(shown -> shown.is(object))
                .findFirst()
                .flatMap(PatchedObject::patched);
    }

    private static State worse(State one, State other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What others do to a livepatch whose own attributes do not show it. */
    private static State disturbance(Livepatch livepatch, SortedSet<KernelObject> needed, List<Livepatch> loaded) {
        State worst = State.FIXED;
        for (Livepatch other : loaded) {
            if (other.name().equals(livepatch.name())) {
                continue;
            }
            boolean replaces = other.replacement().orElse(Replacement.REPLACE_ALL) == Replacement.REPLACE_ALL;
            if (other.inTransition() && replaces) {
                worst = worse(worst, State.IN_TRANSITION);
            } else if ((other.enabled() || other.inTransition())
                    && mayStandAbove(other, livepatch)
                    && needed.stream().anyMatch(object -> sharesFunction(livepatch, other, object))) {
                worst = worse(worst, State.UNKNOWN);
            }
        }
        return worst;
    }

    private static boolean mayStandAbove(Livepatch other, Livepatch livepatch) {
        return other.stackOrder().isEmpty()
                || livepatch.stackOrder().isEmpty()
                || other.stackOrder().getAsInt() > livepatch.stackOrder().getAsInt();
    }

    private static boolean sharesFunction(Livepatch one, Livepatch other, KernelObject object) {
        return !Collections.disjoint(functionsOf(one, object), functionsOf(other, object));
    }

    private static SortedSet<PatchedFunction> functionsOf(Livepatch livepatch, KernelObject object) {
        return Sorted.set(livepatch.objects().stream()
                .filter(shown -> shown.is(object))
                .flatMap(shown -> shown.functions().stream())
                .map(PatchedFunction::asRunning)
                .toList());
    }

    private static State state(Livepatch livepatch, List<Optional<Boolean>> patched) {
        if (livepatch.inTransition()) {
            return State.IN_TRANSITION;
        }
        if (!livepatch.enabled()) {
            return State.NOT_FIXED;
        }
        if (patched.stream().anyMatch(Optional::isEmpty)) {
            return State.UNKNOWN;
        }
        return patched.stream().allMatch(answer -> answer.orElse(false)) ? State.FIXED : State.WAITING_FOR_OBJECT;
    }
}
