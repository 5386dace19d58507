package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.profile.SmallBuild.Layout;
import org.tuxtape.profile.SmallBuild.Spelling;

/** A tree whose contents mean no good, or make no sense. */
class StrangeTreeTest {
    @TempDir
    private Path directory;

    private SmallBuild build;
    private List<String> units = List.of();

    @BeforeEach
    void writeBuild() {
        build = SmallBuild.complete(directory);
        units = lines(KbuildTree.read(build.tree()).units());
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        SmallBuild other = SmallBuild.empty(directory.resolve("other"), Layout.IN_TREE, Spelling.SAVEDCMD)
                .unit("fs/evil.o", "fs/evil.c");
        build.link("fs/loop", build.tree())
                .link("fs/out", other.tree())
                .link("fs/.evil.o.cmd", other.tree().resolve("fs/.evil.o.cmd"));

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(units);
        assertThat(profile.notes()).isEmpty();
        in(profile).unknown("fs/out/fs/evil.c", "has no");
    }

    @Test
    void theTreeItselfMayBeReachedByALink() {
        build.link("../link", build.tree());

        assertThat(lines(KbuildTree.read(directory.resolve("link")).units())).isEqualTo(units);
    }

    @Test
    void pathsThatLeadOutOfTheTreeAreDropped() throws IOException {
        Files.writeString(directory.resolve("secret.c"), "");
        build.cmd("init/main.o", "gcc -nostdinc -c", "init/main.c", List.of("../secret.c", "init/../../secret.c"))
                .cmd("lib/lib.a", "ar cDPrST lib/lib.a lib/string.o ../../../etc/passwd.o /etc/shadow.o")
                .file("modules.order", "fs/ext9/ext9.o\n../../secret.o\n/etc/passwd.ko\n.ko\nfs/..o\n\n");

        KbuildProfile profile = KbuildTree.read(build.tree());

        in(profile).unknown("secret.c", "has no");
        assertThat(lines(profile.units())).noneMatch(line -> line.contains("secret") || line.contains("passwd"));
    }

    @Test
    void aSourceThatTheRecordsInventIsNotLookedUp() {
        SmallBuild moved = SmallBuild.complete(directory.resolve("moved"), Layout.ELSEWHERE, Spelling.CMD);
        moved.without("source");

        assertThat(KbuildTree.read(moved.tree()).sourceDirectory()).isEmpty();
    }

    @Test
    void aSourceOutsideOfTheTreeMakesNoUnit() {
        build.cmd("lib/string.o", "gcc -nostdinc -c", "/usr/lib/rustlib/src/core.c", List.of());

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(profile.notes()).containsExactly("Compiled from a source outside of the tree: lib/string.o.");
        assertThat(lines(profile.units())).doesNotContain("lib/string.c\tvmlinux");
    }

    @Test
    void anotherBuildBelowTheTreeIsLeftOut() {
        SmallBuild.complete(build.tree().resolve("nested"));

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(units);
        assertThat(profile.notes())
                .containsExactly("Another build lies below this one, and was left out: nested/linux/.");
    }

    @Test
    void archivesMayHoldEachOther() {
        build.cmd("a.a", "ar r a.a b.a").cmd("b.a", "ar r b.a a.a lib/string.o");

        assertThat(lines(KbuildTree.read(build.tree()).units())).isEqualTo(units);
    }

    @Test
    void oddNamesAreNoneOfABuild() {
        build.file("fs/.new\nline.o.cmd", "savedcmd_x := gcc -nostdinc\n\nsource_x := fs/a.c\n")
                .file("fs/.back\\slash.o.cmd", "savedcmd_x := gcc -nostdinc\n\nsource_x := fs/a.c\n")
                .file("fs/...cmd", "savedcmd_x := true\n")
                .file("fs/. .cmd", "savedcmd_x := true\n")
                .file(".cmd", "x");

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(units);
        assertThat(profile.isComplete()).isFalse();
        assertThat(profile.notes()).anyMatch(note -> note.startsWith("Part of the tree cannot be read: fs/."));
    }

    @Test
    void directoriesWithTheNamesOfRecordsAreDirectories() throws IOException {
        Files.createDirectories(build.tree().resolve("fs/.dir.o.cmd/below"));

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(units);
        assertThat(profile.isComplete()).isTrue();
    }

    @Test
    void aTreeDeeperThanAnyBuildIsReadInPart() throws IOException {
        Files.createDirectories(build.tree().resolve("d/".repeat(70)));

        KbuildProfile profile = KbuildTree.read(build.tree());

        assertThat(lines(profile.units())).isEqualTo(units);
        assertThat(profile.isComplete()).isFalse();
    }
}
