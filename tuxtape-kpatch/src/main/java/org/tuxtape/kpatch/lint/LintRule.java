package org.tuxtape.kpatch.lint;

/**
 * The rules of the lint. The name of a rule is its code: it stays as it is, and can be looked up. Later versions may add
 * rules.
 *
 * @since 0.1
 */
public enum LintRule {
    /** A name leads out of the source tree. */
    PATH_ESCAPE(
            LintVerdict.REFUSED,
            "A name leads out of the source tree.",
            "Whoever applies the fix would write outside the tree.",
            "Do not use this fix; ask where it comes from."),
    /** A symbolic link is made, changed or gone through. */
    SYMLINK(
            LintVerdict.REFUSED,
            "A symbolic link is made, changed or gone through.",
            "What is written through a link lands where it points, possibly outside the tree.",
            "Leave the link out of the fix."),
    /** A script or makefile of the build is changed. */
    BUILD_SCRIPT(
            LintVerdict.REFUSED,
            "A script or makefile of the build is changed.",
            "Building the fix runs it, with the rights of whoever builds.",
            "Leave these files out if the code does not need them, or read them and allow them."),
    /** The configuration's definition is changed. */
    KCONFIG(
            LintVerdict.REFUSED,
            "The configuration's definition is changed.",
            "The running kernel's configuration is fixed, and Kconfig files can run programs.",
            "Leave these files out if the code does not need them, or read them and allow them."),
    /** A program that the build itself runs is changed. */
    HOST_TOOL(
            LintVerdict.REFUSED,
            "A program that the build itself runs is changed.",
            "Building the fix compiles and runs it, with the rights of whoever builds.",
            "Leave these files out if the code does not need them, or read them and allow them."),
    /** A hidden or generated file of the build is changed. */
    BUILD_STATE(
            LintVerdict.REFUSED,
            "A hidden or generated file of the build is changed.",
            "The build reads such files as its own state, and some of them it runs.",
            "Leave these files out; no commit of the kernel has them."),
    /** A file without lines is changed. */
    BINARY(
            LintVerdict.IMPOSSIBLE,
            "A file without lines is changed.",
            "A change that has no lines cannot be applied or compared.",
            "Leave the file out of the fix."),
    /** A change does not fit the source. */
    DOES_NOT_APPLY(
            LintVerdict.IMPOSSIBLE,
            "A change does not fit the source.",
            "Only what applies can be built.",
            "Take the fix of this kernel's own branch, or adapt it."),
    /** A file below lib/ is changed. */
    LIB_FILE(
            LintVerdict.IMPOSSIBLE,
            "A file below lib/ is changed.",
            "The tools refuse lib/: its functions may serve the patching itself, and are compiled without hooks for ftrace.",
            "Leave the file out if the rest holds without it, or fix the callers instead."),
    /** An assembler file is changed. */
    ASSEMBLY(
            LintVerdict.IMPOSSIBLE,
            "An assembler file is changed.",
            "The tools refuse .S files: there are no functions that could be told apart and replaced.",
            "Leave the file out, or fix the C code around it."),
    /** The fix leaves every file as it is. */
    NO_CHANGE(
            LintVerdict.NO_EFFECT,
            "The fix leaves every file as it is.",
            "There is nothing to build.",
            "Look whether the tree has the fix already."),
    /** A file that is not compiled into a kernel is changed. */
    NOT_CODE(
            LintVerdict.NO_EFFECT,
            "A file that is not compiled into a kernel is changed.",
            "Documentation and tests change no running code.",
            "None is needed."),
    /** A file is changed that this build leaves out. */
    NOT_COMPILED(
            LintVerdict.NO_EFFECT,
            "A file is changed that this build leaves out.",
            "What is not compiled is not in the running kernel, so nothing is to be replaced.",
            "None is needed: the kernel does not have this code."),
    /** Only comments, white space or the line breaks of a file change. */
    COMMENTS_ONLY(
            LintVerdict.NO_EFFECT,
            "Only comments, white space or the line breaks of a file change.",
            "The compiler sees the same code.",
            "None is needed."),
    /** Only lines change that the configuration leaves out of a file. */
    COMPILED_OUT(
            LintVerdict.NO_EFFECT,
            "Only lines change that the configuration leaves out of a file.",
            "The compiler sees the same code.",
            "None is needed: the kernel does not have this code."),
    /** The compiler makes the same code of a file with and without the fix. */
    SAME_CODE(
            LintVerdict.NO_EFFECT,
            "The compiler makes the same code of a file with and without the fix.",
            "What is not different cannot be replaced, nor need it be.",
            "None is needed: in this build the kernel does not have the fault."),
    /** Nothing changes but code that runs at boot, or when a module is loaded or removed. */
    INIT_ONLY(
            LintVerdict.IMPOSSIBLE,
            "Nothing changes but code that runs at boot, or when a module is loaded or removed.",
            "It has run already and is gone, or is compiled without hooks; the tools refuse changes of its sections.",
            "Boot the fixed kernel next time; for code of a module, put the fixed file in place and load it anew when that can be done."),
    /** A change fits only if some of its context is ignored. */
    FUZZ(
            LintVerdict.RISKY,
            "A change fits only if some of its context is ignored.",
            "It may have landed in another place than it was made for.",
            "Compare the result, or take the fix of this kernel's own branch."),
    /** Code of the vdso is changed. */
    VDSO(
            LintVerdict.RISKY,
            "Code of the vdso is changed.",
            "It runs in user space, where no livepatch reaches; kpatch-build leaves its objects out without a word, klp-build refuses the file.",
            "Update the kernel, or fix the kernel's side of it."),
    /** Code that runs before or beside the kernel is changed. */
    BOOT_CODE(
            LintVerdict.RISKY,
            "Code that runs before or beside the kernel is changed.",
            "Boot, purgatory, real mode and firmware stubs are no part of the running kernel; kpatch-build leaves their objects out without a word.",
            "Leave the file out, or update the kernel."),
    /** Code is changed that is neither C nor a header. */
    OTHER_LANGUAGE(
            LintVerdict.RISKY,
            "Code is changed that is neither C nor a header.",
            "The tools compare what C compilers make of C functions.",
            "Look at the file by hand."),
    /** A file is changed from which the build generates others. */
    GENERATOR_INPUT(
            LintVerdict.RISKY,
            "A file is changed from which the build generates others.",
            "Tables and headers are generated anew, and whatever uses them changes with it.",
            "Leave the file out if the code does not need it."),
    /** Code or data that is gone after boot is changed. */
    INIT_CODE(
            LintVerdict.RISKY,
            "Code or data that is gone after boot is changed.",
            "It has run already, so a new version changes nothing; kpatch-build says that a changed section is not selected.",
            "Leave the part out; if it fixes state that was set up wrongly, put that right in a pre-patch callback."),
    /** Code or data in a section of its own is changed. */
    SECTION(
            LintVerdict.RISKY,
            "Code or data in a section of its own is changed.",
            "The tools can take along only what has a section per function or variable.",
            "Leave the attribute out for new data; move changed code into a new function without it."),
    /** A function is changed that ftrace cannot hook. */
    NOT_TRACEABLE(
            LintVerdict.RISKY,
            "A function is changed that ftrace cannot hook.",
            "Livepatch redirects functions through ftrace, so such a function cannot be replaced.",
            "Fix its callers instead, as far as these can be traced."),
    /** The layout of a structure changes. */
    STRUCT_LAYOUT(
            LintVerdict.RISKY,
            "The layout of a structure changes.",
            "Objects that exist already have the old layout; static ones change their size, which the tools refuse.",
            "Keep the structure and hold new members in shadow variables (klp_shadow_alloc), or use padding that is there."),
    /** The values of an enumeration change. */
    ENUM_VALUES(
            LintVerdict.RISKY,
            "The values of an enumeration change.",
            "Unpatched code and stored state go on with the old values.",
            "Add new values at the end only."),
    /** A variable with an initial value changes. */
    STATIC_DATA(
            LintVerdict.RISKY,
            "A variable with an initial value changes.",
            "The running kernel's copy stays as it is; the tools refuse data of another content or size that they cannot take along.",
            "Leave it out, and change the value in a pre-patch callback, or make the function use a new variable."),
    /** A static variable within a function goes away or changes. */
    STATIC_LOCAL(
            LintVerdict.RISKY,
            "A static variable within a function goes away or changes.",
            "The tools match it with the running kernel's by its use, and refuse what they cannot match.",
            "Keep the variable, and a reference to it, in the new version."),
    /** A header is changed that many units include. */
    WIDE_HEADER(
            LintVerdict.RISKY,
            "A header is changed that many units include.",
            "All of them are compiled anew, which takes long, and any of them may change.",
            "Move the change into the C file that needs it."),
    /** An inline function or macro of a header that many units include is changed. */
    HEADER_CODE(
            LintVerdict.RISKY,
            "An inline function or macro of a header that many units include is changed.",
            "Every function that uses it changes, also ones that cannot be patched.",
            "Put the new version under another name into the C file that needs it."),
    /** A changed function asks a static key that may be defined in a module. */
    STATIC_KEY(
            LintVerdict.RISKY,
            "A changed function asks a static key that may be defined in a module.",
            "The tools cannot take along jump labels whose key is not the kernel image's.",
            "Use static_key_enabled() in the new version."),
    /** A changed function makes a static call that may be defined in a module. */
    STATIC_CALL(
            LintVerdict.RISKY,
            "A changed function makes a static call that may be defined in a module.",
            "The tools cannot take along static calls whose key is not the kernel image's.",
            "Use KPATCH_STATIC_CALL() with kpatch-build, KLP_STATIC_CALL() with klp-build."),
    /** A system call's definition changes. */
    SYSCALL(
            LintVerdict.RISKY,
            "A system call's definition changes.",
            "Its metadata for tracing lies in sections of its own, which klp-build cannot take along.",
            "Use KLP_SYSCALL_DEFINE() for the new version."),
    /** The definition of a trace event changes. */
    TRACE_EVENT(
            LintVerdict.RISKY,
            "The definition of a trace event changes.",
            "Its tables lie in sections that a livepatch cannot extend, and tracing goes on with the old ones.",
            "Leave this part out."),
    /** An exported function gets other parameters or another result. */
    EXPORTED_SIGNATURE(
            LintVerdict.RISKY,
            "An exported function gets other parameters or another result.",
            "Callers in other modules, also such as were not built here, go on calling it the old way.",
            "Keep the function, and add one under a new name."),
    /** An export of a symbol is added or removed. */
    EXPORT(
            LintVerdict.RISKY,
            "An export of a symbol is added or removed.",
            "A livepatch cannot change what the kernel exports, and its table of names changes.",
            "Leave the export out."),
    /** A module's parameter changes. */
    MODULE_PARAM(
            LintVerdict.RISKY,
            "A module's parameter changes.",
            "Parameters are read when the module is loaded, from a section that a livepatch cannot extend.",
            "Leave the parameter out, and use a variable."),
    /** A changed function of a module has trace points. */
    TRACEPOINT(
            LintVerdict.LIKELY,
            "A changed function of a module has trace points.",
            "The tools disable the trace points of modules in new versions, without a word.",
            "None is needed, unless somebody relies on the events."),
    /** A changed function of a module has debug messages. */
    PR_DEBUG(
            LintVerdict.LIKELY,
            "A changed function of a module has debug messages.",
            "The tools disable the dynamic debug messages of modules in new versions, without a word.",
            "None is needed, unless somebody relies on the messages."),
    /** Functions below the change know the number of their line. */
    LINE_NUMBERS(
            LintVerdict.LIKELY,
            "Functions below the change know the number of their line.",
            "Lines move, so kpatch-build sees these functions as changed too.",
            "Keep the number of lines where the fix adds or removes some.");

    private final LintVerdict verdict;
    private final String title;
    private final String why;
    private final String remedy;

    LintRule(LintVerdict verdict, String title, String why, String remedy) {
        this.verdict = verdict;
        this.title = title;
        this.why = why;
        this.remedy = remedy;
    }

    /**
     * Returns what a finding of this rule leads to at worst; what is known of the build may soften it.
     *
     * @return the verdict
     */
    public LintVerdict verdict() {
        return verdict;
    }

    /**
     * Says what the rule looks for.
     *
     * @return one sentence
     */
    public String title() {
        return title;
    }

    /**
     * Says why that matters for a livepatch.
     *
     * @return one sentence
     */
    public String why() {
        return why;
    }

    /**
     * Says what can be done.
     *
     * @return one sentence
     */
    public String remedy() {
        return remedy;
    }
}
