package org.tuxtape.kpatch.compose;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;

/**
 * Builds many fixes into one module, over any {@link PatchBuilder}. First all of them are built together. When that fails,
 * those that the failed build points at are left out and the rest is built; where it points at none, halves are built.
 *
 * <pre>{@code
 * PatchComposer composer = PatchComposer.over(builder).inOrder(FixOrder.ofReleases(records));
 * CompositionOutcome outcome = composer.compose(new BuildRequest(name, kernel, fixes, REPLACE_ALL), context);
 * outcome.composition().leftOut().forEach(fix -> System.out.println(fix.fix().cve() + " " + fix.reason()));
 * }</pre>
 *
 * <p><b>What the result is.</b> All that is in was built together, in order, and is in the module. It is maximal: of each fix
 * that is left out as failing, conflicting or dependent, a build of it with all that are in was made, and failed. It is not the largest there is: of two fixes that conflict, another
 * choice might have allowed for more others; and two that build only together, and come from different groups of a division,
 * may both be left out. The same fixes, answers and policy give the same result.
 *
 * <p><b>What it takes.</b> Without a bad fix one build. Of {@code n} fixes fewer than {@code 2n} groups are built to find what
 * is in, whatever the builder answers; where each failed build points at the fix that is to blame, one more for each bad fix,
 * and one more for each to see that it was rightly left out. No choice of fixes is built twice in one call, and
 * {@linkplain CompositionPolicy#mostBuilds(int) the policy's bound} holds in any case.
 *
 * <p>A failure that lies in no fix, as a missing tool, a full disk, a timeout or too large a module, ends the
 * composing.
 *
 * <p>Immutable. It is as safe for several threads as its builder is. Every module that is built on the way is in the builder's
 * store, if it has one.
 *
 * @since 0.1
 */
public final class PatchComposer {
    private final PatchBuilder builder;
    private final Comparator<Fix> order;
    private final Optional<Function<SourcePath, Optional<String>>> source;
    private final CompositionPolicy policy;

    private PatchComposer(
            PatchBuilder builder,
            Comparator<Fix> order,
            Optional<Function<SourcePath, Optional<String>>> source,
            CompositionPolicy policy) {
        this.builder = Objects.requireNonNull(builder, "builder");
        this.order = Objects.requireNonNull(order, "order");
        this.source = source;
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * Returns a composer that takes fixes in the order in which they are given, knows nothing of the source, and goes by the
     * {@linkplain CompositionPolicy#standard() standard policy}.
     *
     * @param builder builds the modules
     * @return the composer
     */
    public static PatchComposer over(PatchBuilder builder) {
        return new PatchComposer(builder, FixOrder.asGiven(), Optional.empty(), CompositionPolicy.standard());
    }

    /**
     * Sets the order in which fixes are applied. It matters where they touch the same lines.
     *
     * @param newOrder an order; what it does not tell apart stays as it is given
     * @return a composer that differs in it
     * @see FixOrder
     */
    public PatchComposer inOrder(Comparator<Fix> newOrder) {
        return new PatchComposer(builder, newOrder, source, policy);
    }

    /**
     * Gives the source, so that fixes that it holds are recognised without a build, as are fixes that wait for others; and
     * so that failures can be traced to fixes by what these touch.
     *
     * @param tree returns the text of a file, one char per byte, or empty if there is no such file; asked at most once per
     *     file in a call
     * @return a composer that differs in it
     */
    public PatchComposer against(Function<SourcePath, Optional<String>> tree) {
        return new PatchComposer(builder, order, Optional.of(tree), policy);
    }

    /**
     * Sets what composing may cost.
     *
     * @param newPolicy the policy
     * @return a composer that differs in it
     */
    public PatchComposer with(CompositionPolicy newPolicy) {
        return new PatchComposer(builder, order, source, newPolicy);
    }

    /**
     * Composes a patch. It tells of a task {@code compose NAME}, counted in builds, besides what the builder tells.
     *
     * @param wanted what it shall be, with all fixes that shall be in; a fix that stands there twice counts once
     * @param context cancellation, listener and clock; handed to the builder
     * @return how it ended
     * @throws org.tuxtape.core.TuxtapeException if the builder's own infrastructure is broken
     */
    public CompositionOutcome compose(BuildRequest wanted, Context context) {
        return compose(wanted, Optional.empty(), context);
    }

    /**
     * Composes a patch that differs a little from one before. It begins with what was in then, together with what is new:
     * if that builds, the one build is all. Fixes that were left out as failing or as changing nothing are left out for the
     * same reason, and not tried; to try them again, compose without a composition before. Those left out for others' sake
     * or undecided are tried with all that are in now.
     *
     * @param wanted what it shall be
     * @param before the composition to begin with
     * @param context cancellation, listener and clock; handed to the builder
     * @return how it ended
     * @throws org.tuxtape.core.TuxtapeException if the builder's own infrastructure is broken
     */
    public CompositionOutcome compose(BuildRequest wanted, Composition before, Context context) {
        return compose(wanted, Optional.of(before), context);
    }

    private CompositionOutcome compose(BuildRequest wanted, Optional<Composition> before, Context context) {
        String task = Trials.task(wanted);
        context.tell(new Event.Started(task, OptionalLong.empty(), "builds"));
        Event.End end = Event.End.FAILED;
        try {
            SourceText text = source.map(SourceText::of).orElseGet(SourceText::unknown);
            CompositionOutcome outcome = new Composing(builder, order, text, policy, wanted, context).run(before);
            end = outcome instanceof CompositionOutcome.Cancelled ? Event.End.CANCELLED : Event.End.COMPLETED;
            return outcome;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }
}
