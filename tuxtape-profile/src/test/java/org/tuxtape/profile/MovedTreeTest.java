package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.Context;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** A tree that is no longer where it was built: no absolute path in it leads anywhere. */
class MovedTreeTest {
    @TempDir
    private Path directory;

    private SmallBuild build(Layout layout) {
        return SmallBuild.complete(directory.resolve("before"), layout, Spelling.SAVEDCMD);
    }

    private Path move() throws IOException {
        return Files.move(directory.resolve("before"), directory.resolve("after"));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void theUnitsAreTheSame(Layout layout) throws IOException {
        SmallBuild build = build(layout);
        KbuildProfile before = KbuildTree.read(build.tree());
        String tree = directory.resolve("before").relativize(build.tree()).toString();

        KbuildProfile after = KbuildTree.read(move().resolve(tree));

        assertThat(after.units()).isEqualTo(before.units());
        assertThat(after.otherUnits()).isEqualTo(before.otherUnits());
    }

    @Test
    void aBuildInItsSourceStillHasIt() throws IOException {
        build(Layout.IN_TREE);

        in(KbuildTree.read(move().resolve("linux"))).absent("fs/xfs9/super.c").unknown("fs/nosuch.c", "has no");
    }

    @Test
    void aBuildBelowItsSourceStillHasIt() throws IOException {
        build(Layout.BELOW_SOURCE);

        in(KbuildTree.read(move().resolve("linux/out")))
                .absent("fs/xfs9/super.c")
                .unknown("fs/nosuch.c", "has no");
    }

    @Test
    void aBuildElsewhereLostItsSourceUntilTheCallerNamesIt() throws IOException {
        build(Layout.ELSEWHERE);
        Path after = move();
        KbuildTree tree = KbuildTree.at(after.resolve("out"));

        in(tree.read(Context.standard())).unknown("fs/xfs9/super.c", "cannot be reached");
        in(tree.withSource(after.resolve("linux")).read(Context.standard()))
                .absent("fs/xfs9/super.c")
                .unknown("fs/nosuch.c", "has no");
    }

    @Test
    void pathsThatTheBuildWroteAgainstItsOldPlaceAreResolved() throws IOException {
        SmallBuild build = build(Layout.IN_TREE);
        String old = build.tree().toString();
        // objtool's makefiles name their objects absolutely, which tells where the tree was.
        build.file("tools/objtool/.check.o.cmd", "cmd_" + old + "/tools/objtool/check.o := gcc -c check.c\n")
                .cmd(
                        "drivers/char/rusty.o",
                        "rustc @./include/generated/rustc_cfg",
                        "drivers/char/rusty.rs",
                        List.of(old + "/rust/bindings/bindings_generated.rs", "/usr/include/stdio.h"));

        in(KbuildTree.read(move().resolve("linux")))
                .included(
                        "rust/bindings/bindings_generated.rs", List.of("drivers/char/rusty.rs"), "drivers/char/rusty");
    }

    @Test
    void theOrderInWhichFilesWereWrittenDoesNotMatter() throws IOException {
        KbuildProfile before = KbuildTree.read(build(Layout.IN_TREE).tree());
        Path reversed = directory.resolve("reversed");
        try (var files = Files.walk(directory.resolve("before/linux"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Path copy = reversed.resolve(directory.resolve("before/linux").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }

        KbuildProfile after = KbuildTree.read(reversed);

        assertThat(lines(after.units())).isEqualTo(lines(before.units()));
        assertThat(lines(after.otherUnits())).isEqualTo(lines(before.otherUnits()));
        assertThat(after.kernel()).isEqualTo(before.kernel());
    }
}
