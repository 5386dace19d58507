package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * What the shell command of a {@code .cmd} file tells about linkage.
 *
 * @param kernelCode whether it compiles for the kernel and not for the machine that builds
 * @param members the objects, archives and lists that it puts together, as written
 * @param onDemand archives of which the linker takes only what is needed, as written
 */
record Command(boolean kernelCode, List<String> members, List<String> onDemand) {
    private static final String DELIMITERS = " \t;|{}()<>'\"`&";
    private static final String AWK_PRINT = "print(\"";

    Command {
        members = List.copyOf(members);
        onDemand = List.copyOf(onDemand);
    }

    /** Reads the command of a compilation: what it puts together is not looked at. */
    static Command compilation(String text) {
        return new Command(isKernelCode(text), List.of(), List.of());
    }

    /**
     * Reads the command of a link, of an archive, or of the lists {@code x.mod} and {@code modules.order}: every word
     * that names an object, an archive or another list.
     */
    static Command link(String text) {
        List<String> members = new ArrayList<>();
        List<String> onDemand = new ArrayList<>();
        boolean group = false;
        String prefix = awkPrefix(text);
        StringTokenizer words = new StringTokenizer(text, DELIMITERS, true);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.equals("|")) {
                prefix = "";
            } else if (word.endsWith("%s")) {
                // printf "fs/%s " open.o read_write.o | xargs ar ...
                prefix = word.substring(0, word.length() - 2);
            } else if (word.endsWith("--start-group")) {
                group = true;
            } else if (word.endsWith("--end-group")) {
                group = false;
            } else if (isMember(word)) {
                (group ? onDemand : members).add(word.startsWith("@") ? word.substring(1) : prefix + word);
            }
        }
        return new Command(isKernelCode(text), members, onDemand);
    }

    // printf '%s\n' a.o b.o | awk '... { print("fs/btrfs/"$$0) }' > fs/btrfs/btrfs.mod
    private static String awkPrefix(String text) {
        int start = text.indexOf(AWK_PRINT);
        int end = start < 0 ? -1 : text.indexOf("\"$$0)", start);
        return end < 0 ? "" : text.substring(start + AWK_PRINT.length(), end);
    }

    private static boolean isMember(String word) {
        return word.endsWith(".o")
                || word.endsWith(".a")
                || word.endsWith(".ko")
                || word.endsWith("modules.order")
                || (word.startsWith("@") && word.endsWith(".mod"));
    }

    /** Host programs are compiled against the C library: neither without its headers nor with the kernel's macro. */
    private static boolean isKernelCode(String text) {
        return text.contains(" -nostdinc")
                || text.contains(" -D__KERNEL__")
                || text.contains("include/generated/rustc_cfg");
    }
}
