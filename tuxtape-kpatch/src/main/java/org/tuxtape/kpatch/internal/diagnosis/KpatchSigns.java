package org.tuxtape.kpatch.internal.diagnosis;

import static org.tuxtape.core.livepatch.BuildFailure.BAD_ARGUMENTS;
import static org.tuxtape.core.livepatch.BuildFailure.COMPILER_MISMATCH;
import static org.tuxtape.core.livepatch.BuildFailure.CONFIG_UNSUPPORTED;
import static org.tuxtape.core.livepatch.BuildFailure.DATA_CHANGE;
import static org.tuxtape.core.livepatch.BuildFailure.KERNEL_MISMATCH;
import static org.tuxtape.core.livepatch.BuildFailure.MISSING_DEBUG_INFO;
import static org.tuxtape.core.livepatch.BuildFailure.MISSING_TOOL;
import static org.tuxtape.core.livepatch.BuildFailure.MODVERSIONS;
import static org.tuxtape.core.livepatch.BuildFailure.NOT_TRACEABLE;
import static org.tuxtape.core.livepatch.BuildFailure.OBJECT_MAPPING;
import static org.tuxtape.core.livepatch.BuildFailure.PATCH_DOES_NOT_APPLY;
import static org.tuxtape.core.livepatch.BuildFailure.SOURCE_UNAVAILABLE;
import static org.tuxtape.core.livepatch.BuildFailure.STATIC_KEY_OR_CALL;
import static org.tuxtape.core.livepatch.BuildFailure.STATIC_LOCAL;
import static org.tuxtape.core.livepatch.BuildFailure.SYMBOL_LOOKUP;
import static org.tuxtape.core.livepatch.BuildFailure.TOOL_BROKE;
import static org.tuxtape.core.livepatch.BuildFailure.TREE_DOES_NOT_BUILD;
import static org.tuxtape.core.livepatch.BuildFailure.UNDEFINED_SYMBOL;
import static org.tuxtape.core.livepatch.BuildFailure.UNSUPPORTED_CODE;
import static org.tuxtape.core.livepatch.BuildFailure.UNSUPPORTED_FILE;
import static org.tuxtape.core.livepatch.BuildFailure.UNSUPPORTED_SECTION;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.cause;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.hint;
import static org.tuxtape.kpatch.internal.diagnosis.Sign.summary;

import java.util.List;

/**
 * What kpatch-build, create-diff-object and create-klp-module of kpatch 0.9.9 to 0.9.11 say when they give up, without
 * the {@code ERROR:} and the names in front of it.
 */
final class KpatchSigns {
    private static final String LAYOUT =
            "Keep the data as it is: leave {} alone, and set new values at run time, in a callback or a shadow variable.";
    private static final String INIT =
            "Take the change of __init and __exit code out of the fix, or do in a callback what it would have done.";
    private static final String REBUILT =
            "Give the debug vmlinux and the Module.symvers of the very build that runs, made by the same compiler.";
    private static final String UPSTREAM =
            "Report it to the kpatch project with both object files, or try another version of the tool.";
    private static final String TREE = "Build the tree completely, with vmlinux and all modules, before it is patched.";
    private static final String CALLER = "Correct the builder's options; the fix has nothing to do with it.";

    /** The first that fits counts. */
    static final List<Sign> ALL = List.of(
            // kpatch-build: arguments
            cause(
                    BAD_ARGUMENTS,
                    "(?:getopt failed|(?:source rpm|source dir|config file|vmlinux file|output dir|patch file"
                            + "|out-of-tree module(?: source dir)?) '.*' not found|Invalid number of make jobs '"
                            + "|no patch file\\(s\\) specified|--archversion is incompatible with --sourcerpm"
                            + "|--oot-module requires --oot-module-src)",
                    CALLER),
            // kpatch-build: programs
            cause(
                    MISSING_TOOL,
                    "(?<name>gawk|yumdownloader \\(yum-utils or dnf-utils\\)) not installed",
                    "Install {}."),
            cause(MISSING_TOOL, "can't find supporting tools", "Install kpatch-build whole, with its lib and share."),
            cause(MISSING_TOOL, "Unsupported distribution", "Give the tree, its config and its vmlinux as options."),
            cause(MISSING_TOOL, "gcc >= 4\\.8 required", "Install a newer compiler, the one that built the kernel."),
            cause(
                    MISSING_TOOL,
                    "unable to find Module\\.symvers for kpatch core module",
                    "Use a kernel with CONFIG_LIVEPATCH; the old core module of kpatch is not needed then."),
            cause(BAD_ARGUMENTS, "Couldn't create (?<name>.*)", "Make {} writable, or choose another cache directory."),
            // kpatch-build: kernel
            cause(
                    MISSING_DEBUG_INFO,
                    "(?:can't find vmlinux|kernel-debuginfo-.* not installed|linux-image-.*-dbg(?:sym)? not installed)",
                    "Give the uncompressed vmlinux with debug information of the kernel that runs."),
            cause(
                    MISSING_DEBUG_INFO,
                    "can't find special struct (?<name>\\w+) size",
                    "Build the kernel with CONFIG_DEBUG_INFO: its vmlinux does not describe struct {}."),
            cause(
                    KERNEL_MISMATCH,
                    "(?:Kernel version mismatch: |Unable to determine the kernel version from vmlinux|setlocalversion failed)",
                    "Give source, config and vmlinux of one and the same build."),
            cause(
                    SOURCE_UNAVAILABLE,
                    "(?:rpmbuild -bp failed|dget: Could not fetch/unpack|Failed to locate kernel config file)",
                    "Give a prepared source tree instead of letting the tool fetch one."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "can't find config file",
                    "Put the kernel's config into the tree as .config, or give it as an option."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "(?:openEuler )?kernel doesn't have '(?<name>CONFIG_\\w+)' enabled",
                    "Build the kernel with {}; a kernel without it cannot be patched by kpatch-build."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "The kernel doesn't support klp replace",
                    "Build without replacement, or for a kernel from 5.1 on."),
            cause(
                    CONFIG_UNSUPPORTED,
                    "kernel option '(?<name>CONFIG_\\w+)' not supported",
                    "Build the kernel without {}, or from 6.19 on with klp-build."),
            cause(
                    COMPILER_MISMATCH,
                    "(?:gcc|clang)/kernel version mismatch",
                    "Use the compiler that built the kernel, for example in a container of that distribution."),
            // kpatch-build: the fix
            cause(
                    PATCH_DOES_NOT_APPLY,
                    "(?:.* )?file failed to apply",
                    "Take the fix of this kernel's own branch, or adapt it to this source."),
            cause(
                    UNSUPPORTED_FILE,
                    ".*: unsupported patch to lib/: (?<file>\\S+)",
                    "Leave files below lib/ out: the tool compiles them without what it needs to compare them."),
            cause(
                    UNSUPPORTED_FILE,
                    ".*: unsupported patch to assembly: (?<file>\\S+)",
                    "Leave assembly out; only functions in C can be replaced."),
            summary(UNSUPPORTED_FILE, "Unsupported changes detected", "Leave the named files out of the fix."),
            cause(KERNEL_MISMATCH, "Kernel path not found: (?<name>.*)", "Give a complete source tree: {} is missing."),
            // kpatch-build: the build
            cause(TREE_DOES_NOT_BUILD, "(?:truncated|Malformed) .*Module\\.symvers file", TREE),
            cause(TREE_DOES_NOT_BUILD, "Malformed symbol entry for (?<name>\\S+) in ", TREE),
            cause(
                    UNDEFINED_SYMBOL,
                    "Undefined symbols: (?<name>\\S+)",
                    "Take the commit that adds {} into the fix as well, or do without it."),
            cause(OBJECT_MAPPING, "(?:can't find .* associated with |can't find \\.ko for (?<name>\\S+))", TREE),
            cause(
                    OBJECT_MAPPING,
                    "(?:invalid ancestor |multiple parent matches for (?<name>\\S+):)",
                    "Build only the target that holds the code, so that it belongs to one module or to the image."),
            cause(
                    MODVERSIONS,
                    "Patch module references (?<name>\\S+) with invalid version",
                    "Leave the type of {} and of its parameters as it is: the kernel's modules rely on its version."),
            summary(
                    MODVERSIONS,
                    "Patch module referencing altered exported kernel symbols",
                    "Leave the types of exported symbols as they are."),
            hint(
                    MODVERSIONS,
                    "Version disagreement for symbol (?<name>\\S+)",
                    "Leave the type of {} and of its parameters as it is: the kernel's modules rely on its version."),
            // create-diff-object: data
            cause(DATA_CHANGE, "data section (?<section>\\S+) selected for inclusion", LAYOUT),
            cause(DATA_CHANGE, "object size mismatch: (?<name>\\S+)", LAYOUT),
            cause(
                    DATA_CHANGE,
                    "symbol (?:info mismatch|changed sections): (?<name>\\S+)",
                    "Leave kind, binding and section of {} as they are, for example do not make it const or static."),
            cause(
                    DATA_CHANGE,
                    "(?<section>\\S+) section header details differ from ",
                    "Leave the alignment and the kind of the data in {} as they are."),
            cause(
                    DATA_CHANGE,
                    "changed section (?<section>\\.(?:rela\\.)?(?:data|bss|rodata)\\b\\S*) not selected for inclusion",
                    LAYOUT),
            // create-diff-object: sections
            cause(
                    UNSUPPORTED_SECTION,
                    "changed section (?<section>\\S*(?:\\.init|\\.exit|initcall)\\S*) not selected for inclusion",
                    INIT),
            cause(
                    UNSUPPORTED_SECTION,
                    "changed section (?<section>(?:\\.rela)?_*ksymtab\\S*) not selected for inclusion",
                    "Take the export (EXPORT_SYMBOL) out of the fix: what is patched together needs none."),
            cause(
                    UNSUPPORTED_SECTION,
                    "changed section (?<section>\\S+) not selected for inclusion",
                    "Leave what is in section {} as it is; if it belongs to __init code, take that out of the fix."),
            cause(
                    UNSUPPORTED_SECTION,
                    "changed section (?<section>\\S+) is part of a section group",
                    "Leave what is in section {} as it is, and compile without what makes section groups."),
            cause(
                    UNSUPPORTED_SECTION,
                    "new/changed group sections are not supported",
                    "Do not add code that the compiler puts into section groups."),
            summary(
                    UNSUPPORTED_SECTION,
                    "\\d+ unsupported section change\\(s\\)",
                    "Leave the sections that are named before it as they are."),
            // create-diff-object: functions
            cause(
                    NOT_TRACEABLE,
                    "function (?<name>\\S+) (?:doesn't have patchable function entry|has no fentry/mcount call), unable",
                    "Move the change into callers of {} that ftrace can trace; it is notrace, or its file is built without."),
            summary(
                    NOT_TRACEABLE,
                    "\\d+ function\\(s\\) can not be patched",
                    "Move the change into functions that ftrace can trace."),
            cause(
                    STATIC_LOCAL,
                    "reference to static local variable (?<name>\\S+) in \\S+ was removed",
                    "Keep a use of {} in that function, for example a read of it that does nothing."),
            cause(
                    STATIC_LOCAL,
                    "static local (?<name>\\S+) has been correlated with ",
                    "Keep a use of {} in that function, and do not rename static variables in it."),
            cause(
                    STATIC_KEY_OR_CALL,
                    "Found a jump label at (?<name>[^\\s()]+)\\(\\)",
                    "In {}, ask with static_key_enabled() instead of static_branch_likely() or _unlikely()."),
            cause(
                    STATIC_KEY_OR_CALL,
                    "Found a static call at (?<name>[^\\s()]+)\\(\\)",
                    "In {}, call with KPATCH_STATIC_CALL() instead of static_call()."),
            summary(
                    STATIC_KEY_OR_CALL,
                    "Found \\d+ unsupported (?:jump label|static call)\\(s\\)",
                    "Ask with static_key_enabled(), and call with KPATCH_STATIC_CALL()."),
            cause(
                    UNSUPPORTED_CODE,
                    "Found an unsupported sibling call at (?<name>[^\\s()]+)\\(\\)",
                    "Give {} __attribute__((optimize(\"-fno-optimize-sibling-calls\")))."),
            summary(
                    UNSUPPORTED_CODE,
                    "Found \\d+ unsupported sibling call\\(s\\)",
                    "Compile the functions without sibling calls."),
            cause(
                    UNSUPPORTED_CODE,
                    "unsupported klp relocation reference to symbol '(?<name>[^']+)'",
                    "Do without {} where the code is patched at run time, as in alternatives and static keys."),
            cause(
                    UNSUPPORTED_CODE,
                    "(?<name>\\S+)\\+0x[0-9a-f]+: (?:out-of-range relocation|can't find replacement symbol for)",
                    "Write the change in {} in another way; the tool cannot point to the data that it uses."),
            // create-diff-object: symbols
            cause(SYMBOL_LOOKUP, "couldn't find matching (?<name>\\S+) local symbols in ", REBUILT),
            cause(
                    SYMBOL_LOOKUP,
                    "found duplicate matches for (?<name>\\S+) local symbols in ",
                    "Two files called {} hold the same symbols: name them apart, or patch other functions."),
            cause(SYMBOL_LOOKUP, "can't find (?:local )?symbol '(?<name>[^']+)' in symbol table", REBUILT),
            cause(
                    SYMBOL_LOOKUP,
                    "duplicate (?:local|global|exported) symbol found for (?<name>\\S+)",
                    "Do without {}: the kernel has it more than once."),
            // tools that broke
            cause(TOOL_BROKE, "(?<name>create-\\w+-\\w+) SIGSEGV", UPSTREAM),
            cause(TOOL_BROKE, "create-k(?:lp|patch)-module: exited with return code: ", UPSTREAM),
            summary(TOOL_BROKE, "(?:core file at |There was a SIGSEGV, but no core dump)", UPSTREAM),
            cause(
                    TOOL_BROKE,
                    "(?:ELF headers differ|ELF contains program header)",
                    "Compile both with the same options; the objects are not of one kind."),
            cause(
                    TOOL_BROKE,
                    "(?:can't decode instruction in section|can't find instruction for rela at|unhandled rela type"
                            + "|unsupported arch|Unsupported target architecture|\\S+: unexpected (?:instruction|missing call)"
                            + "|no instruction changes detected for changed section (?<section>\\S+)$)",
                    "Use a version of kpatch-build that knows this processor and this compiler."),
            cause(TOOL_BROKE, KpatchInternals.TEXT, UPSTREAM));

    private KpatchSigns() {}
}
