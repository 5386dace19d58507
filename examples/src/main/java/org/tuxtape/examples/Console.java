package org.tuxtape.examples;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;

/** Where the commands print: results to one stream, everything else to the other. */
record Console(PrintStream out, PrintStream err) {

    void print(Object text) {
        out.println(text);
    }

    void complain(@Nullable String message) {
        err.println("tuxtape: " + message);
    }

    /** Tells whether the reader of the results has gone, as {@code | head} does. */
    boolean isClosed() {
        return out.checkError();
    }

    /** Returns a context that shows progress if errors go to a terminal; the script says whether they do. */
    Context context() {
        Context context = Context.standard();
        return Boolean.getBoolean("tuxtape.terminal") ? context.with(new ProgressBars(err)) : context;
    }
}
