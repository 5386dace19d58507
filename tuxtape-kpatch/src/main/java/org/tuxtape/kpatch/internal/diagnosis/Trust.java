package org.tuxtape.kpatch.internal.diagnosis;

/** How much a line is worth as an explanation, best first: a build that breaks complains in many places. */
enum Trust {
    /** Whatever else is said is a consequence of it: no space, no memory. */
    ROOT,
    /** The tool names the cause. */
    CAUSE,
    /** The tool names a kind of cause, usually to sum up lines before it. */
    SUMMARY,
    /** The compiler, the linker or another program of the build names a place. */
    BUILD,
    /** A step of the build failed, and that is all that is said. */
    STEP,
    /** An error that is not known here; the last one counts. */
    LAST,
    /** It may be the cause, and is often said without harm. */
    HINT
}
