package org.tuxtape.core.livepatch;

/**
 * Why no livepatch came out of a build, whatever tool was at work.
 *
 * @since 0.1
 */
public enum BuildFailure {
    /** The tool was asked for something that it does not know, or for files that are not there. */
    BAD_ARGUMENTS,
    /** The tool, or a program that it needs, is not there or too old. */
    MISSING_TOOL,
    /** The kernel's debug information is not there or does not fit. */
    MISSING_DEBUG_INFO,
    /** Source, config, image or release do not belong together. */
    KERNEL_MISMATCH,
    /** The kernel's source could not be fetched or unpacked. */
    SOURCE_UNAVAILABLE,
    /** The source does not build, or was not built completely, even without the fix. */
    TREE_DOES_NOT_BUILD,
    /** An option of the kernel forbids livepatches or the tool. */
    CONFIG_UNSUPPORTED,
    /** The compiler is not the one that built the kernel. */
    COMPILER_MISMATCH,
    /** The fix does not apply to the source. */
    PATCH_DOES_NOT_APPLY,
    /** The fix touches files that cannot be patched live: assembly, {@code lib/}, the vdso. */
    UNSUPPORTED_FILE,
    /** The fix changes build scripts or leaves the tree, and the caller has not allowed it. */
    REFUSED,
    /** The source does not compile with the fix. */
    COMPILE_ERROR,
    /** The fix uses symbols that a module cannot reach. */
    UNDEFINED_SYMBOL,
    /** What was compiled cannot be assigned to the kernel image or to one module. */
    OBJECT_MAPPING,
    /** The fix changes the type of an exported symbol, so that its version differs from the kernel's. */
    MODVERSIONS,
    /** The fix changes static data or the layout of a structure. */
    DATA_CHANGE,
    /** The fix changes code that is gone after boot, or sections that cannot be taken along. */
    UNSUPPORTED_SECTION,
    /** A function has no place where ftrace could take over. */
    NOT_TRACEABLE,
    /** Static local variables cannot be matched. */
    STATIC_LOCAL,
    /** The fix uses a static key or static call that cannot be patched. */
    STATIC_KEY_OR_CALL,
    /** The fix makes code that the tool cannot move into a module. */
    UNSUPPORTED_CODE,
    /** Symbols of the running kernel cannot be told apart or found. */
    SYMBOL_LOOKUP,
    /** What was built is larger than any module that is taken, see {@link ModuleFile#LARGEST}. */
    TOO_LARGE,
    /** The build took longer than allowed. */
    TIMEOUT,
    /** There is not enough disk space. */
    NO_SPACE,
    /** Something was killed in the middle of the build, usually since memory ran out. */
    KILLED,
    /** The tool itself broke. */
    TOOL_BROKE,
    /** Nothing of the above; the log has to be read. */
    UNCLASSIFIED
}
