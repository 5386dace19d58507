package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.function.Predicate;

/**
 * What one tool does with files by their names.
 *
 * @param refused the names that it refuses, each with its rule
 * @param leftOut the beginnings of names whose objects it leaves out without a word
 * @param keepsLineNumbers whether it sees to it that the lines below a change keep their numbers
 */
record ToolLimits(List<Refused> refused, List<LeftOut> leftOut, boolean keepsLineNumbers) {
    private static final Refused LIB = new Refused(LintRule.LIB_FILE, name -> name.startsWith("lib/"));
    private static final Refused ASSEMBLY = new Refused(LintRule.ASSEMBLY, name -> name.endsWith(".S"));

    /** A kind of name that the tool refuses. */
    record Refused(LintRule rule, Predicate<String> names) {}

    /** A directory or file whose objects the tool passes over. */
    record LeftOut(LintRule rule, String prefix) {}

    /** What kpatch-build's own script says, and the list of its compiler wrapper, as of 0.9.10. */
    static final ToolLimits KPATCH_BUILD = new ToolLimits(
            List.of(LIB, ASSEMBLY),
            List.of(
                    new LeftOut(LintRule.VDSO, "arch/x86/entry/vdso/"),
                    new LeftOut(LintRule.VDSO, "arch/powerpc/kernel/vdso64/"),
                    new LeftOut(LintRule.VDSO, "arch/s390/kernel/vdso64/"),
                    new LeftOut(LintRule.BOOT_CODE, "arch/x86/boot/"),
                    new LeftOut(LintRule.BOOT_CODE, "arch/x86/purgatory/"),
                    new LeftOut(LintRule.BOOT_CODE, "arch/x86/realmode/"),
                    new LeftOut(LintRule.BOOT_CODE, "arch/powerpc/kernel/prom_init."),
                    new LeftOut(LintRule.BOOT_CODE, "arch/s390/boot/"),
                    new LeftOut(LintRule.BOOT_CODE, "arch/s390/purgatory/"),
                    new LeftOut(LintRule.BOOT_CODE, "drivers/firmware/efi/libstub/")),
            false);

    /** What klp-build's own script says, as of Linux 6.19. */
    static final ToolLimits KLP_BUILD = new ToolLimits(
            List.of(
                    LIB,
                    ASSEMBLY,
                    new Refused(LintRule.VDSO, name -> name.contains("/vdso/")),
                    new Refused(LintRule.BOOT_CODE, name -> name.contains("/realmode/rm/"))),
            List.of(),
            true);
}
