package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.git.GitObjects;

/** Repositories that git itself made, and what it says of the commits in them. */
final class GitProgramTest {
    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";

    @TempDir
    Path directory;

    private Path work;
    private Program git;

    @BeforeEach
    void aRepositoryOfFourCommits() throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve("home"));
        work = Files.createDirectories(directory.resolve("work"));
        git = Program.orAbort("git")
                .with("HOME", home.toString())
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .with("GIT_AUTHOR_NAME", "Somebody")
                .with("GIT_AUTHOR_EMAIL", "somebody@example.org")
                .with("GIT_COMMITTER_NAME", "Somebody")
                .with("GIT_COMMITTER_EMAIL", "somebody@example.org");
        git.run(work, "init", "-q", "-b", "main");
        Files.createDirectories(work.resolve("dir"));
        Files.writeString(work.resolve("a.c"), LINES);
        Files.writeString(work.resolve("dir/b.c"), LINES);
        Files.writeString(work.resolve("run.sh"), "1\n");
        commit("base");
        Files.writeString(work.resolve("a.c"), LINES.replace("two\n", "").replace("nine\n", "NINE\nand more\n"));
        Files.writeString(work.resolve("dir/b.c"), LINES + "no end");
        Files.write(work.resolve("caf\u00e9.c"), "\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1));
        commit("net: change\n\nIn two paragraphs.");
        Files.move(work.resolve("dir/b.c"), work.resolve("dir-moved.c"));
        Files.createDirectories(work.resolve("a"));
        Files.writeString(work.resolve("a/a.c"), LINES);
        commit("move");
        Files.setPosixFilePermissions(work.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(work.resolve("a.c"));
        Files.createSymbolicLink(work.resolve("link"), Path.of("run.sh"));
        commit("mode, link and delete");
    }

    private void commit(String message) throws IOException, InterruptedException {
        git.run(work, "add", "-A");
        git.run(work, "commit", "-q", "-m", message);
    }

    private CommitId id(String revision) throws IOException, InterruptedException {
        return CommitId.parse(git.run(work, "rev-parse", revision).strip());
    }

    @Test
    void aCommitIsWhatGitShowsOfIt() throws IOException, InterruptedException {
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                git.run(work, "gc", "-q", "--prune=now");
            }
            for (String revision : new String[] {"main~3", "main~2", "main~1", "main"}) {
                String shown =
                        git.run(work, "show", "--format=", "--no-renames", "--full-index", "--histogram", revision);
                assertThat(Fixes.diff(GitFixSource.of(work), id(revision)))
                        .as(revision)
                        .isEqualTo(written(shown));
            }
        }
    }

    private static String written(String diff) {
        return Diff.parse(diff).files().stream().map(FileDiff::toText).collect(Collectors.joining());
    }

    @Test
    void gitAppliesWhatIsHandedOut() throws IOException, InterruptedException {
        for (String revision : new String[] {"main~2", "main~1", "main"}) {
            Path patch = directory.resolve("the.patch");
            Files.writeString(patch, Fixes.diff(GitFixSource.of(work), id(revision)), StandardCharsets.ISO_8859_1);
            Path copy = directory.resolve("copy of " + revision);
            git.run(directory, "clone", "-q", "--shared", work.toString(), copy.toString());
            git.run(copy, "checkout", "-q", id(revision + "~1").toString());

            git.run(copy, "apply", "--index", patch.toString());

            assertThat(git.run(copy, "write-tree")).isEqualTo(git.run(work, "rev-parse", revision + "^{tree}"));
            assertThat(Fixes.diff(GitFixSource.of(copy), id(revision)))
                    .as("by way of its alternates")
                    .isNotEmpty();
        }
    }

    @Test
    void aLinkedWorkTreeLeadsToItsRepository() throws IOException, InterruptedException {
        Path linked = directory.resolve("linked");
        git.run(work, "worktree", "add", "-q", "--detach", linked.toString());

        assertThat(Fixes.diff(GitFixSource.of(linked), id("main"))).isNotEmpty();
    }

    @Test
    void aShallowCloneSaysWhereItEnds() throws IOException, InterruptedException {
        Path clone = directory.resolve("shallow.git");
        git.run(directory, "clone", "-q", "--bare", "--depth", "2", "file://" + work, clone.toString());

        assertThat(Fixes.diff(GitFixSource.of(clone), id("main"))).isNotEmpty();
        assertThat(Fixes.reason(Fixes.find(GitFixSource.of(clone), Fixes.fixedBy(id("main~1")))))
                .contains("shallow history");
        assertThat(Fixes.reason(Fixes.find(GitFixSource.of(clone), Fixes.fixedBy(id("main~2")))))
                .contains("is not in");
    }

    @Test
    void aPartialCloneSaysWhatItLacks() throws IOException, InterruptedException {
        Path clone = directory.resolve("partial.git");
        git.run(work, "config", "uploadpack.allowFilter", "true");
        git.run(directory, "clone", "-q", "--bare", "--filter=blob:none", "file://" + work, clone.toString());

        assertThat(Fixes.reason(Fixes.find(GitFixSource.of(clone), Fixes.fixedBy(id("main~2")))))
                .contains("needs what is not in");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noProgramIsStartedAndNoConfigurationIsRead(boolean packed) throws Exception {
        if (packed) {
            git.run(work, "gc", "-q", "--prune=now");
        }
        Path borrower = directory.resolve("borrower");
        git.run(directory, "clone", "-q", "--shared", work.toString(), borrower.toString());
        Path started = directory.resolve("started");
        Path trap = Files.createDirectories(directory.resolve("bin")).resolve("git");
        Files.writeString(trap, "#!/bin/sh\necho >" + started + "\n");
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(directory.resolve("another home"));
        Files.writeString(home.resolve(".gitconfig"), "[broken\n");
        Program java = new Program(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(), git.environment())
                .with("PATH", trap.getParent().toString())
                .with("HOME", home.toString())
                .with("GIT_CONFIG_NOSYSTEM", "");

        String found = java.run(directory, command(Lookup.class, borrower));

        assertThat(found).contains("Found");
        assertThat(started).doesNotExist();
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve(".gitconfig"));
        }
        Files.delete(home.resolve(".gitconfig"));
        java.run(directory, command(Trap.class, borrower));
        assertThat(started)
                .as("the trap springs where JGit opens the same repository")
                .exists();
    }

    private static String place(String type) {
        try {
            return Path.of(Class.forName(type)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private String[] command(Class<?> program, Path repository) throws Exception {
        // Where this class lies: on the module path it counts as part of what it tests.
        Path tests = Path.of(
                        GitProgramTest.class.getResource("GitProgramTest.class").toURI())
                .resolve("../../../../..")
                .normalize();
        List<String> classes = new ArrayList<>(List.of(tests.toString()));
        for (String type : List.of(
                GitFixSource.class.getName(),
                Cve.class.getName(),
                GitObjects.class.getName(),
                Repository.class.getName(),
                "org.slf4j.Logger",
                // What JGit stands on, which no module here reads.
                "org.apache.commons.codec.digest.DigestUtils",
                "com.googlecode.javaewah.EWAHCompressedBitmap")) {
            classes.add(place(type));
        }
        return new String[] {
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(":", classes),
            program.getName(),
            repository.toString(),
            id("main").toString()
        };
    }

    /** Looks a fix up, in a process of its own: what is found in the repository of the first argument. */
    static final class Lookup {
        public static void main(String[] arguments) {
            AffectedRange fixed =
                    AffectedRange.fixedBy(Change.of(KernelVersion.parse("6.6.2"), CommitId.parse(arguments[1])));
            FixLookup fix = GitFixSource.of(Path.of(arguments[0]))
                    .find(
                            Cve.builder(new CveId(2024, 1)).ranges(fixed).build(),
                            KernelBuild.of(KernelVersion.parse("6.6.1")),
                            Context.standard());
            System.out.println(fix.getClass().getSimpleName());
        }
    }

    /** Opens the same repository as JGit by itself does. */
    static final class Trap {
        public static void main(String[] arguments) throws IOException {
            FS system = FS.detect().setGitSystemConfig(null);
            new FileRepositoryBuilder()
                    .setFS(system)
                    .setGitDir(new File(arguments[0], ".git"))
                    .build()
                    .open(ObjectId.fromString(arguments[1]))
                    .getType();
        }
    }
}
