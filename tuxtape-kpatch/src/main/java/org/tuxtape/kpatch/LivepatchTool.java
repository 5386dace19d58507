package org.tuxtape.kpatch;

import org.tuxtape.kpatch.lint.PatchLint;

/**
 * The tools that make livepatch modules.
 *
 * @since 0.1
 */
public enum LivepatchTool {
    /** The kpatch project's tool, for kernels below 6.19. */
    KPATCH_BUILD("kpatch-build"),
    /** The kernel's own {@code scripts/livepatch/klp-build}, from 6.19 on. */
    KLP_BUILD("klp-build");

    private final String text;

    LivepatchTool(String text) {
        this.text = text;
    }

    /** What speaks against a fix with this tool. */
    PatchLint lint() {
        return this == KPATCH_BUILD ? PatchLint.forKpatchBuild() : PatchLint.forKlpBuild();
    }

    /** Returns the tool's own name. */
    @Override
    public String toString() {
        return text;
    }
}
