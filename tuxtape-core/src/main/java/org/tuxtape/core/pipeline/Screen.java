package org.tuxtape.core.pipeline;

import java.util.List;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;

/**
 * Looks at a fix before minutes are spent on building it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Screen {

    /**
     * Looks at a fix.
     *
     * @param fix the fix
     * @param context cancellation, listener and clock
     * @return what is to be expected of building it
     * @throws org.tuxtape.core.TuxtapeException if what it has to look at cannot be read
     */
    Screening screen(Fix fix, Context context);

    /**
     * Returns the screen that knows nothing.
     *
     * @return a screen that expects the best of every fix
     */
    static Screen none() {
        return (fix, context) -> new Screening(Screening.Outlook.LIKELY, List.of());
    }
}
