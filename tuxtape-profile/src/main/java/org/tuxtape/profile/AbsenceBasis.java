package org.tuxtape.profile;

import org.tuxtape.profile.internal.Contents;

/**
 * How sure a profile is of "not compiled": of which kinds of files it knows that the build left them out, if they lie in
 * the source. What it does not know stays unknown. Later versions may add constants.
 *
 * @since 0.1
 */
public enum AbsenceBasis {
    /** The record of a finished build, which names every input of every compiler: also headers can be absent. */
    EVERY_INPUT,
    /** A list of all units, which does not name every header: sources in C and Rust can be absent, headers cannot. */
    UNITS,
    /** Nothing can be absent: there is no list of the source's files, or the units may not be all that there are. */
    NONE;

    static AbsenceBasis of(Contents contents) {
        if (contents.whyUnfinished().isPresent() || !contents.knowsSource()) {
            return NONE;
        }
        if (contents.coverage().extensions().contains("h")) {
            return EVERY_INPUT;
        }
        return contents.coverage().extensions().isEmpty() ? NONE : UNITS;
    }
}
