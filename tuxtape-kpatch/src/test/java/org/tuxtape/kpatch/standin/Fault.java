package org.tuxtape.kpatch.standin;

/**
 * What a stand-in does wrong, and where.
 *
 * @param kind as {@code faults.bash} has it
 * @param phase where, in the tool's own words
 * @param module the livepatch at whose build it happens, {@code *} for any
 * @param argument what the kind wants to know, {@code -} for nothing
 */
public record Fault(String kind, String phase, String module, String argument) {

    private static Fault of(String kind, String phase) {
        return new Fault(kind, phase, "*", "-");
    }

    /** It never goes on, and does not answer. */
    public static Fault hang(String phase) {
        return of("hang", phase);
    }

    /** It says {@code waiting} and goes on at {@link StandIn#go()}, or after a minute. */
    public static Fault await(String phase) {
        return of("wait", phase);
    }

    /** It gets SIGKILL while something that it started is still running. */
    public static Fault kill(String phase) {
        return of("kill", phase);
    }

    /**
     * It gets SIGSEGV; at {@code create-diff-object} that program does, and the tool says so; at {@code create-diff-object
     * --klp-arch} only where it gets that option.
     */
    public static Fault segv(String phase) {
        return of("segv", phase);
    }

    /** It ends without a word. */
    public static Fault exit(String phase, int status) {
        return new Fault("exit", phase, "*", Integer.toString(status));
    }

    /** It says a line. */
    public static Fault say(String phase, String line) {
        return new Fault("say", phase, "*", line);
    }

    /** It writes so many bytes, as lines. */
    public static Fault flood(String phase, long bytes) {
        return new Fault("flood", phase, "*", Long.toString(bytes));
    }

    /** It writes so many bytes without ending the line. */
    public static Fault longLine(String phase, long bytes) {
        return new Fault("long-line", phase, "*", Long.toString(bytes));
    }

    /** It writes what is no text. */
    public static Fault garbage(String phase) {
        return of("garbage", phase);
    }

    /** From here on it ignores SIGTERM, SIGINT and SIGHUP, and so does what it starts. */
    public static Fault ignoreTerm(String phase) {
        return of("ignore-term", phase);
    }

    /** It leaves a process in a session of its own, which holds a file of the tree open. */
    public static Fault orphan(String phase) {
        return of("orphan", phase);
    }

    /** It leaves a file in the tree. */
    public static Fault litter(String phase) {
        return of("litter", phase);
    }

    /** The disk is full: the build phases fail as make does then. */
    public static Fault noSpace(String phase) {
        return of("no-space", phase);
    }

    /** It writes the beginning of the module where the whole belongs, and fails. */
    public static Fault halfModule() {
        return of("half-module", "Building patch module");
    }

    /** It claims success and leaves no module. */
    public static Fault noModule() {
        return of("no-module", "Building patch module");
    }

    /** Confines it to runs in which objects are given flags of their own. */
    public Fault withFlags() {
        return new Fault("with-flags-" + kind, phase, module, argument);
    }

    /** Confines it to the builds of one livepatch. */
    public Fault in(String livepatch) {
        return new Fault(kind, phase, livepatch, argument);
    }

    String line() {
        return String.join("\t", kind, phase, module, argument);
    }
}
