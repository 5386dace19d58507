package org.tuxtape.core.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tuxtape.core.internal.OneLine;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.triage.Target;

/**
 * One kernel with all that is at hand to bring livepatches to it. The way leads as far as there is something to go on with:
 * without fixes in the target it ends at the triage, without a builder at the fix, without {@link Loading} at the reviewed
 * module. Immutable: each {@code with} returns another one.
 *
 * <pre>{@code
 * Workbench kernel = Workbench.of(Target.of(profile).with(source).with(fixes))
 *         .building(builder)
 *         .composing(Composer.allTogether())
 *         .reviewedBy(module -> store.reviews(module.manifest().key().orElseThrow()), new ReviewPolicy.Required());
 * }</pre>
 *
 * @since 0.1
 */
public final class Workbench {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");

    private final Optional<String> name;
    private final Target target;
    private final Screen screen;
    private final List<PatchBuilder> builders;
    private final Replacement replacement;
    private final Optional<Composer> composer;
    private final Gate gate;
    private final Optional<Loading> loading;

    private Workbench(
            Optional<String> name,
            Target target,
            Screen screen,
            List<PatchBuilder> builders,
            Replacement replacement,
            Optional<Composer> composer,
            Gate gate,
            Optional<Loading> loading) {
        this.name = name;
        this.target = Objects.requireNonNull(target, "target");
        this.screen = Objects.requireNonNull(screen, "screen");
        this.builders = List.copyOf(builders);
        this.replacement = Objects.requireNonNull(replacement, "replacement");
        this.composer = composer;
        this.gate = gate;
        this.loading = loading;
    }

    /**
     * Returns a kernel that is judged, and no more.
     *
     * @param target the kernel, with the {@linkplain Target#fixes() fixes} if the way shall lead further
     * @return a workbench without any tool, where a module would need a review
     */
    public static Workbench of(Target target) {
        return new Workbench(
                Optional.empty(),
                target,
                Screen.none(),
                List.of(),
                Replacement.REPLACE_ALL,
                Optional.empty(),
                new Gate(module -> Reviews.none(), new ReviewPolicy.Required()),
                Optional.empty());
    }

    /**
     * Names the kernel: reports, notices and events call it so. Without a name it is called by its release, which
     * builds that differ may share.
     *
     * @param text 1 to 100 printable ASCII characters without blanks, for example the name of a fleet
     * @return a workbench that differs in it
     */
    public Workbench named(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a name: '" + OneLine.of(text) + "'.");
        }
        return new Workbench(Optional.of(text), target, screen, builders, replacement, composer, gate, loading);
    }

    /**
     * Adds a look at each fix before it is built.
     *
     * @param look what looks at it
     * @return a workbench that differs in it
     */
    public Workbench screening(Screen look) {
        return new Workbench(name, target, look, builders, replacement, composer, gate, loading);
    }

    /**
     * Adds a builder, which builds one module at a time.
     *
     * @param builder the builder
     * @return a workbench that differs in it
     */
    public Workbench building(PatchBuilder builder) {
        return building(List.of(builder));
    }

    /**
     * Adds a builder that can build several modules at a time.
     *
     * @param builder the builder
     * @param atOnce the most builds at once, one or more
     * @return a workbench that differs in it
     */
    public Workbench building(PatchBuilder builder, int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("At least one build is made at once, not " + atOnce + ".");
        }
        return building(Collections.nCopies(atOnce, builder));
    }

    /**
     * Adds builders that do the same, for example in clones of one tree: as many modules are built at once.
     *
     * @param alike builders that give equal requests equal keys; the first one composes the cumulative patch
     * @return a workbench that differs in it
     */
    public Workbench building(List<? extends PatchBuilder> alike) {
        return new Workbench(name, target, screen, List.copyOf(alike), replacement, composer, gate, loading);
    }

    /**
     * Sets what modules do to those loaded before them; without it they replace all.
     *
     * @param how what they do
     * @return a workbench that differs in it
     */
    public Workbench replacing(Replacement how) {
        return new Workbench(name, target, screen, builders, how, composer, gate, loading);
    }

    /**
     * Asks for a cumulative patch of all fixes that build.
     *
     * @param how what composes it
     * @return a workbench that differs in it
     */
    public Workbench composing(Composer how) {
        return new Workbench(name, target, screen, builders, replacement, Optional.of(how), gate, loading);
    }

    /**
     * Sets the gate between build and load. Without it there are no reviews, and one is required.
     *
     * @param reviews what was decided about a module, as it is recorded beside it; asked anew in each run
     * @param policy whether a module may go on that nobody has decided about
     * @return a workbench that differs in it
     */
    public Workbench reviewedBy(Function<LivepatchModule, Reviews> reviews, ReviewPolicy policy) {
        return new Workbench(name, target, screen, builders, replacement, composer, new Gate(reviews, policy), loading);
    }

    /**
     * Has modules loaded.
     *
     * @param where the machine, and what for
     * @return a workbench that differs in it
     */
    public Workbench loading(Loading where) {
        return new Workbench(name, target, screen, builders, replacement, composer, gate, Optional.of(where));
    }

    /**
     * Returns the kernel.
     *
     * @return what is judged
     */
    public Target target() {
        return target;
    }

    /** Returns what the kernel is called; empty if nobody says so, and a profile that is broken does not either. */
    Optional<String> name() {
        if (name.isPresent()) {
            return name;
        }
        try {
            return Optional.of(target.profile().kernel().release().text());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    Screen screen() {
        return screen;
    }

    List<PatchBuilder> builders() {
        return builders;
    }

    Replacement replacement() {
        return replacement;
    }

    Optional<Composer> composer() {
        return composer;
    }

    Gate gate() {
        return gate;
    }

    Optional<Loading> loading() {
        return loading;
    }
}
