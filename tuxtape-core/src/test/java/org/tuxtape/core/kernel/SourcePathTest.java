package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Makefile",
                "net/core/sock.c",
                "drivers/gpu/drm/amd/display/dc/dcn32/dcn32_hwseq.c",
                ".gitignore",
                "arch/x86/.gitignore",
                "a..b/c...d",
                "...",
                "~root/x",
                "name with spaces.c",
                "Documentation/translations/zh_CN/\u4e2d.rst"
            })
    void aPathOfTheTreeIsKeptAsItIs(String text) {
        assertThat(SourcePath.parse(text)).hasToString(text);
        assertThat(SourcePath.tryParse(text)).contains(new SourcePath(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "//etc/passwd",
                ".",
                "..",
                "./a",
                "../a",
                "../../etc/passwd",
                "a/..",
                "a/.",
                "a/../b",
                "a/../../b",
                "a/./b",
                "a//b",
                "a/",
                "a/b/..",
                "..\\a",
                "a\\..\\b",
                "C:\\a",
                "\\\\host\\share",
                "a\u0000b",
                "a\nb",
                "a\tb",
                "a\rb",
                "a\u001bb",
                "a\u007fb"
            })
    void whatLeavesTheTreeOrIsNoPathIsRefused(String text) {
        assertThat(SourcePath.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourcePath.parse(text))
                .withMessage("Not a path inside a source tree: '" + text + "'.");
    }

    @Test
    void aPathHasAtMost4096Characters() {
        String longest = "a/".repeat(2047) + "bc";

        assertThat(SourcePath.parse(longest).text()).hasSize(4096);
        assertThat(SourcePath.tryParse(longest + "d")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"net/core/sock.c, sock.c", "Makefile, Makefile", "a/b/c/.d, .d"})
    void theNameIsTheLastPart(String path, String name) {
        assertThat(SourcePath.parse(path).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "net/core/sock.c, net, true",
        "net/core/sock.c, net/core, true",
        "net/core/sock.c, net/co, false",
        "net/core/sock.c, net/core/sock.c, false",
        "net/core/sock.c, core, false",
        "network/a.c, net, false",
        "net, net, false",
        "ne, net, false",
    })
    void aFileLiesBelowTheDirectoriesOnItsWay(String path, String directory, boolean below) {
        assertThat(SourcePath.parse(path).isBelow(directory)).isEqualTo(below);
    }

    @ParameterizedTest
    @CsvSource({
        "include/net/sock.h, true",
        "net/core/sock.c, false",
        "net/h, false",
        "net/sock.H, false",
        "net/a.hh, false"
    })
    void aHeaderIsKnownByItsName(String path, boolean header) {
        assertThat(SourcePath.parse(path).isHeader()).isEqualTo(header);
    }
}
