package org.tuxtape.kpatch;

import java.util.List;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;

/**
 * Builds livepatches with the kernel's own klp-build, from Linux 6.19 on.
 *
 * <p>The first build in a tree compiles the whole kernel once more, after {@code make clean}, since klp-build wants every
 * function in a section of its own; what came of it stays in the tree, and later builds compile what the fix touches.
 * klp-build compares the objects of two builds and does not look at the running kernel: that source, config and compiler
 * are those of that kernel is the caller's to know. Safe for use by several threads, and by several processes on one tree
 * and one store: one build at a time has the tree.
 *
 * <p>A module comes without debug information, which no kernel reads; for gdb or crash, that of the same build has to be made
 * by the tool itself. One that the tool has signed stays as it is.
 *
 * @see <a href="https://docs.kernel.org/livepatch/livepatch.html">Livepatch</a>
 * @since 0.1
 */
public final class KlpBuilder implements PatchBuilder {
    private final ToolBuild build;

    private KlpBuilder(ToolBuild build) {
        this.build = build;
    }

    /**
     * Returns a builder.
     *
     * @param tree the kernel's source with its config, and built once
     * @param store where modules are kept and found again
     * @param options how to build
     * @return a builder on this tree
     */
    public static KlpBuilder of(BuildTree tree, ArtefactStore store, BuilderOptions options) {
        return new KlpBuilder(new ToolBuild(tree, store, options, new KlpTool(tree, options)));
    }

    /**
     * Looks for what would make every build fail: a missing program, an option of the kernel, another compiler, too
     * little space. {@link #build} does the same first. Takes a second or two.
     *
     * @param context cancellation
     * @return what is in the way, most basic first; empty if nothing is
     */
    public List<BuildDiagnosis> preflight(Context context) {
        return build.preflight(context);
    }

    @Override
    public BuildKey key(BuildRequest request) {
        return build.key(request);
    }

    @Override
    public BuildOutcome build(BuildRequest request, Context context) {
        return build.build(request, context);
    }
}
