package org.tuxtape.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.source.CDefinition.Kind;

class CSourceTest {

    private static List<CDefinition> read(String text) {
        return CSource.parse(text).definitions();
    }

    private static CDefinition only(String text) {
        assertThat(read(text)).hasSize(1);
        return read(text).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f(void) { return 0; }",
                "static inline struct a *f(struct a *a) { return a; }",
                "static noinline __printf(1, 2) int f(const char *s, ...) { }",
                "static void __attribute__((noreturn)) f(void) { }",
                "void f(void) __acquires(lock) __releases(other) { }",
                "long f(int (*call)(int), int b[2]) { }",
                "static void (*f(int x))(void) { }",
                "int f(void) { if (1) { x = (struct a){ 1 }; } }",
                "int f(void) { return '}' + \"}\"[0] /* } */; // }\n}",
                "int f(void)\n{\n#define X }\n}",
                "EXPORT_SYMBOL(other)\nint f(void) { }",
                "int g(void); extern int h(int); struct a; int f(void) { }",
                "\\\n/* int g(void) { } */ int f(void) { }",
                "#error it's no quote\nint f(void) { }",
                "#if 0\nint g(void) {\n#if 1\n}\n#else\n{\n#endif\n#endif\nint f(void) { }"
            })
    void aFunctionIsKnownByItsName(String text) {
        assertThat(read(text).stream().filter(definition -> definition.kind() == Kind.FUNCTION))
                .extracting(CDefinition::name)
                .containsExactly("f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SYSCALL_DEFINE2(f, int, a, int, b) { }; SYSCALL_DEFINE2",
                "static TRACE_CALL(f) { }; TRACE_CALL",
                "DEFINE_IDTENTRY(f) { }; DEFINE_IDTENTRY"
            })
    void aFunctionThatAMacroDefinesIsKnownByTheMacrosArgument(String text, String macro) {
        assertThat(only(text)).isEqualTo(new CDefinition(Kind.FUNCTION, "f", macro, 1, (int)
                text.lines().count()));
    }

    @Test
    void aFunctionGoesFromItsTypeToItsBrace() {
        assertThat(read("\n/* f */\nstatic int\nf(void)\n{\n\tif (a) {\n\t}\n}\n\nint g(void) { }\n"))
                .containsExactly(
                        new CDefinition(Kind.FUNCTION, "f", "", 3, 8), new CDefinition(Kind.FUNCTION, "g", "", 10, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`struct a { int b; };`; TYPE; a",
                "`struct __packed a { int b; } __aligned(4);`; TYPE; a",
                "`union a { struct { int c; } b; };`; TYPE; a",
                "`enum a { B = 1, C };`; TYPE; a",
                "`typedef struct { int b; } a;`; TYPE; a",
                "`typedef int (*a)(int);`; TYPE; a",
                "`typedef unsigned long a;`; TYPE; a",
                "`enum { B };`; TYPE; ``",
                "`static const struct b a = { .c = { 1 }, };`; DATA; a",
                "`int a[] __initdata = { 1, 2 };`; DATA; a",
                "`static unsigned long __a = 1;`; DATA; __a",
                "`struct b *a __read_mostly = NULL;`; DATA; a",
                "`int (*a[])(int) = { f };`; DATA; a",
                "`static DEFINE_MUTEX(a);`; DATA; a",
                "`DEFINE_PER_CPU(struct b, a);`; DATA; a"
            })
    void typesAndDataAreKnownByTheirNames(String text, Kind kind, String name) {
        assertThat(only(text)).extracting(CDefinition::kind, CDefinition::name).containsExactly(kind, name);
    }

    @Test
    void aMacroGoesAsFarAsItsLinesAreContinued() {
        assertThat(read("#define A(x) \\\n\tdo { \\\n\t} while (0)\n# define B /* 1\n2 */ 3\n#undef A\n"))
                .containsExactly(
                        new CDefinition(Kind.MACRO, "A", "", 1, 3), new CDefinition(Kind.MACRO, "B", "", 4, 5));
    }

    @Test
    void eachBranchOfAConditionalBeginsAlike() {
        String text = """
                #ifdef CONFIG_A
                int f(int a)
                {
                #else
                int f(void)
                {
                #endif
                \tif (a) {
                #ifdef CONFIG_B
                \t} else if (b) {
                #else
                \t} else {
                #endif
                \t}
                }
                int g(void) { }
                """;

        assertThat(read(text))
                .containsExactly(
                        new CDefinition(Kind.FUNCTION, "f", "", 2, 15),
                        new CDefinition(Kind.FUNCTION, "g", "", 16, 16));
    }

    @Test
    void aFunctionThatTheTwoBranchesEndIsOne() {
        assertThat(read("int f(void) {\n#ifdef A\n}\n#else\n}\n#endif\n"))
                .containsExactly(new CDefinition(Kind.FUNCTION, "f", "", 1, 5));
    }

    @Test
    void aBraceOrParenthesisTooManyDoesNotTakeTheRestOfTheFile() {
        assertThat(CSource.parse("int f(void)\n{\n\tif (a) {\n}\nint g(void)\n{\n}\n")
                        .names(Kind.FUNCTION))
                .containsExactlyInAnyOrder("f", "g");
        assertThat(CSource.parse("X((\nint f(void)\n{\n}\nint g(void)\n{\n}\n").names(Kind.FUNCTION))
                .contains("g");
    }

    @Test
    void linesBelongToWhatTheyStandIn() {
        CSource source = CSource.parse("int f(void)\n{\n#define A 1\n}\n\nint g(void)\n{\n}\n");

        assertThat(source.at(List.of(3))).extracting(CDefinition::name).containsExactly("A", "f");
        assertThat(source.at(List.of(5))).isEmpty();
        assertThat(source.at(List.of(1, 6, 7))).extracting(CDefinition::name).containsExactly("f", "g");
    }

    @Property
    void anyTextCanBeRead(@ForAll("scraps") List<String> scraps) {
        String text = String.join("", scraps);

        assertThat(read(text))
                .allMatch(definition -> definition.lastLine() <= text.lines().count() + 1);
    }

    @Provide
    Arbitrary<List<String>> scraps() {
        return Arbitraries.of(
                        "int ",
                        "f",
                        "(",
                        ")",
                        "{",
                        "}",
                        "\n",
                        ";",
                        "=",
                        "[",
                        "]",
                        "*",
                        "\"",
                        "'",
                        "\\",
                        "\\\n",
                        "\\\r\n",
                        "/*",
                        "*/",
                        "//",
                        "#if 0\n",
                        "#if A\n",
                        "#else\n",
                        "#elif B\n",
                        "#endif\n",
                        "#define X",
                        "#",
                        "struct ",
                        "typedef ",
                        "DEFINE_A",
                        "\u0000",
                        "\u00ff",
                        ",",
                        "__x ",
                        "1")
                .list()
                .ofMaxSize(60);
    }
}
