package org.tuxtape.kpatch.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildRequest;

/**
 * What is in a cumulative patch, what is not, and why. From one the next is made with few builds:
 *
 * <pre>{@code
 * composer.compose(composition.adding(List.of(fix)), composition, context);
 * composer.compose(composition.dropping(Set.of(cve)), composition, context);
 * }</pre>
 *
 * @param wanted what was asked for, with each fix once
 * @param included what is in, in the order in which it is applied
 * @param leftOut what is not in, in the same order; with {@code included} it holds every fix that was asked for
 * @since 0.1
 */
public record Composition(BuildRequest wanted, List<Included> included, List<LeftOut> leftOut) {

    /** Copies the lists. */
    public Composition {
        Objects.requireNonNull(wanted, "wanted");
        included = List.copyOf(included);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Returns what is in.
     *
     * @return the fixes in the order in which they are applied
     */
    public List<Fix> fixes() {
        return included.stream().map(Included::fix).toList();
    }

    /**
     * Tells whether every fix was decided upon.
     *
     * @return {@code false} if one is left out as {@link LeftOut.Undecided}
     */
    public boolean isDecided() {
        return leftOut.stream().noneMatch(fix -> fix.reason() instanceof LeftOut.Undecided);
    }

    /**
     * Asks for more fixes than before.
     *
     * @param fixes the ones to add, behind those that were asked for
     * @return what to compose next
     */
    public BuildRequest adding(List<Fix> fixes) {
        List<Fix> all = new ArrayList<>(wanted.fixes());
        all.addAll(fixes);
        return asking(all);
    }

    /**
     * Asks for fewer fixes than before.
     *
     * @param cves what shall not be fixed any more
     * @return what to compose next
     * @throws IllegalArgumentException if nothing is left to ask for
     */
    public BuildRequest dropping(Set<CveId> cves) {
        return asking(
                wanted.fixes().stream().filter(fix -> !cves.contains(fix.cve())).toList());
    }

    private BuildRequest asking(List<Fix> fixes) {
        return new BuildRequest(wanted.name(), wanted.kernel(), fixes, wanted.replacement());
    }
}
