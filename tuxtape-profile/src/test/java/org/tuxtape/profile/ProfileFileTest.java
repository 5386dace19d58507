package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tuxtape.profile.ProfileAssert.lines;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** A profile in a file: it answers as before, it is the same for the same build, and nothing else is taken for one. */
class ProfileFileTest {
    private static final List<String> PATHS = List.of(
            "init/main.c",
            "fs/ext9/super.c",
            "fs/ext9/ext9.h",
            "include/linux/fs.h",
            "include/linux/bounds-only.h",
            "include/linux/unused.h",
            "kernel/sched/fair.c",
            "kernel/bounds.c",
            "fs/xfs9/super.c",
            "lib/table-defs.h",
            "lib/gen_table.c",
            "arch/arm64/kernel/entry.S",
            "arch/arm64/boot/dts/board.dtsi",
            "Documentation/index.rst",
            "tools/perf/perf.c",
            "tools/objtool/elf.c",
            "fs/Kconfig",
            "MAINTAINERS",
            "no/such/file.c");

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("small.profile");
    }

    private SmallBuild build() {
        return SmallBuild.complete(directory);
    }

    @Test
    void whatIsReadAnswersAsWhatWasWritten() {
        KbuildProfile written = KbuildTree.read(build().tree());
        ProfileFile.write(written, file);

        KbuildProfile read = ProfileFile.read(file);

        assertThat(read.kernel()).isEqualTo(written.kernel());
        assertThat(read.provenance()).isEqualTo(written.provenance());
        assertThat(read.notes()).isEqualTo(written.notes());
        assertThat(read.absence()).isEqualTo(AbsenceBasis.EVERY_INPUT);
        assertThat(lines(read.units())).isEqualTo(lines(written.units()));
        assertThat(lines(read.otherUnits())).isEqualTo(lines(written.otherUnits()));
        assertThat(read.objects()).isEqualTo(written.objects());
        for (String path : PATHS) {
            assertThat(read.file(SourcePath.parse(path))).as(path).isEqualTo(written.file(SourcePath.parse(path)));
        }
        SourcePath main = SourcePath.parse("init/main.c");
        assertThat(read.function("start_kernel", main)).isEqualTo(written.function("start_kernel", main));
        assertThat(read.option(new ConfigSymbol("EXT9_FS"))).isEqualTo(written.option(new ConfigSymbol("EXT9_FS")));
    }

    @Test
    void theSameBuildGivesTheSameBytesHoweverItIsRead() {
        byte[] once = ProfileFile.bytes(KbuildTree.read(build().tree()));
        byte[] again = ProfileFile.bytes(
                KbuildTree.at(build().tree()).withParallelism(3).read(Context.standard()));
        ProfileFile.write(KbuildTree.read(build().tree()), file);

        assertThat(again).isEqualTo(once);
        assertThat(ProfileFile.bytes(ProfileFile.read(file))).isEqualTo(once);
    }

    @Test
    void aByteThatChangedIsNoticed() throws IOException {
        byte[] json = json();
        for (int at = 0; at < json.length; at += 7) {
            byte[] changed = json.clone();
            changed[at] ^= 1;
            assertFault(gzip(changed), Fault.DAMAGED, Fault.WRONG_KIND);
        }
    }

    @Test
    void aFileThatIsCutShortIsDamaged() throws IOException {
        byte[] whole = ProfileFile.bytes(KbuildTree.read(build().tree()));

        assertFault(Arrays.copyOf(whole, whole.length / 2), Fault.DAMAGED);
        assertFault(gzip(Arrays.copyOf(json(), 300)), Fault.DAMAGED);
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() throws IOException {
        String json = new String(json(), StandardCharsets.UTF_8).replaceFirst("\"version\":1", "\"version\":2");
        Files.write(file, gzip(json.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> ProfileFile.read(file)).hasMessageContaining("version 2");
    }

    @Test
    void whatIsNoProfileIsRefused() throws IOException {
        assertFault("text".getBytes(StandardCharsets.UTF_8), Fault.WRONG_KIND);
        assertFault(gzip("{\"format\":\"other\"}".getBytes(StandardCharsets.UTF_8)), Fault.WRONG_KIND);
        Files.delete(file);
        assertThatThrownBy(() -> ProfileFile.read(file))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MISSING));
    }

    @Test
    void writingReplacesAFileAndLeavesNothingElse() throws IOException {
        Files.writeString(file, "before");
        ProfileFile.write(KbuildTree.read(build().tree()), file);

        assertThat(ProfileFile.read(file).isComplete()).isTrue();
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("small.profile", "linux");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsATypedFault() {
        Path nowhere = directory.resolve("no/such/directory/x.profile");

        assertThatThrownBy(() -> ProfileFile.write(KbuildTree.read(build().tree()), nowhere))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aProfileDoesNotDifferFromItself() {
        KbuildProfile profile = KbuildTree.read(build().tree());
        ProfileFile.write(profile, file);

        assertThat(ProfileDifference.between(profile, ProfileFile.read(file)).isEmpty())
                .isTrue();
    }

    @Test
    void unitsAndOptionsThatDifferAreNamed() {
        KbuildProfile before = KbuildTree.read(build().tree());
        SmallBuild other = SmallBuild.complete(directory.resolve("other"));
        other.file(".config", "CONFIG_X86=y\nCONFIG_MODULES=y\nCONFIG_EXT9_FS=y\n");
        other.unit("drivers/char/added.o", "drivers/char/added.c").module("drivers/char/added", "added.o");
        KbuildProfile after = KbuildTree.read(other.vmlinux().tree());

        ProfileDifference difference = ProfileDifference.between(before, after);

        assertThat(lines(difference.added())).containsExactly("drivers/char/added.c\tdrivers/char/added");
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.optionsKnown()).isTrue();
        assertThat(difference.options())
                .extracting(change -> change.name() + " " + change.before() + " " + change.after())
                .containsExactly("CC_VERSION_TEXT gcc (Test) 12.2.0 n", "EXT9_FS m y");
        assertThat(lines(ProfileDifference.between(after, before).removed()))
                .containsExactly("drivers/char/added.c\tdrivers/char/added");
    }

    private byte[] json() throws IOException {
        byte[] bytes = ProfileFile.bytes(KbuildTree.read(build().tree()));
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private void assertFault(byte[] bytes, Fault... faults) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> ProfileFile.read(file))
                .isInstanceOfSatisfying(
                        ProfileException.class, e -> assertThat(e.fault()).isIn((Object[]) faults));
    }
}
