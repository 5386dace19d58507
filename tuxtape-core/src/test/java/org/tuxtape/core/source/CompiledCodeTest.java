package org.tuxtape.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

class CompiledCodeTest {
    /** A is built in, M a module, HZ a number, and what is not named is not set; U is not known. */
    private static final Map<String, String> CONFIG = Map.of("A", "y", "M", "m", "HZ", "250", "NAME", "x");

    private static Optional<ConfigValue> known(ConfigSymbol symbol) {
        return symbol.name().equals("U")
                ? Optional.empty()
                : Optional.of(new ConfigValue(CONFIG.getOrDefault(symbol.name(), "n")));
    }

    private static Inclusion under(String condition) {
        return CompiledCode.of(condition + "\nx\n#endif\n", CompiledCodeTest::known)
                .at(2);
    }

    private static List<String> tokens(String text) {
        return CompiledCode.of(text, CompiledCodeTest::known).tokens().stream()
                .map(CToken::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#ifdef CONFIG_A",
                "# if defined(CONFIG_A) && \\\n !defined CONFIG_B",
                "#if IS_ENABLED(CONFIG_A) && IS_ENABLED(CONFIG_M)",
                "#if IS_BUILTIN(CONFIG_A) || defined(UNHEARD_OF)",
                "#if IS_MODULE(CONFIG_M)",
                "#ifdef CONFIG_M_MODULE",
                "#ifndef CONFIG_B /* not set */",
                "#if CONFIG_HZ == 250 && CONFIG_HZ > 0x10UL",
                "#if CONFIG_A",
                "#if !(IS_ENABLED(CONFIG_B) || 0)",
                "#if !!1 // yes",
                "#ifdef CONFIG_NAME",
                "#ifdef __KERNEL__",
                "#if !defined(__ASSEMBLY__)"
            })
    void isCompiledWhereTheConditionHolds(String condition) {
        assertThat(CompiledCode.of(condition + "\nx\n#endif\n", CompiledCodeTest::known)
                        .tokens())
                .extracting(CToken::text)
                .containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#if 0",
                "#ifdef CONFIG_B",
                "#ifdef CONFIG_M",
                "#if defined(CONFIG_M)",
                "#ifndef CONFIG_A",
                "#if IS_BUILTIN(CONFIG_M)",
                "#if IS_MODULE(CONFIG_A)",
                "#if IS_REACHABLE(CONFIG_B)",
                "#ifdef CONFIG_A_MODULE",
                "#if defined(CONFIG_B) && UNHEARD_OF(1, (2))",
                "#if CONFIG_B",
                "#if CONFIG_HZ < 250",
                "#if !1",
                "#ifdef __ASSEMBLY__"
            })
    void isLeftOutWhereItDoesNot(String condition) {
        assertThat(under(condition)).isEqualTo(Inclusion.LEFT_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#ifdef CONFIG_U",
                "#if IS_ENABLED(CONFIG_U)",
                "#ifdef UNHEARD_OF",
                "#if UNHEARD_OF(CONFIG_A) > 1",
                "#if defined(CONFIG_A) && defined(CONFIG_U)",
                "#if defined(CONFIG_B) || defined(CONFIG_U)",
                "#if IS_REACHABLE(CONFIG_M)",
                "#if CONFIG_HZ + 1 == 251",
                "#if CONFIG_NAME",
                "#if 1 ? 0 : 1",
                "#if (1",
                "#if",
                "#if defined()",
                "#ifdef MODULE"
            })
    void isUnknownWhereNobodyKnows(String condition) {
        assertThat(under(condition)).isEqualTo(Inclusion.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#undef CONFIG_A", "#define CONFIG_A 1", "# define CONFIG_A\t0"})
    void isUnknownBelowALineThatSetsTheOptionItself(String line) {
        CompiledCode code = CompiledCode.of(
                "#ifdef CONFIG_A\nx\n#endif\n" + line + "\n#ifdef CONFIG_A\nx\n#endif\n", CompiledCodeTest::known);

        assertThat(code.at(2)).isEqualTo(Inclusion.COMPILED);
        assertThat(code.at(6)).isEqualTo(Inclusion.UNKNOWN);
    }

    @Test
    void isNotUnsettledByALineThatIsLeftOutItself() {
        CompiledCode code = CompiledCode.of(
                "#ifdef CONFIG_B\n#undef CONFIG_A\n#endif\n#ifdef CONFIG_A\nx\n#endif\n", CompiledCodeTest::known);

        assertThat(code.at(5)).isEqualTo(Inclusion.COMPILED);
    }

    @Test
    void takesTheBranchThatHolds() {
        CompiledCode code = CompiledCode.of(
                "#ifdef CONFIG_B\na\n#elif defined(CONFIG_A)\nb\n#elif defined(CONFIG_U)\nc\n#else\nd\n#endif\ne\n",
                CompiledCodeTest::known);

        assertThat(List.of(code.at(2), code.at(4), code.at(6), code.at(8), code.at(10)))
                .containsExactly(
                        Inclusion.LEFT_OUT,
                        Inclusion.COMPILED,
                        Inclusion.LEFT_OUT,
                        Inclusion.LEFT_OUT,
                        Inclusion.COMPILED);
        assertThat(code.tokens()).containsExactly(new CToken("b", 4), new CToken("e", 10));
    }

    @Test
    void keepsEveryBranchAfterOneThatIsNotKnown() {
        CompiledCode code =
                CompiledCode.of("#ifdef CONFIG_U\na\n#elif 1\nb\n#else\nc\n#endif\n", CompiledCodeTest::known);

        assertThat(List.of(code.at(2), code.at(4), code.at(6)))
                .containsExactly(Inclusion.UNKNOWN, Inclusion.UNKNOWN, Inclusion.LEFT_OUT);
        assertThat(code.tokens())
                .extracting(CToken::text)
                .containsExactly("# ifdef CONFIG_U", "a", "# elif 1", "b", "# else", "# endif");
    }

    @Test
    void looksAtWhatStandsAround() {
        CompiledCode code = CompiledCode.of(
                "#ifdef CONFIG_B\n#ifdef CONFIG_A\na\n#endif\n#endif\n#ifdef CONFIG_U\n#ifdef CONFIG_A\nb\n#endif\n#endif\n",
                CompiledCodeTest::known);

        assertThat(code.at(2)).as("the line of a condition").isEqualTo(Inclusion.LEFT_OUT);
        assertThat(code.at(3)).isEqualTo(Inclusion.LEFT_OUT);
        assertThat(code.at(8)).isEqualTo(Inclusion.UNKNOWN);
        assertThat(code.at(6)).isEqualTo(Inclusion.COMPILED);
        assertThat(code.at(11)).isEqualTo(Inclusion.COMPILED);
    }

    @Test
    void knowsTheGuardOfAHeader() {
        assertThat(tokens("/* a */\n#ifndef _X_H\n#define _X_H\nint x;\n#endif\n"))
                .containsExactly("# define _X_H", "int", "x", ";");
        assertThat(CompiledCode.of("int y;\n#ifndef X\n#define X\nint x;\n#endif\n", CompiledCodeTest::known)
                        .at(4))
                .as("a default, not a guard")
                .isEqualTo(Inclusion.UNKNOWN);
    }

    @Test
    void isTheSameWithOtherSpaceAndComments() {
        assertThat(tokens("#define  X\t(1)\nint x; /* one */\n"))
                .isEqualTo(tokens("// two\n# define X (1) /* three\n*/\nint\n  x ;\n"))
                .isNotEqualTo(tokens("#define X (2)\nint x;\n"));
    }

    @Test
    void isAllThereWithoutAConfiguration() {
        assertThat(CompiledCode.of("#ifdef CONFIG_B\na\n#endif\n").at(2)).isEqualTo(Inclusion.UNKNOWN);
        assertThat(CompiledCode.of("#if 0\na\n#endif\n").at(2)).isEqualTo(Inclusion.LEFT_OUT);
    }

    @Property
    void anyTextIsRead(@ForAll("texts") String text) {
        CompiledCode code = CompiledCode.of(text, CompiledCodeTest::known);

        for (int line = 1; line < 20; line++) {
            assertThat(code.at(line)).isNotNull();
        }
        assertThat(code.tokens()).allMatch(token -> !token.text().isEmpty());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "#if ",
                        "#ifdef ",
                        "#elif ",
                        "#else\n",
                        "#endif\n",
                        "CONFIG_A",
                        "CONFIG_U",
                        "defined",
                        "(",
                        ")",
                        "&&",
                        "||",
                        "!",
                        "==",
                        "1",
                        "\n",
                        " ",
                        "\\\n",
                        "/*",
                        "*/",
                        "\"",
                        "IS_ENABLED",
                        "#",
                        "x")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
