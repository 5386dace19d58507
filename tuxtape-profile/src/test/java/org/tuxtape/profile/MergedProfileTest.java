package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.profile.MergedProfile.Conflict;
import org.tuxtape.profile.MergedProfile.Conflict.Kind;

/** Several origins of one build: each adds what it knows, the surest leads, and what differs is said. */
class MergedProfileTest {
    @TempDir
    private Path directory;

    private KbuildProfile tree() {
        return KbuildTree.read(SmallBuild.complete(directory).tree());
    }

    private KbuildProfile list(String... entries) throws IOException {
        Path list = directory.resolve("compile_commands.json");
        Files.writeString(list, "[" + String.join(",", entries) + "]");
        return CompileCommands.at(list).withSource(directory.resolve("linux")).read(Context.standard());
    }

    private static String entry(String file, String macros) {
        return "{\"directory\": \"/b\", \"file\": \"" + file + ".c\", \"command\": \"gcc -D__KERNEL__ " + macros
                + " -c -o " + file + ".o " + file + ".c\"}";
    }

    @Test
    void oneProfileStaysAsItIs() {
        KbuildProfile tree = tree();

        MergedProfile merged = MergedProfile.of(List.of(tree));

        assertThat(merged.conflicts()).isEmpty();
        assertThat(ProfileFile.bytes(merged.profile())).isEqualTo(ProfileFile.bytes(tree));
    }

    @Test
    void theSurestLeadsWhereverItStands() throws IOException {
        KbuildProfile tree = tree();
        KbuildProfile list =
                list(entry("init/main", ""), entry("fs/xfs9/super", "-DMODULE -DKBUILD_MODFILE=fs/xfs9/xfs9"));

        MergedProfile merged = MergedProfile.of(List.of(list, tree));

        in(merged.profile()).absent("fs/xfs9/super.c").compiled("fs/ext9/super.c", "fs/ext9/ext9");
        assertThat(merged.profile().absence()).isEqualTo(AbsenceBasis.EVERY_INPUT);
        assertThat(merged.conflicts())
                .contains(new Conflict(
                        Kind.COMPILED,
                        "fs/xfs9/super.c",
                        "absent",
                        "compiled",
                        "compile commands " + directory.resolve("compile_commands.json")));
    }

    @Test
    void objectsThatDifferAreAConflict() throws IOException {
        KbuildProfile tree = tree();
        KbuildProfile list = list(entry("init/main", ""), entry("fs/ext9/super", ""));

        MergedProfile merged = MergedProfile.of(List.of(tree, list));

        in(merged.profile()).compiled("fs/ext9/super.c", "fs/ext9/ext9");
        assertThat(merged.conflicts())
                .filteredOn(conflict -> conflict.kind() == Kind.OBJECTS)
                .extracting(Conflict::subject, Conflict::kept, Conflict::other)
                .containsExactly(tuple("fs/ext9/super.c", "[fs/ext9/ext9]", "[vmlinux]"));
    }

    @Test
    void whatTheLeadingOriginCannotTellTheOthersAdd() throws IOException {
        SmallBuild build =
                SmallBuild.complete(directory).without("modules.order").without(".config");
        KbuildProfile unfinished = KbuildTree.read(build.tree());
        KbuildProfile list = list(entry("init/main", ""), entry("drivers/char/late", ""));

        MergedProfile merged = MergedProfile.of(List.of(unfinished, list));

        assertThat(lines(merged.profile().units())).contains("drivers/char/late.c\tvmlinux");
        in(merged.profile()).included("fs/ext9/ext9.h", List.of("fs/ext9/inode.c", "fs/ext9/super.c"), "fs/ext9/ext9");
    }

    @Test
    void optionsAndNamesThatDifferAreConflicts() {
        KbuildProfile one = tree();
        SmallBuild other = SmallBuild.complete(directory.resolve("other"));
        other.file(".config", "CONFIG_X86=y\nCONFIG_MODULES=y\nCONFIG_EXT9_FS=y\n")
                .file("include/config/kernel.release", "6.12.7-other\n");

        MergedProfile merged = MergedProfile.of(List.of(one, KbuildTree.read(other.tree())));

        assertThat(merged.profile().option(new ConfigSymbol("EXT9_FS"))).contains(ConfigValue.MODULE);
        assertThat(merged.conflicts())
                .extracting(conflict -> conflict.kind() + " " + conflict.subject())
                .contains("KERNEL release", "KERNEL config", "OPTION EXT9_FS");
    }

    @Test
    void anInstalledKernelAddsItsModules() throws IOException {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("lib/modules/6.12.7-test"));
        Files.createDirectories(root.resolve("boot"));
        Files.writeString(
                root.resolve("lib/modules/6.12.7-test/modules.order"), "kernel/fs/ext9/ext9.ko\nkernel/net/far.ko\n");
        Files.writeString(root.resolve("boot/config-6.12.7-test"), "CONFIG_EXT9_FS=m\n");

        KbuildProfile installed = InstalledKernel.at(root).read(Context.standard());

        assertThat(installed.absence()).isEqualTo(AbsenceBasis.NONE);
        assertThat(installed.objects())
                .extracting(Object::toString)
                .containsExactly("vmlinux", "fs/ext9/ext9", "net/far");
        assertThat(installed.option(new ConfigSymbol("EXT9_FS"))).contains(ConfigValue.MODULE);
        in(installed).unknown("fs/ext9/super.c", "source");
        assertThat(MergedProfile.of(List.of(tree(), installed)).profile().objects())
                .extracting(Object::toString)
                .contains("net/far", "fs/ext9/ext9");
    }

    @Test
    void nothingCannotBeMerged() {
        assertThatThrownBy(() -> MergedProfile.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
