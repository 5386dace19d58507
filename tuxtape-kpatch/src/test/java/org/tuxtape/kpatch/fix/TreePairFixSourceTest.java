package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.contract.FixSourceContract;
import org.tuxtape.testkit.contract.FixSourceSubject;

final class TreePairFixSourceTest extends FixSourceContract {
    private static final KernelVersion VERSION = KernelVersion.parse("6.6.30");

    @TempDir
    Path directory;

    private FixSource source() {
        return TreePairFixSource.of(directory.resolve("older"), directory.resolve("newer"), VERSION);
    }

    private Path write(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cve cve(String... files) {
        return Cve.builder(new CveId(2024, 3000)).title("It").files(files).build();
    }

    @Override
    protected FixSourceSubject subject() {
        write("older/net/x.c", "old\n");
        write("newer/net/x.c", "new\n");
        write("older/same.c", "same\n");
        write("newer/same.c", "same\n");
        write("outside/file", "what lies outside\n");
        try {
            Files.deleteIfExists(directory.resolve("older/out"));
            Files.createSymbolicLink(directory.resolve("older/out"), directory.resolve("outside"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FixSourceSubject.of(this::source)
                .own(cve("net/x.c"), Examples.KERNEL)
                .newer(cve("net/x.c"), KernelBuild.of(KernelVersion.parse("6.1.5")), VERSION)
                .noMainline("The trees are those of one branch.")
                .noSeries("A difference of trees has no commits.")
                .missing(cve("same.c"), Examples.KERNEL)
                .broken(() -> TreePairFixSource.of(directory.resolve("older"), directory.resolve("nowhere"), VERSION))
                .hostile(cve("out/file", "net/x.c"), Examples.KERNEL, directory.resolve("outside"));
    }

    @Test
    void theFilesOfTheCveAreComparedAndNoOthers() {
        write("older/a.c", "1\n");
        write("newer/a.c", "2\n");
        write("older/b.c", "1\n");
        write("newer/b.c", "2\n");

        Fix fix = Fixes.found(Fixes.find(source(), cve("a.c", "c.c")));

        assertThat(fix.commits()).singleElement().satisfies(commit -> {
            assertThat(commit.commit()).isEmpty();
            assertThat(commit.diff()).isEqualTo("--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-1\n+2\n");
        });
        assertThat(fix.origin())
                .isInstanceOfSatisfying(
                        FixOrigin.TreeDifference.class,
                        origin -> assertThat(origin.remark())
                                .contains("may hold other changes")
                                .contains("Neither tree has c.c."));
    }

    @Test
    void aFileOfOneTreeIsAddedOrDeleted() {
        write("older/a.c", "1\n2");
        write("newer/b.c", "1\n2");
        write("newer/empty.c", "");

        Fix fix = Fixes.found(Fixes.find(source(), cve("a.c", "b.c", "empty.c")));

        assertThat(Diff.parse(fix.commits().get(0).diff()).files())
                .extracting(FileDiff::kind)
                .containsExactly(FileDiff.Kind.DELETED, FileDiff.Kind.ADDED, FileDiff.Kind.ADDED);
        assertThat(fix.commits().get(0).diff()).contains("\\ No newline at end of file\n");
    }

    @Test
    void nothingBehindALinkIsRead() throws IOException {
        write("outside/a.c", "secret\n");
        write("newer/a.c", "new\n");
        write("newer/dir/a.c", "new\n");
        Files.createDirectories(directory.resolve("older"));
        Files.createSymbolicLink(directory.resolve("older/a.c"), directory.resolve("outside/a.c"));
        Files.createSymbolicLink(directory.resolve("older/dir"), directory.resolve("outside"));

        assertThat(Fixes.reason(Fixes.find(source(), cve("a.c")))).contains("a.c is behind a symbolic link");
        assertThat(Fixes.reason(Fixes.find(source(), cve("dir/a.c")))).contains("dir/a.c is behind a symbolic link");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        Files.createDirectories(directory.resolve("older/a.c"));
        write("newer/a.c", "new\n");

        assertThat(Fixes.reason(Fixes.find(source(), cve("a.c")))).contains("a.c is no regular file");
    }

    @Test
    void treesOfAnOlderBranchServeNoKernel() {
        write("older/a.c", "1\n");
        write("newer/a.c", "2\n");

        assertThat(Fixes.reason(source().find(
                                cve("a.c"),
                                KernelBuild.of(KernelVersion.parse("6.9")),
                                org.tuxtape.core.Context.standard())))
                .contains("older than 6.9");
    }

    @Test
    void aTreeThatIsAFileIsOfTheWrongKind() {
        write("older", "");
        assertThatExceptionOfType(FixSourceException.class)
                .isThrownBy(() -> Fixes.find(source(), cve("a.c")))
                .returns(FixSourceException.Fault.WRONG_KIND, FixSourceException::fault);
    }

    @Test
    void gnuPatchMakesTheNewerTreeOfTheOlder() throws IOException, InterruptedException {
        Program patchProgram = Program.orAbort("patch");
        String lines = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n";
        write("older/a.c", lines);
        write("newer/a.c", lines.replace("b\n", "").replace("l\n", "L\nLL\n"));
        write("older/dir/gone.c", lines);
        Files.createDirectories(directory.resolve("newer/dir"));
        write("newer/new/added.c", lines + "no end");
        write("older/end.c", "x\ny");
        write("newer/end.c", "x\ny\n");
        Path script = write("older/run.sh", "1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(write("newer/run.sh", "2\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String[] files = {"a.c", "dir/gone.c", "new/added.c", "end.c", "run.sh"};
        String diff =
                Fixes.found(Fixes.find(source(), cve(files))).commits().get(0).diff();
        Path patch = write("the.patch", diff);

        patchProgram.run(directory.resolve("older"), "-p1", "-F0", "-s", "-i", patch.toString());

        for (String file : files) {
            assertThat(content("older/" + file)).as(file).isEqualTo(content("newer/" + file));
        }
    }

    private Optional<String> content(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
