package org.tuxtape.kpatch.standin;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelRelease;

/** Fixes for the files of the small tree, one for each end that a build can come to. */
public enum SmallFix {
    /** Changes a function of the image. */
    BUILDS("net/core/mailbox.c", "\treturn parcel->weight;", "\treturn parcel->weight < 0 ? 0 : parcel->weight;"),
    /** Changes a function of another object. */
    BUILDS_TOO("net/core/postman.c", "\t\tbells += 2;", "\t\tbells += 1;"),
    /** Changes a function of a module. */
    BUILDS_IN_A_MODULE("fs/pantry/pantry.c", "\treturn shelf + 1;", "\treturn shelf < 9 ? shelf + 1 : shelf;"),
    /** Changes a structure in a header that no static data has, and by it the function that uses it. */
    BUILDS_BY_A_HEADER("include/linux/postman.h", "\tint bags;", "\tint bags;\n\tint letters;"),
    /** Adds a function and calls it. */
    ADDS_A_FUNCTION(
            "net/core/postman.c",
            "int postman_rest(int minutes)\n{\n\treturn minutes;",
            "static int postman_nap(int minutes)\n{\n\treturn minutes / 2;\n}\n\n"
                    + "int postman_rest(int minutes)\n{\n\treturn postman_nap(minutes);"),
    /** Changes comments only. */
    COMMENT("net/core/mailbox.c", "/* Heavy ones are taken too. */", "/* Heavy ones are taken, light ones too. */"),
    /** Changes what is not compiled. */
    NOT_COMPILED("fs/attic/attic.c", "\treturn steps;", "\treturn steps + 1;"),
    /** Changes what is gone after boot. */
    INIT("net/core/mailbox.c", "\tmailbox_limit = 128;", "\tmailbox_limit = 256;"),
    /** Changes a structure that static data has. */
    STRUCT("include/linux/mailbox.h", "\tint sender;", "\tint sender;\n\tint receiver;"),
    /** Changes static data. */
    DATA("net/core/mailbox.c", "mailbox_limit = 64;", "mailbox_limit = 32;"),
    /** Takes a static local variable away. */
    STATIC_LOCAL("net/core/mailbox.c", "\tstatic int posted;", "\tint posted = 0;"),
    /** Uses a static key of a module. */
    STATIC_KEY(
            "net/core/mailbox.c",
            "\treturn mailbox_limit - taken;",
            "\treturn static_branch_unlikely(&mailbox_full) ? 0 : mailbox_limit - taken;"),
    /** Changes a function that ftrace cannot take over. */
    NOTRACE("net/core/mailbox.c", "\treturn last_parcel.weight;", "\treturn last_parcel.weight + 1;"),
    /** Changes {@code lib/}. */
    LIB("lib/ledger.c", "\treturn one + other;", "\treturn other + one;"),
    /** Changes assembly. */
    ASSEMBLY("arch/x86/entry/gate.S", "\txorl %eax, %eax", "\tmovl $1, %eax"),
    /** Does not compile: a name is not declared. */
    COMPILE_ERROR("net/core/mailbox.c", "\treturn mailbox_limit - taken;", "\treturn not_declared_limit - taken;"),
    /** Does not compile: a header is missing. */
    MISSING_HEADER(
            "net/core/mailbox.c", "#include <linux/mailbox.h>", "#include <linux/mailbox.h>\n#include <linux/stamp.h>"),
    /** Calls what no module may call. */
    UNDEFINED("net/core/mailbox.c", "\treturn mailbox_limit - taken;", "\treturn unexported_limit() - taken;"),
    /** Changes a build script. */
    MAKEFILE("net/core/Makefile", "obj-y := mailbox.o postman.o", "obj-y := mailbox.o postman.o evil.o");

    private static final String COMMIT = "%040x";

    private final String path;
    private final String before;
    private final String after;

    SmallFix(String path, String before, String after) {
        this.path = path;
        this.before = before;
        this.after = after;
    }

    /** The file that it changes. */
    public String path() {
        return path;
    }

    /** The diff against the small tree. */
    public String diff() {
        return UnifiedDiff.of(path, source(), source().replace(before, after));
    }

    /** The diff of a tree that has it against the small tree. */
    public String reversed() {
        return UnifiedDiff.of(path, source().replace(before, after), source());
    }

    private String source() {
        String text = SmallSources.code().get(path);
        if (text == null || !text.contains(before)) {
            throw new IllegalStateException(path + " has no " + before);
        }
        return text;
    }

    /** The fix of a CVE of its own. */
    public Fix fix(KernelRelease release) {
        int number = 1000 + List.of(values()).indexOf(this);
        return fix(release, CveId.parse("CVE-2024-" + number), diff());
    }

    /** A fix with a diff that is no constant's. */
    public static Fix fix(KernelRelease release, CveId cve, String diff) {
        CommitId commit = CommitId.parse(COMMIT.formatted(Integer.toUnsignedLong(diff.hashCode())));
        return new Fix(
                cve,
                release.version().branch(),
                List.of(new FixCommit(Optional.of(commit), "A fix of the small tree", diff)));
    }
}
