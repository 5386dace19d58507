package org.tuxtape.agent;

/**
 * How far an agent has come, in this order. Later major versions may add some.
 *
 * @since 0.1
 */
public enum AgentStep {
    /** It looks which kernel runs, and keeps other agents out. */
    START,
    /** It goes on with what a process that died has left. */
    CLEAR_UP,
    /** It asks the archive what is new. */
    UPDATE,
    /** It sees what is in force, and what the policy offers. */
    CHOOSE,
    /** It fetches and verifies the module. */
    FETCH,
    /** It asks what a load would do. */
    PLAN,
    /** It loads the patch and watches the machine. */
    TRY,
    /** It takes out what was withdrawn. */
    TAKE_BACK
}
