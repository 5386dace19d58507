package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.SourcePath;

class BuildPathsTest {
    private final List<CmdFile> files = new ArrayList<>();

    private void compiled(String target, String source) {
        parsed(target, target, source);
    }

    private void parsed(String target, String written, String source) {
        byte[] text = ("cmd_" + written + " := gcc -nostdinc -c\nsource_x := " + source + "\n")
                .getBytes(StandardCharsets.UTF_8);
        files.add(CmdParser.parse(target, text, text.length, new TokenTable()).orElseThrow());
    }

    private BuildPaths paths() {
        return BuildPaths.infer(files, List.of("/now/build"));
    }

    @Test
    void aBuildInItsSourceNamesFilesFromItsRoot() {
        compiled("fs/open.o", "fs/open.c");

        assertThat(paths().sourceRoot()).isEmpty();
        assertThat(paths().resolve("fs/open.c")).contains("fs/open.c");
        assertThat(paths().resolve("arch/x86/../x86/boot/./a.c")).contains("arch/x86/boot/a.c");
        assertThat(paths().resolve("/usr/include/stdio.h")).isEmpty();
        assertThat(paths().resolve("../out.c")).isEmpty();
        assertThat(paths().resolve("/now/build/include/generated/x.h")).contains("include/generated/x.h");
    }

    @Test
    void aBuildElsewhereNamesTheSourceAbsolutely() {
        compiled("fs/open.o", "/old/linux/fs/open.c");
        compiled("fs/read.o", "/old/linux/fs/read.c");
        compiled("lib/table.o", "lib/table.c");

        assertThat(paths().sourceRoot()).isEqualTo("/old/linux");
        assertThat(paths().resolve("/old/linux/lib/vdso/../x.c")).contains("lib/x.c");
        assertThat(paths().resolve("/old/linux/../x.c")).isEmpty();
        assertThat(paths().resolve("/old/linux-next/x.c")).isEmpty();
        assertThat(paths().resolve("lib/table.c")).contains("lib/table.c");
    }

    @Test
    void aBuildBelowItsSourceNamesItByDots() {
        compiled("fs/open.o", "../fs/open.c");

        assertThat(paths().sourceRoot()).isEqualTo("..");
        assertThat(paths().resolve("../include/linux/fs.h")).contains("include/linux/fs.h");
        assertThat(paths().resolve("include/generated/x.h")).contains("include/generated/x.h");
        assertThat(paths().resolve("../../x.h")).isEmpty();
    }

    @Test
    void theOldPlaceOfABuildIsThatOfItsAbsoluteTargets() {
        compiled("fs/open.o", "/old/linux/fs/open.c");
        parsed("tools/objtool/check.o", "/old/linux/out/tools/objtool/check.o", "check.c");

        assertThat(paths().resolve("/old/linux/out/include/generated/x.h")).contains("include/generated/x.h");
        assertThat(paths().resolve("/old/linux/include/x.h")).contains("include/x.h");
    }

    @Test
    void whereMostSourcesLieIsTheSource() {
        compiled("fs/open.o", "/b/fs/open.c");
        compiled("fs/read.o", "/a/fs/read.c");
        assertThat(paths().sourceRoot()).isEqualTo("/a");

        compiled("fs/write.o", "/b/fs/write.c");
        assertThat(paths().sourceRoot()).isEqualTo("/b");
    }

    @Property
    void whatIsResolvedNeverLeadsOut(
            @ForAll @Chars({'/', '.', '\\', ' '}) @CharRange(from = 'a', to = 'c') String path) {
        compiled("fs/open.o", "../fs/open.c");

        assertThat(paths().resolve(path).flatMap(SourcePath::tryParse).isPresent())
                .isEqualTo(paths().resolve(path).isPresent());
    }
}
