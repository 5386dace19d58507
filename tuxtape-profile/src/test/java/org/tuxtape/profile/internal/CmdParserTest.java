package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmdParserTest {
    private static Optional<CmdFile> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return CmdParser.parse("fs/open.o", bytes, bytes.length, new TokenTable());
    }

    private static List<String> dependencies(CmdFile file) {
        return file.dependencies().mapToObj(file.tokens()::text).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"savedcmd_", "cmd_"})
    void aCompilation(String prefix) {
        CmdFile file = parse(prefix + """
                        fs/open.o := gcc -nostdinc -D__KERNEL__ -c -o fs/open.o fs/open.c   ; ./tools/objtool/objtool fs/open.o

                        source_fs/open.o := fs/open.c

                        deps_fs/open.o := \\
                            $(wildcard include/config/COMPAT) \\
                          include/linux/kconfig.h \\
                            $(wildcard include/config/SMP) \\
                          include/linux/fs.h \\

                        fs/open.o: $(deps_fs/open.o)

                        $(deps_fs/open.o):
                        """).orElseThrow();

        assertThat(file.target()).isEqualTo("fs/open.o");
        assertThat(file.writtenTarget()).isEqualTo("fs/open.o");
        assertThat(file.isCompilation()).isTrue();
        assertThat(file.command().kernelCode()).isTrue();
        assertThat(file.command().members()).isEmpty();
        assertThat(file.source()).contains("fs/open.c");
        assertThat(dependencies(file)).containsExactly("include/linux/kconfig.h", "include/linux/fs.h");
    }

    @Test
    void linesThatAreNoAssignmentsSayNothing() {
        CmdFile file = parse("""
                # cannot find fixdep (tools/objtool//fixdep)
                cmd_fs/open.o := gcc -c
                #SYMVER do_sys_open 0x12345678
                source_fs/open.o
                deps_fs/open.o
                  include/linux/fs.h
                """).orElseThrow();

        assertThat(file.source()).isEmpty();
        assertThat(dependencies(file)).isEmpty();
    }

    @Test
    void dependenciesMayShareALine() {
        CmdFile file = parse("cmd_x := y\ndeps_fs/open.o := a.h b.h \\\n c.h\td.h \\\r\n e.h\n$(deps_fs/open.o):")
                .orElseThrow();

        assertThat(dependencies(file)).containsExactly("a.h", "b.h", "c.h", "d.h");
    }

    @Test
    void afterTheDependenciesOtherLinesCount() {
        CmdFile file = parse("deps_x := a.h\n$(deps_x):\nsource_x := x.c\nsavedcmd_x := gcc\n")
                .orElseThrow();

        assertThat(dependencies(file)).containsExactly("a.h");
        assertThat(file.source()).contains("x.c");
    }

    /** A full disk or an interrupted copy: what is missing must not count as never read. */
    @Test
    void aFileThatWasCutShortIsNone() {
        String whole = """
                savedcmd_fs/open.o := gcc -nostdinc -D__KERNEL__ -c -o fs/open.o fs/open.c

                source_fs/open.o := fs/open.c

                deps_fs/open.o := \\
                  include/linux/fs.h \\

                fs/open.o: $(deps_fs/open.o)

                $(deps_fs/open.o):
                """;

        assertThat(parse(whole)).isPresent();
        assertThat(parse(whole.substring(0, whole.indexOf("source_")))).isEmpty();
        assertThat(parse(whole.substring(0, whole.indexOf("include/linux")))).isEmpty();
        assertThat(parse(whole.substring(0, whole.indexOf("$(deps_fs/open.o):"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "source_x := y.c\n", "savedcmd_x\n", "cmd_x:=y", "scmd_x := y"})
    void aFileWithoutCommandIsNone(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Property
    void whatFixdepWritesIsReadBack(@ForAll("path") String source, @ForAll("paths") List<String> included) {
        String text = "savedcmd_fs/open.o := gcc -nostdinc -c\n\nsource_fs/open.o := " + source + "\n\n"
                + "deps_fs/open.o := \\\n"
                + included.stream()
                        .map(path -> "    $(wildcard include/config/A) \\\n  " + path + " \\\n")
                        .collect(Collectors.joining())
                + "\nfs/open.o: $(deps_fs/open.o)\n\n$(deps_fs/open.o):\n";

        CmdFile file = parse(text).orElseThrow();

        assertThat(file.source()).contains(source);
        assertThat(dependencies(file)).isEqualTo(included);
    }

    @Provide
    Arbitrary<String> path() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("/._-+,\u00e9")
                .ofMinLength(1)
                .ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return path().list().ofMaxSize(30);
    }

    @Property
    void arbitraryBytesAreReadToTheirEnd(@ForAll byte[] bytes) {
        assertThatCode(() -> CmdParser.parse("fs/open.o", bytes, bytes.length, new TokenTable()))
                .doesNotThrowAnyException();
    }
}
