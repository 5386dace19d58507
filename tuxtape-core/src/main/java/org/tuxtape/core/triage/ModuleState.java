package org.tuxtape.core.triage;

/**
 * How an object of the kernel is present on a machine.
 *
 * @since 0.1
 */
public enum ModuleState {
    /** Its code is in memory: it is the kernel image, or a module that is loaded. */
    LOADED("loaded"),
    /** It is not loaded, and nothing is known that keeps it from being. */
    LOADABLE("loadable"),
    /** It is not loaded, and the machine is set up never to load it. */
    DENIED("denied");

    private final String text;

    ModuleState(String text) {
        this.text = text;
    }

    /** Returns the word that reports use. */
    @Override
    public String toString() {
        return text;
    }
}
