package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.kernel.SourcePath;

class KeptLineNumbersTest {
    private static final SourcePath FILE = SourcePath.parse("mm/memory.c");
    private static final SourcePath OTHER = SourcePath.parse("include/linux/mm.h");

    @Test
    void whatFollowsAChangeIsNumberedAsBefore() {
        assertThat(KeptLineNumbers.in("a\nb\nc\nd\n", "a\nx\ny\nc\nd\n")).isEqualTo("a\nx\ny\n#line 3\nc\nd\n");
        assertThat(KeptLineNumbers.in("a\nb\nc\n", "a\nc\n")).isEqualTo("a\n#line 3\nc\n");
    }

    @Test
    void whatMovesNothingStaysAsItIs() {
        assertThat(KeptLineNumbers.in("a\nb\nc\n", "a\nx\nc\n")).isEqualTo("a\nx\nc\n");
        assertThat(KeptLineNumbers.in("a\n", "a\nb\n")).isEqualTo("a\nb\n");
        assertThat(KeptLineNumbers.in("a\n", "")).isEmpty();
    }

    @Test
    void aMacroThatGoesOnIsNotInterrupted() {
        assertThat(KeptLineNumbers.in(
                        "#define A \\\n\ta; \\\n\tb\nint c;\n", "#define A \\\n\tx; \\\n\ta; \\\n\tb\nint c;\n"))
                .isEqualTo("#define A \\\n\tx; \\\n\ta; \\\n\tb\n#line 4\nint c;\n");
    }

    @Test
    void aCommentThatGoesOnIsNotInterrupted() {
        assertThat(KeptLineNumbers.in("/* a\n * b\n */\nint c;\n", "/* a\n * x\n * b\n */\nint c;\n"))
                .isEqualTo("/* a\n * x\n * b\n */\n#line 4\nint c;\n");
        assertThat(KeptLineNumbers.in("a = \"/*\";\nb;\n", "x;\na = \"/*\";\nb;\n"))
                .isEqualTo("x;\n#line 1\na = \"/*\";\nb;\n");
    }

    @Test
    void aDirectiveInCodeThatMayBeLeftOutIsSaidAgainBehindIt() {
        assertThat(KeptLineNumbers.in("#if X\na\nb\n#endif\nc\n", "#if X\na\nx\nb\n#endif\nc\n"))
                .isEqualTo("#if X\na\nx\n#line 3\nb\n#endif\n#line 5\nc\n");
        assertThat(KeptLineNumbers.in("#if X\na\n # else\nb\n#endif\n", "#if X\nx\na\n # else\nb\n#endif\n"))
                .isEqualTo("#if X\nx\n#line 2\na\n # else\n#line 4\nb\n#endif\n");
        assertThat(KeptLineNumbers.in("#if X\na\n#endif\nb\n", "#if X\nx\n#endif\nb\n"))
                .isEqualTo("#if X\nx\n#endif\nb\n");
    }

    @Test
    void aFileThatIsChangedAgainIsCountedFromItsBeginning() {
        List<FixPatch> kept = KeptLineNumbers.in(List.of(
                patch(FILE, Optional.of("a\nb\nc\n"), "x\na\nb\nc\n"),
                patch(OTHER, Optional.of("a\n"), "x\na\n"),
                patch(FILE, Optional.of("x\na\nb\nc\n"), "x\na\ny\nb\nc\n")));

        assertThat(kept)
                .containsExactly(
                        patch(FILE, Optional.of("a\nb\nc\n"), "x\n#line 1\na\nb\nc\n"),
                        patch(OTHER, Optional.of("a\n"), "x\n#line 1\na\n"),
                        patch(FILE, Optional.of("x\n#line 1\na\nb\nc\n"), "x\n#line 1\na\ny\n#line 2\nb\nc\n"));
    }

    @Test
    void whatIsNotCAndWhatIsNewStaysAsItIs() {
        List<FixPatch> patches = List.of(
                patch(SourcePath.parse("mm/Makefile"), Optional.of("a\n"), "x\na\n"),
                patch(FILE, Optional.empty(), "a\n"),
                patch(FILE, Optional.of("a\n"), "x\na\n"));

        assertThat(KeptLineNumbers.in(patches)).isEqualTo(patches);
    }

    private static FixPatch patch(SourcePath file, Optional<String> before, String after) {
        return new FixPatch(
                CveId.parse("CVE-2024-1000"),
                List.of(),
                new TreeMap<>(Map.of(file, new FileChange(before, Optional.of(after), Optional.empty()))));
    }

    /** Lines are told apart by their number, so that it is known which ones stay. */
    @Property
    void everyLineThatStaysHasItsNumber(
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @Size(max = 6) List<@IntRange(max = 29) Integer> removed,
            @ForAll @Size(max = 6) List<@IntRange(max = 29) Integer> added) {
        List<String> before =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        List<String> after = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> {
            if (!removed.contains(i)) {
                after.add(before.get(i));
            }
            if (added.contains(i)) {
                after.add("new");
            }
        });

        String text = KeptLineNumbers.in(text(before), text(after));

        int number = 0;
        List<String> code = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#line ")) {
                number = Integer.parseInt(line.substring(6)) - 1;
                continue;
            }
            number++;
            code.add(line);
            if (!line.equals("new")) {
                assertThat(number).isEqualTo(Integer.parseInt(line));
            }
        }
        assertThat(code).isEqualTo(after);
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
