package org.tuxtape.core.pipeline;

/**
 * The stages of the way, in their order.
 *
 * @since 0.1
 */
public enum Stage {
    /** Sources are read into a catalog. */
    READ("read"),
    /** Every CVE is judged for a kernel. */
    TRIAGE("triage"),
    /** The fix of a CVE is looked up. */
    FIX("fix"),
    /** The fix is looked at before anything is compiled. */
    SCREEN("screen"),
    /** A module is built. */
    BUILD("build"),
    /** Many fixes are put into one module. */
    COMPOSE("compose"),
    /** A person has to approve the module. */
    REVIEW("review"),
    /** The module is loaded. */
    LOAD("load"),
    /** The kernel is asked what is patched. */
    PROVE("prove"),
    /** The module is taken out again, where that was asked for. */
    UNLOAD("unload");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /** Returns the word that reports use. */
    @Override
    public String toString() {
        return text;
    }
}
