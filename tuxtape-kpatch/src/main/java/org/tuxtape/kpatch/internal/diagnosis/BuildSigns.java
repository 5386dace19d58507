package org.tuxtape.kpatch.internal.diagnosis;

import static org.tuxtape.core.livepatch.BuildFailure.BAD_ARGUMENTS;
import static org.tuxtape.core.livepatch.BuildFailure.COMPILER_MISMATCH;
import static org.tuxtape.core.livepatch.BuildFailure.COMPILE_ERROR;
import static org.tuxtape.core.livepatch.BuildFailure.KERNEL_MISMATCH;
import static org.tuxtape.core.livepatch.BuildFailure.KILLED;
import static org.tuxtape.core.livepatch.BuildFailure.MISSING_TOOL;
import static org.tuxtape.core.livepatch.BuildFailure.NO_SPACE;
import static org.tuxtape.core.livepatch.BuildFailure.PATCH_DOES_NOT_APPLY;
import static org.tuxtape.core.livepatch.BuildFailure.TOOL_BROKE;
import static org.tuxtape.core.livepatch.BuildFailure.TREE_DOES_NOT_BUILD;
import static org.tuxtape.core.livepatch.BuildFailure.UNDEFINED_SYMBOL;
import static org.tuxtape.core.livepatch.BuildFailure.UNSUPPORTED_SECTION;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.build;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.cause;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.hint;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.root;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.step;

import java.util.List;

/**
 * What both tools pass on of others: gcc, clang, as, ld, objtool, modpost, make, the shell, patch(1) and getopt(1), in the
 * locale C.
 */
final class BuildSigns {
    private static final String PLACE = "(?<file>[^\\s:]+\\.(?:c|h|S|s|y|l|lds|inc)):(?<line>\\d{1,9}):(?:\\d+:)? ";
    private static final String FEWER =
            "Try again with fewer jobs or more memory, and see in the kernel's log who was killed.";
    private static final String LOST =
            "See on the machine that the wrapper leads to why the job ended there, and build again when it is back.";
    private static final String COMPILE =
            "Compare the fix with this source: what the message names is different here, or another commit comes first.";

    /** The first that fits counts. */
    static final List<Sign> ALL = List.of(
            // the machine
            root(NO_SPACE, ".*No space left on device", "Free disk space where the tree, its cache and TMPDIR are."),
            root(NO_SPACE, ".*Disk quota exceeded", "Free disk space, or raise the quota of this user."),
            root(
                    KILLED,
                    "(?:.*Killed signal terminated program |make.*: \\*\\*\\* .*\\b(?:Killed|Error 137)$|.*: line \\d+: +\\d+ Killed\\b"
                            + "|.*(?:virtual memory exhausted|memory exhausted|out of memory allocating|: Cannot allocate memory))",
                    FEWER),
            // a wrapper to another machine; srun ends with 0 when the node is lost
            root(
                    KILLED,
                    "(?:srun: error: Node failure on |srun: error: .*: task \\d+: (?:Killed|Terminated)"
                            + "|srun: (?:Force Terminated |Job allocation \\d+ has been revoked)"
                            + "|slurmstepd\\S*: error: \\*\\*\\* (?:STEP|JOB) .* CANCELLED"
                            + "|Connection to \\S+ (?:closed by remote host|timed out)|client_loop: send disconnect: "
                            + "|Timeout, server \\S+ not responding|Read from remote host \\S+: )",
                    LOST),
            // programs and libraries of the host
            cause(MISSING_TOOL, "error: this script requires bash", "Install bash 4.4 or newer."),
            cause(
                    MISSING_TOOL,
                    "(?:\\S*/)?(?:ba|da)?sh: (?:line )?\\d+: (?<name>\\S+): (?:command )?not found",
                    "Install {}."),
            cause(MISSING_TOOL, "\\S+: line \\d+: (?<name>\\S+): command not found", "Install {}."),
            cause(
                    MISSING_TOOL,
                    "make(?:\\[\\d+])?: (?<name>\\S+): (?:No such file or directory|Permission denied)",
                    "Install {}."),
            cause(
                    MISSING_TOOL,
                    PLACE
                            + "fatal error: (?<name>(?:openssl|gelf|libelf|elf|elfutils|xxhash|libdwfl|dwarf|zlib|zstd|ncurses|yaml)"
                            + "\\S*\\.h): No such file",
                    "Install the development package that has {}."),
            cause(
                    COMPILER_MISMATCH,
                    "(?:\\S*/)?(?:\\S*-)?(?:gcc|cc1|clang|as|ld)(?:-[\\d.]+)?: (?:error: )?(?:unrecognized|unknown|unsupported)"
                            + " (?:command[- ]line )?(?:option|argument)",
                    "Use the compiler that built the kernel: this one does not know its options."),
            // the tree
            cause(
                    KERNEL_MISMATCH,
                    "(?:Error in reading or end of file\\.|\\*\\*\\* (?:Restart config|Configuration file .* not found))",
                    "Give the config of this very source, as make olddefconfig leaves it."),
            cause(
                    TREE_DOES_NOT_BUILD,
                    "\\*\\*\\* The source tree is not clean",
                    "Run make mrproper in the source, or use a tree of its own."),
            // patch(1): the line that the tool sums up
            cause(
                    PATCH_DOES_NOT_APPLY,
                    "Hunk #\\d+ FAILED at (?<line>\\d{1,9})",
                    "Take the fix of this kernel's own branch, or adapt it to this source."),
            cause(
                    PATCH_DOES_NOT_APPLY,
                    "(?:can't find file to patch at|Reversed \\(or previously applied\\) patch detected"
                            + "|patch: \\*\\*\\*\\* |\\d+ out of \\d+ hunks? (?:FAILED|ignored))",
                    "Take the fix of this kernel's own branch, or adapt it to this source."),
            // arguments
            cause(
                    BAD_ARGUMENTS,
                    "(?:getopt|klp-build|kpatch-build): (?:unrecognized|invalid|unknown|ambiguous|option) ?",
                    "Correct the builder's options: this version of the tool does not know one of them."),
            step(
                    BAD_ARGUMENTS,
                    "[Uu]sage: (?:klp-build|kpatch-build) ",
                    "Correct the builder's options: this version of the tool does not know one of them."),
            // the compiler
            build(
                    TOOL_BROKE,
                    ".*internal compiler error: ",
                    "Use another version of the compiler, and build the kernel with it."),
            build(
                    COMPILE_ERROR,
                    PLACE + "fatal error: (?<name>\\S+): No such file",
                    "Take the commit that adds {} into the fix as well."),
            build(
                    COMPILE_ERROR,
                    PLACE
                            + "(?:fatal )?error: (?:implicit declaration of function|call to undeclared function) '(?<name>\\w+)'",
                    "Take the commit that adds {}() into the fix as well, or use what this source has in its place."),
            build(
                    COMPILE_ERROR,
                    PLACE
                            + "(?:fatal )?error: (?:'(?<name>\\w+)' undeclared|use of undeclared identifier '(?<name2>\\w+)'"
                            + "|.*has no member named '(?<name3>\\w+)'|no member named '(?<name4>\\w+)')",
                    "Take the commit that adds {} into the fix as well, or use what this source has in its place."),
            build(
                    COMPILE_ERROR,
                    PLACE + "(?:fatal )?error: .*\\[-Werror",
                    "Repair what the compiler warns of: the kernel's config makes it an error."),
            build(COMPILE_ERROR, PLACE + "(?:fatal )?[Ee]rror: ", COMPILE),
            // modpost and the linker
            build(
                    UNDEFINED_SYMBOL,
                    "ERROR: (?:modpost: )?\"(?<name>[^\"]+)\" \\[(?<object>\\S+)\\.ko] undefined!",
                    "Take the commit that exports {} into the fix as well, or do without it."),
            build(
                    UNDEFINED_SYMBOL,
                    "ERROR: modpost: (?:module \\S+ uses symbol (?<name>\\S+) from namespace"
                            + "|GPL-incompatible module \\S+ uses GPL-only symbol '(?<name2>[^']+)')",
                    "Do without {}, or declare in the module what its export asks for."),
            hint(
                    UNSUPPORTED_SECTION,
                    "(?:ERROR|WARNING): modpost: .*section mismatch in reference: (?<name>\\S+)",
                    "Do not use in {} what is gone after boot, or mark it in the same way."),
            build(
                    UNSUPPORTED_SECTION,
                    "ERROR: modpost: Section mismatches detected",
                    "Do not use what is gone after boot."),
            build(COMPILE_ERROR, "ERROR: modpost: ", "Repair what modpost names."),
            build(
                    UNDEFINED_SYMBOL,
                    ".*undefined reference to [`'](?<name>[^`']+)'",
                    "Take the commit that adds {} into the fix as well, or do without it."),
            build(
                    UNDEFINED_SYMBOL,
                    "(?:\\S*/)?ld\\.lld: error: undefined (?:hidden )?symbol: (?<name>\\S+)",
                    "Take the commit that adds {} into the fix as well, or do without it."),
            build(
                    COMPILE_ERROR,
                    ".*multiple definition of [`'](?<name>[^`']+)'",
                    "Give {} another name, or make it static: this source has one already."),
            build(
                    COMPILE_ERROR,
                    "(?:\\S*/)?(?:\\S*-)?ld(?:\\.\\w+)?: (?:error: )?(?:cannot find|final link failed|relocation truncated|.*: relocation "
                            + "|unplaced orphan section|.*relocation truncated to fit)",
                    "Repair what the linker names."),
            build(
                    COMPILE_ERROR,
                    "\\S+: error: objtool: (?<name>[\\w.]+)(?:\\(\\))?(?:\\+0x[0-9a-f]+)?: ",
                    "Write {} so that objtool can follow its stack and its jumps."),
            // make
            step(
                    COMPILE_ERROR,
                    "make(?:\\[\\d+])?: \\*\\*\\* No rule to make target '(?<name>[^']+)'",
                    "Give a complete source tree, and a target that it has: make knows no way to {}."),
            step(
                    COMPILE_ERROR,
                    "make(?:\\[\\d+])?: \\*\\*\\* \\[.*] (?:Error \\d+|\\w[\\w ]*)(?: \\(core dumped\\))?$",
                    "Read in the log what came before it: make only says which step failed."));

    private BuildSigns() {}
}
