package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tuxtape.profile.ProfileAssert.in;
import static org.tuxtape.profile.ProfileAssert.lines;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** A build tree in an archive gives the profile of the directory, and nothing is unpacked. */
class PackedTreeTest {
    @TempDir
    private Path directory;

    private Path archive = Path.of("");

    enum Kind {
        TAR,
        TAR_GZ,
        TAR_XZ,
        TAR_ZST,
        ZIP
    }

    @BeforeEach
    void nameArchive() {
        archive = directory.resolve("archive");
    }

    private void pack(Kind kind, Path tree, String prefix) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive)) {
            switch (kind) {
                case TAR -> tar(tree, prefix, out);
                case TAR_GZ -> tar(tree, prefix, new GZIPOutputStream(out));
                case TAR_XZ -> tar(tree, prefix, new XZOutputStream(out, new LZMA2Options(1)));
                case TAR_ZST -> tar(tree, prefix, new ZstdOutputStream(out));
                case ZIP -> zip(tree, prefix, out);
            }
        }
    }

    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void tar(Path tree, String prefix, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path file : files(tree)) {
                tar.putArchiveEntry(new TarArchiveEntry(file.toFile(), prefix + tree.relativize(file)));
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static void zip(Path tree, String prefix, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files(tree)) {
                zip.putNextEntry(new ZipEntry(prefix + tree.relativize(file)));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveGivesTheProfileOfTheDirectory(Kind kind) throws IOException {
        Path tree = SmallBuild.complete(directory).tree();
        KbuildProfile unpacked = KbuildTree.read(tree);
        pack(kind, tree, "linux-6.12/");

        KbuildProfile packed = KbuildTree.read(archive);

        assertThat(ProfileDifference.between(unpacked, packed).isEmpty()).isTrue();
        assertThat(lines(packed.otherUnits())).isEqualTo(lines(unpacked.otherUnits()));
        assertThat(packed.kernel()).isEqualTo(unpacked.kernel());
        assertThat(packed.absence()).isEqualTo(AbsenceBasis.EVERY_INPUT);
        in(packed)
                .absent("fs/xfs9/super.c", "include/linux/unused.h")
                .unknown("lib/table-defs.h", "read by the build")
                .unknown("no/such.c", "no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "./", "a/b/"})
    void theTreeMayLieAnywhereInTheArchive(String prefix) throws IOException {
        Path tree = SmallBuild.complete(directory).tree();
        pack(Kind.TAR, tree, prefix);

        in(KbuildTree.read(archive)).compiled("fs/ext9/super.c", "fs/ext9/ext9");
    }

    @Test
    void aBuildWithoutItsSourceLeavesNothingOut() throws IOException {
        SmallBuild build = SmallBuild.complete(directory, SmallBuild.Layout.ELSEWHERE, SmallBuild.Spelling.CMD);
        pack(Kind.TAR_GZ, build.tree(), "");

        KbuildProfile profile = KbuildTree.read(archive);

        in(profile).compiled("init/main.c", "vmlinux").unknown("fs/xfs9/super.c", "source");
        assertThat(profile.absence()).isEqualTo(AbsenceBasis.NONE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ZIP")
    void anArchiveThatIsCutShortIsDamaged(Kind kind) throws IOException {
        pack(kind, SmallBuild.complete(directory).tree(), "");
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

        assertFault(Fault.DAMAGED);
    }

    @Test
    void anArchiveOfSomethingElseIsNoTree() throws IOException {
        Files.createDirectories(directory.resolve("other"));
        Files.writeString(directory.resolve("other/readme"), "text");
        pack(Kind.TAR, directory.resolve("other"), "");

        assertFault(Fault.WRONG_KIND);
    }

    @Test
    void aFileThatIsNoArchiveIsATypedFault() throws IOException {
        Files.writeString(archive, "text");

        assertFault(Fault.WRONG_KIND, Fault.DAMAGED);
    }

    private void assertFault(Fault... faults) {
        assertThatThrownBy(() -> KbuildTree.read(archive)).isInstanceOfSatisfying(ProfileException.class, e -> {
            assertThat(e.fault()).isIn((Object[]) faults);
            assertThat(e.origin()).isEqualTo(archive.toString());
        });
    }
}
