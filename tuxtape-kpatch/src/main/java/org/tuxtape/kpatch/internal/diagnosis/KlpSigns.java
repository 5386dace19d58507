package org.tuxtape.kpatch.internal.diagnosis;

import static org.tuxtape.core.livepatch.BuildFailure.BAD_ARGUMENTS;
import static org.tuxtape.core.livepatch.BuildFailure.COMPILE_ERROR;
import static org.tuxtape.core.livepatch.BuildFailure.CONFIG_UNSUPPORTED;
import static org.tuxtape.core.livepatch.BuildFailure.DATA_CHANGE;
import static org.tuxtape.core.livepatch.BuildFailure.KERNEL_MISMATCH;
import static org.tuxtape.core.livepatch.BuildFailure.MISSING_TOOL;
import static org.tuxtape.core.livepatch.BuildFailure.PATCH_DOES_NOT_APPLY;
import static org.tuxtape.core.livepatch.BuildFailure.STATIC_KEY_OR_CALL;
import static org.tuxtape.core.livepatch.BuildFailure.SYMBOL_LOOKUP;
import static org.tuxtape.core.livepatch.BuildFailure.TOOL_BROKE;
import static org.tuxtape.core.livepatch.BuildFailure.TREE_DOES_NOT_BUILD;
import static org.tuxtape.core.livepatch.BuildFailure.UNCLASSIFIED;
import static org.tuxtape.core.livepatch.BuildFailure.UNSUPPORTED_FILE;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.cause;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.step;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.summary;

import java.util.List;

/**
 * What scripts/livepatch/klp-build and the klp commands of tools/objtool say when they give up, of Linux 6.19 to 7.2,
 * without {@code error: klp-build:} and the like in front of it.
 */
final class KlpSigns {
    private static final String ORIGINAL =
            "Build the original kernel again, without -S: what is kept of it belongs to another source or config.";
    private static final String UPSTREAM =
            "Report it to the kernel's livepatch list with both object files, or try a newer kernel's objtool.";
    private static final String TREE = "Build the tree completely, with vmlinux and all modules, before it is patched.";
    private static final String CALLER = "Correct the builder's options; the fix has nothing to do with it.";

    /** The first that fits counts. */
    static final List<Sign> ALL = List.of(
            cause(MISSING_TOOL, "recountdiff not found", "Install patchutils."),
            cause(
                    MISSING_TOOL,
                    "can't find fix-patch-lines",
                    "Use the complete scripts/livepatch of the kernel's source."),
            cause(
                    MISSING_TOOL,
                    // The second is what comes of the first: the tool's own check fails with the pipe that it stands
                    // in.
                    "(?:objtool not built with KLP support|klp not implemented)",
                    "Install libxxhash-dev 0.8 or newer, and build tools/objtool anew."),
            cause(MISSING_TOOL, "Clang assembler version < 20", "Use clang 20 or newer, or the GNU assembler."),
            cause(BAD_ARGUMENTS, "please run from the kernel root directory", "Run it in the root of its own source."),
            cause(
                    BAD_ARGUMENTS,
                    "(?:--short-circuit requires preserved klp-tmp|-S \\d+ requires completed )",
                    "Build the original once without -S, and keep klp-tmp."),
            cause(
                    BAD_ARGUMENTS,
                    "(?:output filename should end with \\.ko|invalid short-circuit step '|.* doesn't exist$)",
                    CALLER),
            cause(CONFIG_UNSUPPORTED, "no \\.config file in ", "Put the kernel's config into the tree as .config."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "(?<name>CONFIG_\\w+) not enabled",
                    "Build the kernel with {}; a kernel without it cannot be patched by klp-build."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "kernel option '(?<name>CONFIG_\\w+)' not supported",
                    "Build the kernel without {}."),
            cause(
                    CONFIG_UNSUPPORTED,
                    ".*kernel not built with CONFIG_KLP_BUILD\\?",
                    "Build the kernel with CONFIG_KLP_BUILD."),
            cause(
                    KERNEL_MISMATCH,
                    "(?:\\.config mismatch, check your \\.config|make syncconfig failed|failed to get kernel version)",
                    "Give the config of this very source, as make olddefconfig leaves it."),
            cause(KERNEL_MISMATCH, ".*address mismatch for symbol (?<name>\\S+), stale orig vmlinux\\?", ORIGINAL),
            cause(
                    UNSUPPORTED_FILE,
                    ".*: unsupported patch to (?<file>\\S+)",
                    "Leave assembly, the vdso, real mode code and lib/ out of the fix."),
            cause(
                    PATCH_DOES_NOT_APPLY,
                    ".* did not apply$",
                    "Take the fix of this kernel's own branch, or adapt it to this source."),
            cause(TREE_DOES_NOT_BUILD, "missing \\S+ for (?<name>\\S+)$", TREE),
            cause(TREE_DOES_NOT_BUILD, "missing vmlinux$", TREE),
            cause(
                    TREE_DOES_NOT_BUILD,
                    "(?:malformed Module\\.symvers|can't open '.*Module\\.symvers', \"objtool diff\" should)",
                    TREE),
            cause(KERNEL_MISMATCH, "no file to stash: (?<name>\\S+)", "Use a complete source tree: {} is missing."),
            // objtool
            cause(
                    DATA_CHANGE,
                    "changed data: (?<name>\\S+)",
                    "Keep the data as it is: leave {} alone, and set new values at run time, in a callback or a shadow"
                            + " variable."),
            cause(
                    STATIC_KEY_OR_CALL,
                    "(?<name>[^\\s+]+)\\+0x[0-9a-f]+: unsupported static branch key ",
                    "In {}, ask with static_key_enabled() instead of static_branch_likely() or _unlikely()."),
            cause(
                    STATIC_KEY_OR_CALL,
                    "(?<name>[^\\s+()]+)\\(\\)\\+0x[0-9a-f]+: unsupported static call key ",
                    "In {}, call with KLP_STATIC_CALL() instead of static_call()."),
            cause(SYMBOL_LOOKUP, "FILE symbol mismatch: (?<name>.+) != ", ORIGINAL),
            cause(
                    SYMBOL_LOOKUP,
                    "(?:can't find sympos for|no \\S+ entry for symbol|can't find symbol) (?<name>\\S+)",
                    "Do without {}, or build the original again: the kernel's symbols do not tell which one it is."),
            cause(
                    TOOL_BROKE,
                    "(?:'.*' missing \\.discard\\.sym_checksum|missing (?:reloc section for|reloc for|\\.modinfo|\\.symtab"
                            + "|symbol table)|struct \\w+ size mismatch|can't find reloc for|not sure how to handle section"
                            + "|unexpected klp reloc for new symbol|no clone for|malformed \\S+ section"
                            + "|\\S+: missing (?:special section|symbol table|reloc for)|\\S+: \\S+: struct \\w+ size"
                            + "|\\S+\\+0x[0-9a-f]+: failed to convert reloc sym"
                            + "|\\w+: .* failed: )",
                    UPSTREAM),
            cause(TOOL_BROKE, "use grep0 or 'command grep'", UPSTREAM),
            step(
                    TREE_DOES_NOT_BUILD,
                    "original kernel build failed",
                    "Build the tree with make first: its build ended without the fix."),
            step(
                    COMPILE_ERROR,
                    "patched kernel build failed",
                    "Read in klp-tmp/build.log what came before it: the tool only says that the build ended."),
            summary(
                    UNCLASSIFIED,
                    "objtool klp (?:checksum|diff|post-link) failed",
                    "Read what objtool said before it ended."));

    private KlpSigns() {}
}
