package org.tuxtape.kpatch.internal.run;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * What the processes of a run carry in their environment, so that they are found even after they left their parents. It
 * is worth writing down before the first of them starts: another JVM can then {@linkplain Leftovers end} what this one
 * could not.
 *
 * @param text 32 hexadecimal digits, with {@code /} and a number for each level below; a marker also stands for all that
 *     are below it
 */
public record ProcessMarker(String text) {
    /** The variable of the environment that holds it. */
    static final String VARIABLE = "TUXTAPE_RUN";

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{32}(?:/[0-9]{1,19}){0,8}");
    private static final AtomicLong CHILDREN = new AtomicLong();

    /** Rejects what was not made here: a marker that is too general would end what does not belong to it. */
    public ProcessMarker {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not the marker of a process: '" + text + "'.");
        }
    }

    /**
     * Makes a marker that was never used before, on any machine.
     *
     * @return a marker at the top
     */
    public static ProcessMarker create() {
        return new ProcessMarker(UUID.randomUUID().toString().replace("-", ""));
    }

    /**
     * Reads a marker.
     *
     * @param text as {@link #text} gave it
     * @return the marker
     * @throws IllegalArgumentException if the text is none
     */
    public static ProcessMarker parse(String text) {
        return new ProcessMarker(text);
    }

    /**
     * Makes a marker below this one.
     *
     * @return one that this JVM has not made before
     */
    ProcessMarker child() {
        return new ProcessMarker(text + "/" + CHILDREN.incrementAndGet());
    }

    /**
     * Tells whether an environment holds this marker or one below it.
     *
     * @param environment as {@code /proc/PID/environ} has it: entries that end with a NUL each
     * @return whether the process is one of those that are meant
     */
    boolean isIn(String environment) {
        String entry = VARIABLE + "=" + text;
        for (int at = environment.indexOf(entry); at >= 0; at = environment.indexOf(entry, at + 1)) {
            int end = at + entry.length();
            boolean begins = at == 0 || environment.charAt(at - 1) == 0;
            boolean ends =
                    end == environment.length() || environment.charAt(end) == 0 || environment.charAt(end) == '/';
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }
}
