package org.tuxtape.kpatch;

/**
 * The tools that make livepatch modules.
 *
 * @since 0.1
 */
public enum KernelTool {
    /** The kpatch project's tool, for kernels below 6.19. */
    KPATCH_BUILD("kpatch-build"),
    /** The kernel's own {@code scripts/livepatch/klp-build}, from 6.19 on. */
    KLP_BUILD("klp-build");

    private final String text;

    KernelTool(String text) {
        this.text = text;
    }

    /** Returns the tool's own name. */
    @Override
    public String toString() {
        return text;
    }
}
