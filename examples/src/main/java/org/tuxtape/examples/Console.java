package org.tuxtape.examples;

import java.io.PrintStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;

/** Where the commands print: results to one stream, everything else to the other. */
public record Console(PrintStream out, PrintStream err) {
    // What a mail or a task's name says is printed; what it would tell the terminal to do is not.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    public void print(Object text) {
        out.println(text);
    }

    public void complain(@Nullable String message) {
        err.println("tuxtape: " + harmless(String.valueOf(message)));
    }

    /** Tells whether the reader of the results has gone, as {@code | head} does. */
    public boolean isClosed() {
        return out.checkError();
    }

    /** Tells whether errors go to a terminal; the script says whether they do. */
    public boolean isTerminal() {
        return Boolean.getBoolean("tuxtape.terminal");
    }

    /** Returns a context that shows progress if errors go to a terminal. */
    public Context context() {
        Context context = Context.standard();
        return isTerminal() ? context.with(new ProgressBars(err)) : context;
    }

    /** Replaces what would control a terminal. */
    public static String harmless(CharSequence text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
