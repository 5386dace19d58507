package org.tuxtape.examples.build;

import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.KlpBuilder;
import org.tuxtape.kpatch.KpatchBuilder;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;

/** Where livepatches are built. Tests hand in one that compiles nothing. */
@FunctionalInterface
public interface Workshop {

    PatchBuilder builder(LivepatchTool tool, BuildTree tree, ArtefactStore store, BuilderOptions options);

    static Workshop ofThisMachine() {
        return (tool, tree, store, options) -> switch (tool) {
            case KPATCH_BUILD -> KpatchBuilder.of(tree, store, options);
            case KLP_BUILD -> KlpBuilder.of(tree, store, options);
        };
    }
}
