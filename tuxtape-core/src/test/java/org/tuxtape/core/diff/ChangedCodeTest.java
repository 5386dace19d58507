package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CDefinition.Kind;

@DisplayName("A change touches")
class ChangedCodeTest {
    private static final String TEXT =
            "#define SIZE 4\n\nint f(void)\n{\n\treturn 1;\n}\n\nint g(void)\n{\n\treturn 2;\n}\n";

    private static ChangedCode changed(String path, String hunks) {
        FileDiff file = Diff.parse("--- a/" + path + "\n+++ b/" + path + "\n" + hunks)
                .files()
                .get(0);
        ApplyOutcome outcome = file.applyTo(Optional.of(TEXT), 0);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
        return ChangedCode.of(file, Optional.of(TEXT), ((ApplyOutcome.Applied) outcome).content());
    }

    @Test
    @DisplayName("the function that its lines stand in, whatever the hunk's heading says")
    void theFunction() {
        ChangedCode changed =
                changed("x.c", "@@ -7,5 +7,5 @@ int f(void)\n \n int g(void)\n {\n-\treturn 2;\n+\treturn 3;\n }\n");

        assertThat(changed.functions()).containsExactly("g");
        assertThat(changed.before()).containsExactly(new CDefinition(Kind.FUNCTION, "g", "", 8, 11));
        assertThat(changed.after()).isEqualTo(changed.before());
        assertThat(changed.elsewhere()).isFalse();
    }

    @Test
    @DisplayName("what it adds and what it removes")
    void whatItAddsAndRemoves() {
        ChangedCode changed = changed(
                "x.c",
                "@@ -1,7 +1,7 @@\n-#define SIZE 4\n+static int h(void) { }\n \n int f(void)\n {\n \treturn 1;\n }\n \n");

        assertThat(changed.functions()).containsExactly("h");
        assertThat(changed.names(Kind.MACRO)).containsExactly("SIZE");
    }

    @Test
    @DisplayName("the right function where the hunk's line numbers are off")
    void whereNumbersAreOff() {
        assertThat(changed("x.c", "@@ -40,3 +40,3 @@ int f(void)\n {\n-\treturn 1;\n+\treturn 3;\n }\n")
                        .functions())
                .containsExactly("f");
    }

    @Test
    @DisplayName("lines elsewhere, but blank ones do not count")
    void linesElsewhere() {
        ChangedCode declaration = changed("x.c", "@@ -6,4 +6,5 @@\n }\n \n+int h(void);\n int g(void)\n {\n");
        ChangedCode blank = changed("x.c", "@@ -6,4 +6,5 @@\n }\n \n+\n int g(void)\n {\n");

        assertThat(declaration.elsewhere()).isTrue();
        assertThat(declaration.functions()).isEmpty();
        assertThat(blank.elsewhere()).isFalse();
    }

    @Test
    @DisplayName("no function of a file that is no C")
    void noFunctionElsewhere() {
        ChangedCode changed = changed("x.S", "@@ -4,3 +4,3 @@ int f(void)\n {\n-\treturn 1;\n+\treturn 3;\n }\n");

        assertThat(changed.functions()).isEmpty();
        assertThat(changed.elsewhere()).isTrue();
    }
}
