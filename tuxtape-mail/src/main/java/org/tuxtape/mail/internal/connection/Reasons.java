package org.tuxtape.mail.internal.connection;

import java.util.Objects;
import java.util.regex.Pattern;

/** Why something failed, of which the mail library keeps a chain and words of its own. */
public final class Reasons {
    private static final int DEEPEST = 16;
    /** What the mail library puts before and behind the reason. */
    private static final Pattern FRAME =
            Pattern.compile("^(?:\\* BYE )?Jakarta Mail Exception: (?:[\\w.$]+: )?|[.;?]$");

    private Reasons() {}

    /** Whether something of a kind is among the causes. */
    public static boolean has(Throwable e, Class<? extends Throwable> kind) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Returns the reason in a few words without a full stop. */
    public static String of(Throwable e) {
        String text = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return FRAME.matcher(line.strip()).replaceAll("");
    }
}
