package org.tuxtape.kpatch.internal.diagnosis;

/** Told what is read from a tool's output as soon as it is read. */
public interface OutputListener {

    /**
     * The tool begins with something new.
     *
     * @param name in its own words, for example {@code Building patched source}
     */
    default void phase(String name) {}

    /**
     * The tool takes a function into the module.
     *
     * @param function which one
     */
    default void function(FoundFunction function) {}

    /**
     * The module, if there will be one, means something else than the fix.
     *
     * @param sentence what is different
     */
    default void remark(String sentence) {}

    /**
     * Returns a listener that ignores everything.
     *
     * @return a listener without effect
     */
    static OutputListener none() {
        return new OutputListener() {};
    }
}
