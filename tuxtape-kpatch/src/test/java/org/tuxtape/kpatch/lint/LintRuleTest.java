package org.tuxtape.kpatch.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule that looks at one file: a fix that it speaks of, and one that differs as little as can be and is not. */
@DisplayName("The rule")
class LintRuleTest {
    private static final String IMAGE = "net/image.c";
    private static final String MODULE = "net/module.c";
    private static final String WIDE = "include/linux/wide.h";
    private static final String NARROW = "include/linux/narrow.h";
    private static final String F = "int f(void)\n{\n\treturn 1;\n}\n";
    private static final String G = "int f(void)\n{\n\treturn 2;\n}\n";

    static Stream<Arguments> examples() {
        return Stream.of(
                row(LintRule.BUILD_SCRIPT, fix("net/Makefile", "a := b\n", "a := c\n"), fix("net/xMakefile.c", F, G)),
                row(LintRule.BUILD_SCRIPT, fix("net/gen.sh", "true\n", "false\n"), fix("net/gen.sh.c", F, G)),
                row(LintRule.KCONFIG, fix("net/Kconfig", "config A\n", "config B\n"), fix("net/kconfig.c", F, G)),
                row(LintRule.HOST_TOOL, fix("scripts/mod/x.c", F, G), fix("net/scripts/x.c", F, G)),
                row(LintRule.HOST_TOOL, fix("tools/objtool/x.c", F, G), fix("tools/testing/x.c", F, G)),
                row(
                        LintRule.HOST_TOOL,
                        fix("net/gen.c", F, G).beside("net/Makefile", "hostprogs := gen\n"),
                        fix("net/gen.c", F, G).beside("net/Makefile", "obj-y := gen.o\n")),
                row(LintRule.BUILD_STATE, fix("net/.x.o.cmd", "a\n", "b\n"), fix("net/.gitignore", "a\n", "b\n")),
                row(LintRule.LIB_FILE, fix("lib/x.c", F, G), fix("net/lib/x.c", F, G)),
                row(LintRule.ASSEMBLY, fix("arch/x86/x.S", "nop\n", "ret\n"), fix("arch/x86/x.c", F, G)),
                row(LintRule.VDSO, fix("arch/x86/entry/vdso/x.c", F, G), fix("arch/x86/entry/x.c", F, G)),
                row(LintRule.BOOT_CODE, fix("arch/x86/boot/x.c", F, G), fix("arch/x86/kernel/x.c", F, G)),
                row(LintRule.OTHER_LANGUAGE, fix("rust/x.rs", "a\n", "b\n"), fix("rust/x.c", F, G)),
                row(LintRule.GENERATOR_INPUT, fix("arch/x86/syscall.tbl", "a\n", "b\n"), fix("arch/x86/tbl.c", F, G)),
                row(LintRule.NOT_CODE, fix("Documentation/x.c", F, G), fix("net/Documentation.c", F, G)),
                row(LintRule.NOT_COMPILED, fix("net/absent.c", F, G), fix("net/unheard.c", F, G)),
                row(LintRule.COMMENTS_ONLY, fix(IMAGE, F, "/* f */\n" + F), fix(IMAGE, F, G)),
                row(
                        LintRule.COMPILED_OUT,
                        fix(IMAGE, F, F + "#ifdef CONFIG_OFF\nint g;\n#endif\n"),
                        fix(IMAGE, F, F + "#ifdef CONFIG_ON\nint g;\n#endif\n")),
                row(
                        LintRule.INIT_CODE,
                        fix(
                                IMAGE,
                                "static int __init f(void) { return 1; }\n",
                                "static int __init f(void) { return 2; }\n"),
                        fix(
                                IMAGE,
                                "static int __init f(void) { }\n" + G,
                                "static int __init f(void) { }\nint h(void) { }\n" + G)),
                row(
                        LintRule.INIT_CODE,
                        fix(IMAGE, "static int x[] __initdata = { 1 };\n", "static int x[] __initdata = { 2 };\n"),
                        fix(IMAGE, F, G)),
                row(LintRule.INIT_CODE, fix(IMAGE, F, F + "late_initcall(f);\n"), fix(IMAGE, F, F + "initcall_f();\n")),
                row(
                        LintRule.INIT_CODE,
                        fix(IMAGE, "void __net_init f(void) { a(); }\n", "void __net_init f(void) { b(); }\n"),
                        fix(IMAGE, "void __net f(void) { a(); }\n", "void __net f(void) { b(); }\n")),
                row(
                        LintRule.INIT_ONLY,
                        fix(IMAGE, "int __init f(void) { a(); }\n", "int __init f(void) { b(); }\n"),
                        fix(IMAGE, "int __init f(void) { a(); }\n" + F, "int __init f(void) { b(); }\n" + G)),
                row(
                        LintRule.INIT_ONLY,
                        fix(MODULE, "void __exit f(void) { a(); }\n", "void __exit f(void) { b(); }\n"),
                        fix(MODULE, "void __ref f(void) { a(); }\n", "void __ref f(void) { b(); }\n")),
                row(
                        LintRule.INIT_ONLY,
                        fix(IMAGE, "void __net_init f(void) { a(); }\n", "void __net_init f(void) { b(); }\n"),
                        fix(IMAGE, "void __sched f(void) { a(); }\n", "void __sched f(void) { b(); }\n")),
                row(
                        LintRule.SECTION,
                        fix(IMAGE, "void __sched f(void) { a(); }\n", "void __sched f(void) { b(); }\n"),
                        fix(IMAGE, "void f(void) { __sched(); }\n", "void f(void) { __sched(1); }\n")),
                row(
                        LintRule.SECTION,
                        fix(IMAGE, "void __ref f(void) { a(); }\n", "void __ref f(void) { b(); }\n"),
                        fix(IMAGE, "void __init f(void) { a(); }\n", "void __init f(void) { b(); }\n")),
                row(
                        LintRule.SECTION,
                        fix(IMAGE, F, "static DEFINE_PER_CPU(int, x);\n" + F),
                        fix(IMAGE, F, "static DEFINE_MUTEX(x);\n" + F)),
                row(
                        LintRule.NOT_TRACEABLE,
                        fix(IMAGE, "notrace " + F, "notrace " + G),
                        fix(IMAGE, G, G + "notrace void g(void) { }\n")),
                row(
                        LintRule.NOT_TRACEABLE,
                        fix("kernel/image.c", F, G)
                                .beside("kernel/Makefile", "CFLAGS_REMOVE_image.o = $(CC_FLAGS_FTRACE)\n"),
                        fix("kernel/image.c", F, G)
                                .beside("kernel/Makefile", "CFLAGS_REMOVE_other.o = $(CC_FLAGS_FTRACE)\n")),
                row(
                        LintRule.NOT_TRACEABLE,
                        fix("kernel/image.c", F, G)
                                .beside("kernel/Makefile", "ccflags-remove-$(CONFIG_A) += \\\n  $(CC_FLAGS_FTRACE)\n"),
                        fix("kernel/image.c", F, G).beside("kernel/Makefile", "ccflags-y += $(CC_FLAGS_FTRACE)\n")),
                row(
                        LintRule.STRUCT_LAYOUT,
                        fix(IMAGE, "struct s { int a; };\n", "struct s { int a; int b; };\n"),
                        fix(IMAGE, "struct s { int a; };\n", "struct s { int a; };\nstruct t { int b; };\n")),
                row(
                        LintRule.ENUM_VALUES,
                        fix(IMAGE, "enum e { A, B };\n", "enum e { A, C, B };\n"),
                        fix(IMAGE, "enum e { A, B };\n", "enum e { A, B, C };\n")),
                row(
                        LintRule.STATIC_DATA,
                        fix(IMAGE, "static int x = 1;\n", "static int x = 2;\n"),
                        fix(IMAGE, "static int x = 1;\n", "static int x = 1;\nstatic int y = 2;\n")),
                row(
                        LintRule.STATIC_DATA,
                        fix(IMAGE, "static struct s x[2];\n", "static struct s x[3];\n"),
                        fix(IMAGE, "static struct s x[2];\n", "static struct s x[2];\nstatic struct s y[3];\n")),
                row(
                        LintRule.STATIC_LOCAL,
                        fix(IMAGE, "int f(void) { static int n; return n++; }\n", "int f(void) { return 0; }\n"),
                        fix(
                                IMAGE,
                                "int f(void) { static int n; return n++; }\n",
                                "int f(void) { static int n; return ++n; }\n")),
                row(
                        LintRule.WIDE_HEADER,
                        fix(WIDE, "int f(void);\n", "int g(void);\n"),
                        fix(NARROW, "int f(void);\n", "int g(void);\n")),
                row(
                        LintRule.HEADER_CODE,
                        fix(WIDE, "#define X 1\n", "#define X 2\n"),
                        fix(WIDE, "#define X 1\n", "#define X 1\n#define Y 2\n")),
                row(
                        LintRule.HEADER_CODE,
                        fix(NARROW, "static inline " + F, "static inline " + G),
                        fix(NARROW, "int f(void);\n", "int f(int);\n")),
                row(
                        LintRule.STATIC_KEY,
                        fix(
                                MODULE,
                                "int f(void) { return static_branch_unlikely(&key); }\n",
                                "int f(void) { return !static_branch_unlikely(&key); }\n"),
                        fix(
                                IMAGE,
                                "int f(void) { return static_branch_unlikely(&key); }\n",
                                "int f(void) { return !static_branch_unlikely(&key); }\n")),
                row(
                        LintRule.STATIC_KEY,
                        fix(
                                IMAGE,
                                F,
                                "DEFINE_STATIC_KEY_FALSE(key);\nint f(void) { return static_branch_likely(&key); }\n"),
                        fix(
                                IMAGE,
                                F,
                                "DEFINE_STATIC_KEY_FALSE(key);\nint f(void) { return static_key_enabled(&key); }\n")),
                row(
                        LintRule.STATIC_CALL,
                        fix(MODULE, "int f(void) { static_call(x)(1); }\n", "int f(void) { static_call(x)(2); }\n"),
                        fix(IMAGE, "int f(void) { static_call(x)(1); }\n", "int f(void) { static_call(x)(2); }\n")),
                row(
                        LintRule.TRACE_EVENT,
                        fix(NARROW, "TRACE_EVENT(x, a);\n", "TRACE_EVENT(x, b);\n"),
                        fix(NARROW, "TRACE_EVENT(x, a);\n", "TRACE_EVENT(x, a);\nint y;\n")),
                row(
                        LintRule.EXPORTED_SIGNATURE,
                        fix(IMAGE, F + "EXPORT_SYMBOL(f);\n", "int f(int a)\n{\n}\nEXPORT_SYMBOL(f);\n"),
                        fix(IMAGE, F + "EXPORT_SYMBOL(g);\n", "int f(int a)\n{\n}\nEXPORT_SYMBOL(g);\n")),
                row(
                        LintRule.EXPORT,
                        fix(IMAGE, F, F + "EXPORT_SYMBOL_GPL(f);\n"),
                        fix(IMAGE, F + "EXPORT_SYMBOL_GPL(f);\n", G + "EXPORT_SYMBOL_GPL(f);\n")),
                row(
                        LintRule.MODULE_PARAM,
                        fix(MODULE, "module_param(x, int, 0);\n", "module_param(x, uint, 0);\n"),
                        fix(MODULE, F + "module_param(x, int, 0);\n", G + "module_param(x, int, 0);\n")),
                row(
                        LintRule.TRACEPOINT,
                        fix(MODULE, F, "int f(void) { trace_f(1); }\n"),
                        fix(IMAGE, F, "int f(void) { trace_f(1); }\n")),
                row(
                        LintRule.PR_DEBUG,
                        fix(MODULE, F, "int f(void) { pr_debug(\"1\"); }\n"),
                        fix(MODULE, F, "int f(void) { pr_info(\"1\"); }\n")),
                row(
                        LintRule.LINE_NUMBERS,
                        fix(
                                IMAGE,
                                F + "void g(void) { ASSERT(1); }\n",
                                "\nint a;\n" + G + "void g(void) { ASSERT(1); }\n"),
                        fix(IMAGE, F + "void g(void) { ASSERT(1); }\n", G + "void g(void) { ASSERT(1); }\n")));
    }

    private static Arguments row(LintRule rule, LintCase fires, LintCase nearMiss) {
        return arguments(rule, fires, nearMiss);
    }

    private static LintCase fix(String path, String before, String after) {
        return LintCase.of(path, before, after);
    }

    private static Set<LintRule> rules(LintReport report) {
        return report.findings().stream().map(LintFinding::rule).collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0} speaks of it")
    @MethodSource("examples")
    void speaks(LintRule rule, LintCase fires, LintCase nearMiss) {
        assertThat(rules(fires.report())).contains(rule);
        assertThat(rules(nearMiss.report())).doesNotContain(rule);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyAndWhatToDo(LintRule rule) {
        assertThat(rule.title()).endsWith(".");
        assertThat(rule.why()).endsWith(".");
        assertThat(rule.remedy()).endsWith(".");
    }

    @Test
    @DisplayName("has an example here, unless it speaks of a whole fix, of klp-build or of what is compiled")
    void hasAnExample() {
        Set<LintRule> missing = new TreeSet<>(Arrays.asList(LintRule.values()));
        examples().forEach(row -> missing.remove((LintRule) row.get()[0]));

        assertThat(missing)
                .containsExactly(
                        LintRule.PATH_ESCAPE,
                        LintRule.SYMLINK,
                        LintRule.BINARY,
                        LintRule.DOES_NOT_APPLY,
                        LintRule.NO_CHANGE,
                        LintRule.SAME_CODE,
                        LintRule.FUZZ,
                        LintRule.SYSCALL);
    }
}
